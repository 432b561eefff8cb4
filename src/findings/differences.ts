import { groupKey } from "../results/group-key.js";
import { groupLabel } from "../results/labels.js";
import { type Comparison, isAverage, type ResultSet } from "../results/result-set.js";
import { isSignificant } from "../results/significance.js";
import { isShown } from "../wording/difference-text.js";
import { groupName } from "../wording/group-names.js";
import type { Locale } from "../wording/locale.js";
import { digitsOf } from "../wording/numbers.js";
import type { Finding, Value } from "./finding.js";
import { haveSeveral, spokenSides } from "./names.js";

/**
 * What comparisons show: how many of the tested differences are significant, and the largest of them. Null where
 * nothing was tested.
 */
export function differencesFinding(results: ResultSet, locale: Locale): Finding | null {
	const tested = results.comparisons.filter(
		(row) =>
			isShown(row) &&
			isSignificant(row, results.settings) !== null &&
			// Gates count every change that was tested.
			(isLevel(row) || isTrend(row.between.variable)),
	);
	const [first] = tested;
	if (first === undefined) return null;
	const significant = tested.filter((row) => isSignificant(row, results.settings));
	const { variable, a, b } = first.between;
	if (isTrend(variable)) return changeFinding(tested, significant, results, locale);
	if (tested.every(({ between }) => isAverage(between.b))) {
		if (tested.length === 1) return standingFinding(first, results, locale);
		return averageFinding(tested, significant, results, locale);
	}
	const same = tested.every(({ between }) => between.a === a && between.b === b);
	const sides = spokenSides(first, results, locale);
	if (!same || haveSeveral(tested)) return manyFinding(tested, significant, results, locale);
	if (tested.length === 1) return oneFinding(first, significant.length === 1, sides);
	const counts = { ...sides, count: significant.length, of: tested.length };
	const [largest] = significant.toSorted(bySize);
	if (largest === undefined) return { key: "differ-none", values: counts };
	return {
		key: significant.length === 1 ? "differ-one" : "differ",
		values: { ...counts, item: largest.label, difference: differenceOf(largest) },
	};
}

/** How distributions spread is for tables. */
function isLevel({ statistic }: Comparison): boolean {
	return statistic === "percent" || statistic === "mean";
}

function isTrend(variable: string): boolean {
	return variable === "cycle" || variable === "baseline";
}

function oneFinding(
	{ label, a, b, difference, statistic }: Comparison,
	significant: boolean,
	sides: { a: string; b: string },
): Finding {
	const value = (number: number | null): Value =>
		statistic === "percent" ? { percent: number ?? 0 } : { number: number ?? 0, digits: digitsOf(statistic) };
	return {
		key: `differ-item${significant ? "" : "-none"}`,
		values: {
			...sides,
			item: label,
			valueA: value(a.estimate),
			valueB: value(b.estimate),
			difference: differenceOf({ difference, statistic }),
		},
	};
}

function manyFinding(
	tested: readonly Comparison[],
	significant: readonly Comparison[],
	results: ResultSet,
	locale: Locale,
): Finding {
	const by = groupLabel(tested[0]?.between.variable ?? "", results);
	const counts = { by, count: significant.length, of: tested.length };
	const [largest] = significant.toSorted(bySize);
	if (largest === undefined) return { key: "pairs-none", values: counts };
	return {
		key: "pairs",
		values: {
			...counts,
			...spokenSides(largest, results, locale),
			item: whereOf(largest, tested, results),
			difference: differenceOf(largest),
		},
	};
}

function changeFinding(
	tested: readonly Comparison[],
	significant: readonly Comparison[],
	results: ResultSet,
	locale: Locale,
): Finding {
	const [first] = tested as [Comparison];
	const { a: later, b: earlier } = spokenSides(first, results, locale);
	const since = first.between.variable === "baseline" ? "change-report" : "change";
	if (tested.length === 1) {
		const { key, values } = oneFinding(first, significant.length === 1, { a: later, b: earlier });
		const item = [groupName(first.group, results), first.label].filter((part) => part !== "").join(": ");
		return { key: key.replace("differ", "change"), values: { ...values, item } };
	}
	const up = significant.filter(({ difference }) => (difference ?? 0) > 0).length;
	const counts = {
		...{ earlier, later, up, down: significant.length - up },
		...{ count: significant.length, of: tested.length },
	};
	const [largest] = significant.toSorted(bySize);
	if (largest === undefined) return { key: `${since}-none`, values: counts };
	return {
		key: since,
		values: { ...counts, item: whereOf(largest, tested, results), difference: differenceOf(largest) },
	};
}

/** Systems against an average: of one item how many are above and below, else in how many figures. */
function averageFinding(
	tested: readonly Comparison[],
	significant: readonly Comparison[],
	results: ResultSet,
	locale: Locale,
): Finding {
	const [first] = tested as [Comparison];
	const above = significant.filter(({ difference }) => (difference ?? 0) > 0).length;
	const items = new Set(tested.map(({ topic, item }) => `${topic}:${item}`)).size;
	const { b: average } = spokenSides(first, results, locale);
	const counts = { average, above, below: significant.length - above, of: tested.length };
	return items === 1 && !haveSeveral(tested)
		? { key: "average", values: { ...counts, item: first.label } }
		: { key: "average-many", values: counts };
}

/** One side against one other in one item: that it is above, below, or not shown to be either. */
function standingFinding(row: Comparison, results: ResultSet, locale: Locale): Finding | null {
	const significant = isSignificant(row, results.settings);
	if (significant === null || row.difference === null || row.statistic !== "percent") return null;
	const { a: name, b: average } = spokenSides(row, results, locale);
	const way = significant ? (row.difference > 0 ? "above" : "below") : "same";
	return {
		key: `standing-${way}`,
		values: {
			...{ name, average, item: row.label },
			value: { percent: row.a.estimate ?? 0 },
			averageValue: { percent: row.b.estimate ?? 0 },
			amount: { number: Math.abs(row.difference), digits: 1 },
		},
	};
}

/** The item, and the group where there are several. */
function whereOf(row: Comparison, tested: readonly Comparison[], results: ResultSet): string {
	const several = new Set(tested.map(({ group }) => groupKey(group))).size > 1;
	return [row.label, several ? groupName(row.group, results) : ""].filter((part) => part !== "").join(", ");
}

function differenceOf({ difference, statistic }: Pick<Comparison, "difference" | "statistic">): Value {
	return statistic === "percent"
		? { points: difference ?? 0 }
		: { number: difference ?? 0, digits: digitsOf(statistic) };
}

/** Percentages by their points before what has a unit of its own, which goes by its standard errors. */
function bySize(one: Comparison, other: Comparison): number {
	const percent = (row: Comparison) => Number(row.statistic === "percent");
	const size = ({ statistic, difference, t }: Comparison) =>
		Math.abs((statistic === "percent" ? difference : t) ?? 0);
	return percent(other) - percent(one) || size(other) - size(one);
}
