import type { ResultSet } from "../../results/result-set.js";
import { BEFORE_GROUPS, breakdownsOf, type DataValue } from "./comparison-rows.js";

const AFTER_GROUPS = [
	...["base", "statistic", "between", "levels", "method", "f", "df1", "df2", "p", "p_adjusted", "n"],
];

/** A head and one row per test of all levels of a breakdown. */
export function associationRows({ tests = [] }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf(tests);
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS],
		...tests.map((row) => [
			...[row.topic, row.item, row.variable, row.label],
			...breakdowns.map((id) => row.group[id] ?? ""),
			...[row.base, row.statistic, row.between, row.levels.join(" "), row.method],
			...[row.F, row.df1, row.df2, row.p, row.pAdjusted, row.n],
		]),
	];
}
