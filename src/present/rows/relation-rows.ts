import type { ResultSet } from "../../results/result-set.js";
import { breakdownsOf, type DataValue } from "./comparison-rows.js";

const BEFORE_GROUPS = ["statistic", "a", "a_variable", "a_label", "b", "b_variable", "b_label"];
const AFTER_GROUPS = ["estimate", "se", "ci_low", "ci_high", "df", "p", "n", "schools", "status"];

/** A head, then one row per correlation and one per scale, whose columns stand in `a`. */
export function relationRows({ relations = [], alphas = [] }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf([...relations, ...alphas]);
	const keyOf = ({ topic, item }: { topic: string | null; item: string }) =>
		topic === null ? item : `${topic}:${item}`;
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS],
		...relations.map(({ a, b, group, method, estimate, se, ciLow, ciHigh, df, p, n, schools, status }) => [
			...[method, keyOf(a), a.variable, a.label, keyOf(b), b.variable, b.label],
			...breakdowns.map((id) => group[id] ?? ""),
			...[estimate, se, ciLow, ciHigh, df, p, n, schools, status],
		]),
		...alphas.map(({ columns, group, estimate, se, n, schools, status }) => [
			...["alpha", columns.join(","), null, null, null, null, null],
			...breakdowns.map((id) => group[id] ?? ""),
			...[estimate, se, null, null, null, null, n, schools, status],
		]),
	];
}
