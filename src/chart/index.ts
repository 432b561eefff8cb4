import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../errors.js";
import type { Locale } from "../locale.js";
import type { ResultSet } from "../results.js";
import { differences } from "./differences.js";
import { dots } from "./dots.js";
import { matrix } from "./matrix.js";
import { means } from "./means.js";
import { reach } from "./reach.js";

export type { TopLevelSpec } from "vega-lite";
export { renderHtml } from "./html.js";
export { renderPng, renderSvg } from "./render.js";

/** A result drawn as a Vega-Lite specification that carries its own data. */
export type ChartBuilder = (results: ResultSet, locale: Locale) => TopLevelSpec;

const CHARTS = new Map<string, ChartBuilder>([
	["dots", dots],
	["differences", differences],
	["matrix", matrix],
	["means", means],
	["reach", reach],
]);

/** What a result is drawn as where nothing is asked. */
const KIND_OF_COMMAND: Record<string, string> = {
	compare: "differences",
	gaps: "matrix",
	means: "means",
	reach: "reach",
};

export const CHART_KINDS: readonly string[] = [...CHARTS.keys()];

export interface ChartOptions {
	/** One of CHART_KINDS; by default what fits the result. */
	kind?: string;
	locale: Locale;
}

/**
 * The Vega-Lite (v6) specification of a chart, with data, theme and alt text inside; opens as is in the Vega editor.
 * @throws UserError for a kind there is not, and where the result has nothing the chart can draw.
 */
export function chartSpec(
	results: ResultSet,
	{ kind = KIND_OF_COMMAND[String(results.settings.command)] ?? "dots", locale }: ChartOptions,
): TopLevelSpec {
	const build = CHARTS.get(kind);
	if (build === undefined) {
		throw new UserError(`there is no chart ${kind}`, { hint: `choose one of: ${CHART_KINDS.join(", ")}` });
	}
	return build(results, locale);
}
