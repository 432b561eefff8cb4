import { isNamed } from "../../../results/named-groups.js";
import { type Estimate, isAverage, type ResultSet } from "../../../results/result-set.js";
import { groupLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import type { Drawing } from "../../kind.js";
import { type AverageLine, MAX_SERIES } from "../../parts/entries.js";
import { groupsOf, varying } from "../../parts/groups-and-items.js";

/**
 * Averages over systems that are lines through the panels of many systems: all of one average, the one asked for. Among
 * few groups an average is a series like the others, unless it is asked for as a line.
 */
export function averageLines(rows: readonly Estimate[], { benchmarkLine }: Drawing): Estimate[] {
	const groups = groupsOf(rows);
	const isLine = ({ group, estimate }: Estimate) => estimate !== null && isAverage(group.country);
	// Where systems are divided further, each part has an average of its own, and a line would be of none.
	if (varying(groups).join() !== "country") return [];
	const averages = rows.filter(isLine);
	if (benchmarkLine !== undefined) return averages.filter(({ group }) => isNamed(group, [benchmarkLine]));
	const [first] = averages;
	if (first === undefined || groups.length <= MAX_SERIES) return [];
	return averages.filter(({ group }) => group.country === first.group.country);
}

/** What the lines are called, and where they stand. */
export function lineEntries(lines: readonly Estimate[], results: ResultSet, locale: Locale): AverageLine[] {
	return lines.map(({ topic, item, base, group, estimate }) => ({
		...{ topic, item, base },
		label: groupLabel(results, locale, group, ["country"]),
		value: estimate ?? 0,
	}));
}
