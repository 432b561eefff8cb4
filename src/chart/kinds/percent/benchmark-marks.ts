import type { Estimate, ResultSet } from "../../../results/result-set.js";
import { isSignificant } from "../../../results/significance.js";

/** Behind a published figure: that it is above the survey's own, below it, or not shown to differ. */
const MARKS = { above: "▲", below: "▼", same: "=" } as const;

/** The mark of a published figure; nothing where it was not tested, or against several groups. */
export function benchmarkMark(results: ResultSet): (estimate: Estimate) => string {
	const tests = results.comparisons.filter(({ between }) => between.variable === "benchmark");
	return ({ topic, item, base, group, statistic }) => {
		const own = tests.filter(
			(row) =>
				row.topic === topic &&
				row.item === item &&
				row.base === base &&
				row.statistic === statistic &&
				row.between.b === group.country,
		);
		const [test] = own;
		if (test === undefined || own.length > 1) return "";
		const significant = isSignificant(test, results.settings);
		if (significant === null) return "";
		if (!significant) return ` ${MARKS.same}`;
		return ` ${(test.difference ?? 0) > 0 ? MARKS.below : MARKS.above}`;
	};
}
