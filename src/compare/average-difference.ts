import { groupBy } from "../base/group-by.js";
import { type Combined, combine, sharesOf } from "../estimate/combine.js";
import { type ComparisonRow, type EstimateRow, type Group, isAverage } from "../results/result-set.js";
import { type AverageOptions, averageName, totalOf, withCountry } from "./averages-of-systems.js";
import { compareTwo, type TestOptions } from "./comparison.js";
import { fromCombined } from "./difference.js";
import type { Figured } from "./figured.js";

/** An average of differences with its members. */
export interface AveragedComparison {
	comparison: ComparisonRow;
	members: string[];
	/** Members without a known difference. */
	lost: string[];
}

/**
 * Averages differences: the mean over members, each an independent sample.
 * @param comparisons Of all countries, identical except for the country.
 * @param weightOf Σ w of all teachers in a comparison's group.
 */
export function averageComparisons(
	comparisons: readonly ComparisonRow[],
	{ kind, membership }: Pick<AverageOptions, "kind" | "membership">,
	weightOf: (group: Group) => number,
	options: TestOptions,
): AveragedComparison[] {
	const own = comparisons.filter(({ group: { country } }) => country !== undefined && !isAverage(country));
	const alike = groupBy(own, ({ topic, item, base, statistic, between, group }) =>
		JSON.stringify([topic, item, base, statistic, between, { ...group, country: "" }]),
	);
	return [...alike.values()].flatMap((rows) => averageRows(rows, { kind, membership }, weightOf, options));
}

/** The average of one comparison over countries; empty if no member has it. */
function averageRows(
	rows: readonly ComparisonRow[],
	{ kind, membership }: Pick<AverageOptions, "kind" | "membership">,
	weightOf: (group: Group) => number,
	options: TestOptions,
): AveragedComparison[] {
	const { country: _, ...rest } = (rows[0] as ComparisonRow).group;
	const { id, members: codes } = membership(rest);
	const own = rows.filter(({ group }) => codes.includes(countryOf(group)));
	const tested = own.filter(({ difference }) => difference !== null);
	const [first] = tested;
	if (first === undefined) return [];
	const members = tested.map(({ group }) => countryOf(group));
	const shares = sharesOf(
		tested.map(({ group }) => ({ weight: weightOf(group) })),
		kind === "weighted" ? "weighted" : "simple",
	);
	const sum = (pick: (comparison: ComparisonRow) => Combined) =>
		combine(tested.map((row, index) => ({ ...pick(row), coefficient: shares[index] as number })));
	const there = new Set(own.map(({ group }) => countryOf(group)));
	const name = averageName(id, tested.length, codes, (code) => there.has(code));
	const group = withCountry(first.group, name);
	const whole = sum(({ difference, se, df }) => ({
		estimate: difference as number,
		se: se as number,
		df: df ?? Number.POSITIVE_INFINITY,
	}));
	const side = (name: "a" | "b"): Figured => {
		const figure = sum((row) => ({
			estimate: row[name].estimate as number,
			se: row[name].se as number,
			df: Number.POSITIVE_INFINITY,
		}));
		return {
			estimate: asEstimate(first, group, figure, totalOf(tested.map((row) => row[name].n))),
			hidden: false,
			df: figure.df,
		};
	};
	const { between, kind: rule } = first;
	const difference = () => fromCombined(whole);
	const comparison = compareTwo(
		{ a: side("a"), b: side("b"), group, between, kind: rule, difference },
		options,
	);
	const lost = own.filter((row) => !tested.includes(row)).map(({ group }) => countryOf(group));
	return [{ comparison, members, lost }];
}

function countryOf(group: Group): string {
	return group.country as string;
}

function asEstimate(
	like: ComparisonRow,
	group: Group,
	{ estimate, se }: Combined,
	n: number | null,
): EstimateRow {
	const { topic, item, variable, label, base, statistic } = like;
	const numbers = { ciLow: null, ciHigh: null, ciMethod: null, df: null, schools: null };
	return {
		...{ topic, item, variable, label, group, base, statistic, estimate, se, ...numbers },
		...{ n, weightedN: null, coverage: null, deff: null, status: "ok" },
	};
}
