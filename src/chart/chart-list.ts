import type { ResultSet } from "../results/result-set.js";
import type { ChartKindName } from "./choices.js";
import type { ChartKind } from "./kind.js";
import { forest, leaveOneOut } from "./kinds/forest/forest.js";
import { heatmap } from "./kinds/heatmap/heatmap.js";
import { coefficients, effects } from "./kinds/intervals/coefficients.js";
import { differences } from "./kinds/intervals/differences.js";
import { means } from "./kinds/intervals/means.js";
import { map, tiles } from "./kinds/map/map.js";
import { matrix } from "./kinds/matrix/matrix.js";
import { dumbbell } from "./kinds/pairs/dumbbell.js";
import { slope } from "./kinds/pairs/slope.js";
import { bars, dots } from "./kinds/percent/dots.js";
import { rank } from "./kinds/rank/rank.js";
import { reach } from "./kinds/reach.js";
import { stacked } from "./kinds/stacked.js";

const KINDS: Record<ChartKindName, ChartKind> = {
	...{ dots, bars, dumbbell, heatmap, slope, matrix, rank, differences, means, reach },
	...{ forest, "leave-one-out": leaveOneOut, coefficients, effects, stacked, map, tiles },
};

/** Every chart by name. To add a chart, add one file and list it here. */
export const CHARTS: ReadonlyMap<string, ChartKind> = new Map(Object.entries(KINDS));

/**
 * Names of the charts that can show a result.
 * @example
 * import { published } from "talis-pd";
 * import { kindsFor } from "talis-pd/chart";
 *
 * console.log(kindsFor(published({ topics: ["focus"], items: ["ict"] }))); // [ 'dots', 'bars', 'heatmap', 'rank' ]
 */
export function kindsFor(results: ResultSet): string[] {
	return [...CHARTS].filter(([, chart]) => chart.canShow(results)).map(([name]) => name);
}
