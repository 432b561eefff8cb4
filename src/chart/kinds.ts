import type { ResultSet } from "../results/result-set.js";
import type { ChartKindName } from "./choices.js";
import { differences } from "./differences.js";
import { bars, dots } from "./dots.js";
import { dumbbell } from "./dumbbell.js";
import { heatmap } from "./heatmap.js";
import type { ChartKind } from "./kind.js";
import { matrix } from "./matrix.js";
import { means } from "./means.js";
import { rank } from "./rank.js";
import { reach } from "./reach.js";
import { slope } from "./slope.js";

const KINDS: Record<ChartKindName, ChartKind> = {
	...{ dots, bars, dumbbell, heatmap, slope, matrix, rank, differences, means, reach },
};

/** Every chart by its name; adding a chart is adding one file, its name and its place here. */
export const CHARTS: ReadonlyMap<string, ChartKind> = new Map(Object.entries(KINDS));

/** Names of the charts that can show a result. */
export function kindsFor(results: ResultSet): string[] {
	return [...CHARTS].filter(([, chart]) => chart.canShow(results)).map(([name]) => name);
}
