import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../../base/group-by.js";
import { differencesFinding } from "../../../findings/differences.js";
import { baseName, topicTitle } from "../../../results/labels.js";
import { AVERAGE, type Comparison, type ResultSet } from "../../../results/result-set.js";
import type { Settings } from "../../../results/result-settings.js";
import { isSignificant } from "../../../results/significance.js";
import { differenceText, withoutDifference } from "../../../wording/difference-text.js";
import { groupLabel, isSummary, valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { shareText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading, panelGrid, type Title, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { withInterval } from "../../parts/figure-data.js";
import type { Geometry } from "../../parts/geometry.js";
import { groupId } from "../../parts/group-id.js";
import { columnsFor, intervalGeometry } from "../../parts/interval-geometry.js";
import { domainOf, type IntervalDatum, intervalPanel } from "../../parts/interval-panel.js";
import { sharedBase, sharedGroup, significanceText, subtitle, topicTitles } from "../../parts/subtitle.js";
import { SIZES } from "../../theme/theme.js";

/** Columns of panels when there are many panels or panels have many rows. */
const COLUMNS = 3;
const MANY_PANELS = 4;

interface Panel {
	key: string;
	/** Topic and base, if there are several. */
	section: string | null;
	heading: string | null;
	rows: Entry[];
	data: IntervalDatum[];
	percent: boolean;
	/** Rows are groups or pairs, under the name of an item. */
	byGroup: boolean;
}

/**
 * Differences with intervals around zero; a filled point is significant after adjustment, a hollow one is not.
 * Items are rows; where groups or pairs differ too, each item is a panel of its own.
 */
export const differences: ChartKind = {
	shows: "comparisons",
	canShow: (results) => shownOf(results).length > 0,
	resizes: true,
	takes: ["top"],
	finding: differencesFinding,
	draw: (results, locale, drawing) =>
		draw({ ...results, comparisons: oneWay(shownOf(results)) }, locale, drawing),
};

/** Differences in spread are left to tables: here each item has one difference. */
function shownOf({ comparisons }: ResultSet): Comparison[] {
	return comparisons.filter(({ statistic }) => statistic !== "sd" && !statistic.startsWith("q"));
}

/** In many pairs of groups, the higher group comes first, so that all rows read in the same direction. */
function oneWay(rows: readonly Comparison[]): Comparison[] {
	const isPair = ({ between: { variable, b } }: Comparison) =>
		!["cycle", "baseline", "item", "topic", "benchmark"].includes(variable) && !b.startsWith(AVERAGE);
	const seconds = new Set(rows.map(({ between: { b } }) => b));
	if (seconds.size < 2 || !rows.every(isPair)) return [...rows];
	return rows.map((row) => ((row.difference ?? 0) < 0 ? turned(row) : row));
}

function turned(row: Comparison): Comparison {
	const { between, a, b, difference, ciLow, ciHigh, t } = row;
	const minus = (value: number | null) => (value === null ? null : -value);
	return {
		...row,
		between: { ...between, a: between.b, b: between.a },
		...{ a: b, b: a, difference: minus(difference), ciLow: minus(ciHigh), ciHigh: minus(ciLow), t: minus(t) },
	};
}

function draw(results: ResultSet, locale: Locale, { headline, width }: Drawing): TopLevelSpec {
	const { comparisons, settings } = results;
	const [first] = comparisons as [Comparison, ...Comparison[]];
	const panels = panelsOf(results, locale);
	const sizes = intervalGeometry(
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
		panels.every(({ byGroup, rows }) => byGroup && (rows.length > MAX_SERIES || panels.length >= MANY_PANELS))
			? Math.min(columnsFor(width, COLUMNS), panels.length)
			: 1,
		width,
		panels.flatMap(({ data }) => data.map((row) => row.text)),
	);
	const pairs = new Set(comparisons.map(pairKey));
	const what = pairs.size === 1 ? pairLabel(results, locale, first) : locale.text("chart.difference-pairs");
	const domains = {
		percent: domainOf(
			panels.flatMap(({ percent, data }) => (percent ? data : [])),
			true,
		),
		other: domainOf(
			panels.flatMap(({ percent, data }) => (percent ? [] : data)),
			true,
		),
	};
	const viewOf = (panel: Panel, above: Title | null) => {
		const unit = locale.text(panel.percent ? "chart.points" : "chart.own-unit");
		const scale = {
			domain: domains[panel.percent ? "percent" : "other"],
			title: isLast(panels, panel) ? `${what}, ${unit}` : null,
			reference: 0,
		};
		return intervalPanel(panel.key, panel.rows, scale, sizes, locale, above);
	};
	const sections = [...groupBy(panels, ({ section }) => section ?? "")];
	const views = sections.flatMap(([section, own]) =>
		sizes.columns === 1 ? below(section, own, sizes, viewOf) : [beside(section, own, sizes, viewOf)],
	);
	const title = topicTitles(results, comparisons);
	const tested = comparisons.filter(({ difference }) => difference !== null);
	const significant = tested.filter((row) => isSignificant(row, settings));
	return framed(
		{
			description: [
				`${title}: ${what}.`,
				locale.text("chart.difference-description", {
					count: tested.length,
					significant: significant.length,
				}),
				...significant
					.slice(0, 5)
					.map((row) => `${rowText(results, locale, row)}: ${valueText(row, settings, locale)}.`),
			].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, comparisons, locale), pairs.size === 1 ? what : ""],
				reading: locale.text("chart.difference-reading", {
					level: shareText(Number(settings.level ?? 0.95), locale),
					p: significanceText(results, locale),
				}),
				base: sharedBase(results, comparisons, locale),
			}),
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: panels.flatMap(({ data }) => data),
		},
		views,
	);
}

