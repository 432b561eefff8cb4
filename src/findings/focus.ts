import { isNamed } from "../results/named-groups.js";
import { isAverage, type ResultSet } from "../results/result-set.js";
import { isSummary } from "../wording/group-names.js";

/**
 * The results of the one group alone that a reader is pointed at first, with the average that it is compared with;
 * all of them where none is named or it is no group here.
 */
export function focused(results: ResultSet, names: readonly string[], average?: string): ResultSet {
	const own = average === undefined ? results : withAverage(results, average);
	const [first] = names;
	if (first === undefined) return own;
	const comparisons = own.comparisons.filter(
		({ group, between }) => isNamed(group, [first]) || isNamed({ [between.variable]: between.a }, [first]),
	);
	const estimates = own.estimates.filter(({ group }) => isNamed(group, [first]) || isSummary(group));
	const found = comparisons.length > 0 || estimates.some(({ group }) => isNamed(group, [first]));
	return found ? { ...own, estimates, comparisons } : own;
}

/** Without the averages that are not asked for. */
function withAverage(results: ResultSet, average: string): ResultSet {
	const estimates = results.estimates.filter(
		({ group }) => !isAverage(group.country) || isNamed(group, [average]),
	);
	return { ...results, estimates };
}
