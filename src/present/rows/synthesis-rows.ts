import type { ResultSet } from "../../results/result-set.js";
import { breakdownsOf, type DataValue } from "./comparison-rows.js";

const BEFORE_GROUPS = ["kind", "topic", "item", "variable", "label"];

const AFTER_GROUPS = [
	...["base", "statistic", "between", "a", "b", "model", "term", "term_label", "moderator", "part"],
	...["method", "test", "scale", "k", "members", "estimate", "se", "ci_low", "ci_high", "p"],
	...["tau2", "i2", "h2", "q", "q_df", "q_p", "pi_low", "pi_high"],
	...["without_one_min", "without_one_max", "min_without", "max_without"],
];

/** A head and one row per synthesis. */
export function synthesisRows({ syntheses = [] }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf(syntheses.map(({ of }) => of));
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS],
		...syntheses.map((row) => {
			const { of, moderator, leaveOneOut: one } = row;
			return [
				...[of.kind, of.topic, of.item, of.variable, of.label],
				...breakdowns.map((id) => of.group[id] ?? ""),
				...[of.base, of.statistic ?? null],
				...[of.between?.variable ?? null, of.between?.a ?? null, of.between?.b ?? null],
				...[of.model ?? null, of.term ?? null, of.termLabel ?? null],
				...[moderator?.variable ?? null, moderator?.level ?? null],
				...[row.method, row.test, row.scale, row.k, row.members.join(" ")],
				...[row.estimate, row.se, row.ciLow, row.ciHigh, row.p],
				...[row.tau2, row.i2, row.h2, row.q, row.qDf, row.qP, row.piLow, row.piHigh],
				...[one?.min ?? null, one?.max ?? null, one?.minLeaves ?? null, one?.maxLeaves ?? null],
			];
		}),
	];
}
