import type { Comparison, Group, ResultSet } from "../../results/result-set.js";

/** A cell of rows for programs: numbers stay numbers. */
export type DataValue = string | number | null;

/** First columns of every row. */
export const BEFORE_GROUPS = ["topic", "item", "variable", "label"];

const AFTER_GROUPS = [
	...["base", "statistic", "between", "a", "b"],
	...["a_estimate", "a_se", "a_n", "b_estimate", "b_se", "b_n"],
	...["difference", "se", "ci_low", "ci_high", "t", "df", "p", "p_adjusted", "kind", "status"],
];

/** A head and one row per comparison. */
export function comparisonRows({ comparisons }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf(comparisons);
	// Columns of marks appear only if some side has one.
	const flags = comparisons.some(({ a, b }) => (a.flag ?? b.flag) !== undefined) ? ["a_flag", "b_flag"] : [];
	const bounds = comparisons.some(({ equivalence }) => equivalence !== undefined)
		? ["within", "p_within", "p_within_adjusted"]
		: [];
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS, ...flags, ...bounds],
		...comparisons.map((row) => [
			...cells(row, breakdowns),
			...(flags.length === 0 ? [] : [row.a.flag ?? null, row.b.flag ?? null]),
			...(bounds.length === 0
				? []
				: [
						...[row.equivalence?.within ?? null, row.equivalence?.p ?? null],
						row.equivalence?.pAdjusted ?? null,
					]),
		]),
	];
}

/** All breakdowns of the rows, in order of first appearance. */
export function breakdownsOf(rows: readonly { group: Group }[]): string[] {
	return [...new Set(rows.flatMap(({ group }) => Object.keys(group)))];
}

function cells(row: Comparison, breakdowns: readonly string[]): DataValue[] {
	const { between, a, b } = row;
	return [
		...[row.topic, row.item, row.variable, row.label],
		...breakdowns.map((id) => row.group[id] ?? ""),
		...[row.base, row.statistic, between.variable, between.a, between.b],
		...[a.estimate, a.se, a.n, b.estimate, b.se, b.n],
		...[row.difference, row.se, row.ciLow, row.ciHigh],
		...[row.t, row.df, row.p, row.pAdjusted, row.kind, row.status],
	];
}
