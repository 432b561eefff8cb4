import { gapTopicsOf } from "../results/gap-topics.js";
import { gridOf } from "../results/grids.js";
import type { ResultSet } from "../results/result-set.js";
import { pairsOf } from "./kinds/pairs/result-pairs.js";
import { isTrend } from "./kinds/pairs/slope.js";
import { isRanking } from "./kinds/rank/rank.js";
import { MAX_SERIES } from "./parts/entries.js";
import { countItems, groupsOf, percentages } from "./parts/groups-and-items.js";

/** From this many items on many groups are easier to read as a table of colours. */
const MANY_ITEMS = 4;

/** Lines of more groups than this cannot be followed from end to end. */
const MAX_LINES = 16;

/** The chart that suits what a result compares, or else how many items and groups it has. */
export function defaultKind(results: ResultSet): string {
	const { estimates, comparisons } = results;
	const rows = percentages(results);
	if (estimates.some(({ topic }) => topic === gapTopicsOf(results).unmet)) return "matrix";
	if (results.settings.command === "means") return "means";
	if (results.settings.command === "reach") return "reach";
	if (results.settings.command === "compare") {
		if (isRanking(results)) return "rank";
		const pairs = comparisons.every(({ statistic }) => statistic === "percent") ? pairsOf(results) : null;
		if (pairs === null) return "differences";
		return isTrend(pairs) && groupsOf(pairs.pairs).length <= MAX_LINES ? "slope" : "dumbbell";
	}
	if (rows.length === 0) return "means";
	if (gridOf(rows, results.labels) !== undefined) return "heatmap";
	if (groupsOf(rows).length <= MAX_SERIES) return "dots";
	if (countItems(rows) === 1) return "rank";
	return countItems(rows) >= MANY_ITEMS ? "heatmap" : "dots";
}