type Draw = (panel: Panel, above: Title | null) => View;

/** Panels below each other; the first one carries the section's title. */
function below(section: string, panels: readonly Panel[], { width }: Geometry, draw: Draw): View[] {
	return panels.map((panel, index) => {
		const texts = [index === 0 ? section : "", panel.heading ?? ""].filter((text) => text !== "");
		const [first, ...others] = texts;
		return draw(panel, first === undefined ? null : heading(first, width, others));
	});
}

/** Long panels side by side. */
function beside(section: string, panels: readonly Panel[], sizes: Geometry, draw: Draw): View {
	const width = sizes.labelWidth + sizes.plotWidth;
	const views = panels.map((panel) => draw(panel, heading(panel.heading ?? "", width, [], SIZES.label)));
	return panelGrid(views, sizes, section === "" ? null : heading(section, sizes.width));
}

/** Whether this is the last panel with its unit, and so prints it. */
function isLast(panels: readonly Panel[], panel: Panel): boolean {
	return panels.findLast(({ percent }) => percent === panel.percent) === panel;
}

function panelsOf(results: ResultSet, locale: Locale): Panel[] {
	const { comparisons, settings } = results;
	const byItem = comparisons[0]?.between.variable === "item";
	const others = new Set(comparisons.map((row) => `${groupId(row.group)} ${byItem ? "" : pairKey(row)}`));
	const sections = new Set(comparisons.map(sectionKey));
	const panels = new Map<string, Panel>();
	for (const row of comparisons) {
		const percent = row.statistic === "percent";
		// If items differ in more than one way, each is a panel; pairs of items are rows of their group.
		const apart =
			others.size > 1
				? byItem
					? groupId(row.group)
					: `${row.item} ${row.statistic}`
				: percent
					? ""
					: row.item;
		const key = `${sectionKey(row)}/${apart}`;
		const panel = panels.get(key) ?? {
			key,
			section: sections.size > 1 ? sectionText(results, row) : null,
			heading: others.size > 1 ? panelHeading(results, locale, row, byItem) : null,
			rows: [],
			data: [],
			percent,
			byGroup: others.size > 1 && !byItem,
		};
		panels.set(key, panel);
		const id = `${row.item} ${groupId(row.group)} ${pairKey(row)}`;
		const label = rowLabel(results, locale, row, others.size > 1, byItem);
		panel.rows.push({
			key: id,
			label,
			summary: (others.size === 1 && row.item === "any") || isSummary(row.group),
		});
		panel.data.push({
			panel: key,
			row: id,
			label,
			value: row.difference,
			low: row.ciLow,
			high: row.ciHigh,
			filled: isSignificant(row, settings) === true,
			text: valueText(row, settings, locale),
			about: withInterval(
				valueText(row, settings, locale),
				{ low: row.ciLow, high: row.ciHigh },
				percent ? 1 : 2,
				settings,
				locale,
			),
		});
	}
	return [...panels.values()].map(sorted);
}

/** The largest difference first; pairs not compared last. */
function sorted(panel: Panel): Panel {
	const values = new Map(panel.data.map(({ row, value }) => [row, value ?? Number.NEGATIVE_INFINITY]));
	return {
		...panel,
		rows: panel.rows.toSorted((a, b) => (values.get(b.key) ?? 0) - (values.get(a.key) ?? 0)),
	};
}

function sectionKey({ topic, base }: Comparison): string {
	return `${topic} ${base}`;
}

function sectionText(results: ResultSet, { topic, base }: Comparison): string {
	return `${topicTitle(topic, results)} (${baseName(base, results)})`;
}

function pairKey({ between: { a, b } }: Comparison): string {
	return `${a} - ${b}`;
}

function pairLabel(results: ResultSet, locale: Locale, { between: { variable, a, b } }: Comparison): string {
	return `${valueLabel(results, locale, variable, a)} − ${valueLabel(results, locale, variable, b)}`;
}

function panelHeading(results: ResultSet, locale: Locale, row: Comparison, byItem: boolean): string {
	return byItem ? groupLabel(results, locale, row.group, Object.keys(row.group)) : row.label;
}

/** The part of a row's label that the panel's heading does not give. */
function rowLabel(
	results: ResultSet,
	locale: Locale,
	row: Comparison,
	several: boolean,
	byItem: boolean,
): string {
	if (byItem) return pairLabel(results, locale, row);
	if (!several) return row.label;
	const pairs = new Set(results.comparisons.map(pairKey)).size;
	const groups = new Set(results.comparisons.map(({ group }) => groupId(group))).size;
	return [
		...(groups > 1 ? [groupLabel(results, locale, row.group, Object.keys(row.group))] : []),
		...(pairs > 1 ? [pairLabel(results, locale, row)] : []),
	].join(": ");
}

function rowText(results: ResultSet, locale: Locale, row: Comparison): string {
	const group = groupLabel(results, locale, row.group, Object.keys(row.group));
	return [row.label, group, pairLabel(results, locale, row)].filter((part) => part !== "").join(", ");
}

function valueText(row: Comparison, settings: Settings, locale: Locale): string {
	if (row.difference === null || (row.kind === "same-data" && row.status === "ok")) {
		return withoutDifference(row, locale);
	}
	const digits = row.statistic === "percent" ? 1 : 2;
	return differenceText(row.difference, digits, isSignificant(row, settings), locale);
}
