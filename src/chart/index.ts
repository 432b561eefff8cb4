import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../base/errors.js";
import type { ResultSet } from "../results/result-set.js";
import { checkShowable } from "../results/showable.js";
import type { Locale } from "../wording/locale.js";
import { CHARTS, kindsFor } from "./chart-list.js";
import type { Theme } from "./choices.js";
import { defaultKind } from "./default-kind.js";
import { withoutInherited } from "./parts/inherited-names.js";
import { themeConfig } from "./theme/theme.js";

export type { TopLevelSpec } from "vega-lite";
export { kindsFor } from "./chart-list.js";
export { CHART_KINDS, THEMES, type Theme } from "./choices.js";
export { emojiRules, withFont } from "./render/embed-fonts.js";
export { renderHtml } from "./render/page.js";
export { pngOf, renderPng, renderSvg, renderSvgs } from "./render/svg-and-png.js";
export { elementsOf, svgText } from "./svg-tree.js";
export { Shades, themed } from "./theme/shades.js";
export { coloursOf } from "./theme/theme.js";

export interface ChartOptions {
	/** One of CHART_KINDS; by default what fits the result. */
	kind?: string;
	locale: Locale;
	/** Light by default. */
	theme?: Theme;
}

/**
 * The Vega-Lite (v6) specification of a chart, with data, theme and alt text inside; opens as is in the Vega editor.
 * @throws UserError for a kind there is not, where the kind cannot show what the result holds, and for names that are too long.
 */
export function chartSpec(
	results: ResultSet,
	{ kind = defaultKind(results), locale, theme = "light" }: ChartOptions,
): TopLevelSpec {
	const chart = CHARTS.get(kind);
	const able = kindsFor(results);
	if (chart === undefined) {
		throw new UserError(`there is no chart ${kind}`, {
			hint: `choose one of: ${[...CHARTS.keys()].join(", ")}`,
		});
	}
	if (!chart.canShow(results)) {
		throw new UserError(`the chart ${kind} cannot show this result: it shows ${chart.shows}`, {
			hint: able.length === 0 ? "no chart shows what it holds" : `kinds that can: ${able.join(", ")}`,
		});
	}
	checkShowable(results);
	return { ...withoutInherited(chart.draw(results, locale)), config: themeConfig(theme) };
}
