import { gapTopicsOf } from "../results/gap-topics.js";
import type { ResultSet } from "../results/result-set.js";
import type { Finding } from "./finding.js";
import { haveSeveral, ownName, samplePercents } from "./names.js";

/** The topic that most teachers need and did not get, with its interval where there is one. */
export function gapsFinding(results: ResultSet): Finding | null {
	const { unmet } = gapTopicsOf(results);
	const rows = samplePercents(results).filter(({ topic }) => topic === unmet);
	const [worst] = rows.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0));
	if (worst === undefined) return null;
	return {
		key: haveSeveral(rows) ? "unmet-group" : "unmet",
		values: {
			item: worst.label,
			unmet: { percent: worst.estimate ?? 0 },
			group: ownName(worst.group, rows, results),
		},
	};
}
