import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../base/errors.js";
import { joined, option, say } from "../base/say.js";
import { inWords } from "../findings/finding.js";
import { focused } from "../findings/focus.js";
import { strangers } from "../results/named-groups.js";
import { provenanceOf } from "../results/provenance.js";
import type { ResultSet } from "../results/result-set.js";
import { checkShowable } from "../results/showable.js";
import type { Locale } from "../wording/locale.js";
import { CHARTS, kindsFor } from "./chart-list.js";
import type { Theme } from "./choices.js";
import { defaultKind } from "./default-kind.js";
import type { ChartKind, Highest, Look } from "./kind.js";
import { withoutInherited } from "./parts/inherited-names.js";
import { usermetaOf } from "./render/metadata.js";
import { topRows } from "./select-top.js";
import { topModels } from "./select-top-models.js";
import { themeConfig } from "./theme/theme.js";

export interface SpecOptions {
	/** One of CHART_KINDS; by default the kind that suits the result. */
	kind?: string;
	locale: Locale;
	/** Light by default. */
	theme?: Theme;
	/** `finding` (default), `topic`, or your own text. */
	title?: string | undefined;
	/** Groups or items to highlight, by id; `oecd` is an average. */
	highlight?: readonly string[] | undefined;
	/** The average to draw as a line. */
	benchmarkLine?: string | undefined;
	/** `value`, `name`, `change`, or a group whose figures sort the items. */
	sort?: string | undefined;
	/** Keeps only this many groups or items: the highest and the highlighted ones. */
	top?: number | undefined;
	/** Keeps only this many items, the highest, of the groups that remain: for pictures too small for more. */
	items?: number | undefined;
	/** Leaves out optional parts, for the same reason. */
	brief?: boolean | undefined;
	/** Layout width in pixels, for kinds that can be drawn wider or narrower. */
	width?: number | undefined;
}

/**
 * The Vega-Lite (v6) specification of a chart, complete with data, theme and alt text; the Vega editor opens it
 * unchanged.
 * @throws UserError for an unknown kind, where the kind cannot show what the result holds, and for names that are too
 * long.
 */
export function chartSpec(results: ResultSet, options: SpecOptions): TopLevelSpec {
	const { locale, theme = "light", title = "finding", highlight = [], benchmarkLine, sort } = options;
	const shown = selected(results, options);
	const { kind = defaultKind(results) } = options;
	const chart = CHARTS.get(kind);
	const able = kindsFor(shown);
	if (chart === undefined) {
		throw new UserError(`there is no chart ${kind}`, {
			hint: `choose one of: ${[...CHARTS.keys()].join(", ")}`,
		});
	}
	if (!chart.canShow(shown)) {
		throw new UserError(`the chart ${kind} cannot show this result: it shows ${chart.shows}`, {
			hint: able.length === 0 ? "no chart shows what it holds" : `kinds that can: ${able.join(", ")}`,
		});
	}
	checkShowable(shown);
	checkLooks(kind, chart, results, options);
	const headline = headlineOf(chart, focused(results, highlight, benchmarkLine), locale, title);
	const drawing = { headline, highlight, benchmarkLine, sort, width: options.width, brief: options.brief };
	return {
		...withoutInherited(chart.draw(shown, locale, drawing)),
		...usermetaOf(provenanceOf(results)),
		config: themeConfig(theme),
	};
}

/** The results to draw: all, or as many groups and items as requested. */
export function selected(results: ResultSet, options: SpecOptions): ResultSet {
	const { kind = defaultKind(results), top, items, highlight = [], locale } = options;
	const { highest } = CHARTS.get(kind) ?? {};
	const isModel = (results.models?.length ?? 0) > 0;
	const select = (of: ResultSet, count: number, by?: Highest["by"]) =>
		isModel ? topModels(of, count, highlight, locale) : topRows(of, count, highlight, locale, highest, by);
	const shown = top === undefined ? results : select(results, top);
	return items === undefined ? shown : select(shown, items, "items");
}

/** Width of a telephone screen, less the padding of a chart. */
const NARROW = 390 - 2 * 24;

/** The chart for a narrow screen; null if the kind has no such layout. */
export function narrowSpec(results: ResultSet, options: SpecOptions): TopLevelSpec | null {
	const kind = options.kind ?? defaultKind(results);
	return CHARTS.get(kind)?.resizes === true ? chartSpec(results, { ...options, kind, width: NARROW }) : null;
}

/** Reduces a request made for many charts to what this chart supports and its results contain. */
export function lookFor(
	results: ResultSet,
	kind: string | undefined,
	{ highlight = [], benchmarkLine }: Pick<SpecOptions, "highlight" | "benchmarkLine">,
): Pick<SpecOptions, "highlight" | "benchmarkLine"> {
	const takes = CHARTS.get(kind ?? defaultKind(results))?.takes ?? [];
	const known = highlight.filter((name) => strangers(results, [name]).length === 0);
	const line = benchmarkLine !== undefined && strangers(results, [benchmarkLine]).length === 0;
	return {
		...(takes.includes("highlight") && known.length > 0 ? { highlight: known } : {}),
		...(takes.includes("benchmarkLine") && line ? { benchmarkLine } : {}),
	};
}

const LOOKS: readonly Look[] = ["highlight", "benchmarkLine", "sort", "top"];

/** Sort orders that name no group. */
const ORDERS = ["value", "name", "change"];

/**
 * @throws UserError for options that the kind does not support, and for names that are not in the results.
 * @throws UserError for what the kind does not take, and for names that are not in the results.
 */
function checkLooks(kind: string, { takes = [] }: ChartKind, results: ResultSet, options: SpecOptions): void {
	const asked = LOOKS.filter((look) => options[look] !== undefined);
	const refused = asked.find((look) => !takes.includes(look));
	if (refused !== undefined) {
		throw new UserError(say`the chart ${kind} takes no ${option(refused)}`, {
			hint:
				takes.length === 0
					? say`leave ${option(refused)} out`
					: say`it takes ${joined(
							takes.map((look) => option(look)),
							", ",
						)}`,
		});
	}
	const { highlight = [], benchmarkLine, sort } = options;
	const named = { highlight, benchmarkLine: [benchmarkLine ?? []].flat(), sort: [sort ?? []].flat() };
	for (const [look, names] of Object.entries(named)) {
		const [stranger] = strangers(
			results,
			names.filter((name) => look !== "sort" || !ORDERS.includes(name)),
		);
		if (stranger !== undefined) {
			throw new UserError(say`${option(look)} names ${stranger}, which is not in the results`, {
				hint: "write the id of a group or an item, such as KAZ, or an average that is there, such as oecd",
			});
		}
	}
}

function headlineOf(chart: ChartKind, results: ResultSet, locale: Locale, title: string): string | null {
	if (title === "topic") return null;
	if (title !== "finding") return title;
	const finding = chart.finding?.(results, locale) ?? null;
	return finding === null ? null : inWords(finding, locale);
}
