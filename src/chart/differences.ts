import type { TopLevelSpec } from "vega-lite";
import type { Locale } from "../locale.js";
import { baseName, topicTitle } from "../names.js";
import type { Comparison, ResultSet, SettingsRecord } from "../results.js";
import { isSignificant } from "../significance.js";
import { caption, shareText, syntheticLine } from "./caption.js";
import { framed, heading } from "./frame.js";
import { sharedBase, sharedGroup, significanceText, subtitle, topicTitles } from "./head.js";
import { domainOf, type IntervalDatum, intervalGeometry, intervalPanel } from "./interval-panel.js";
import type { ChartKind } from "./kind.js";
import { groupKey, groupLabel, isSummary, valueLabel } from "./names.js";
import type { Entry } from "./shape.js";
import { differenceText, withoutDifference } from "./words.js";

interface Panel {
	key: string;
	/** Topic and base, where it is the first panel of them. */
	section: string | null;
	heading: string | null;
	rows: Entry[];
	data: IntervalDatum[];
	percent: boolean;
}

/**
 * Differences with intervals around zero; a filled point is significant after adjustment, a hollow one is not.
 * Items are rows; where groups or pairs differ too, each item is a panel of its own.
 */
export const differences: ChartKind = {
	shows: "comparisons",
	canShow: (results) => shownOf(results).length > 0,
	draw: (results, locale) => draw({ ...results, comparisons: shownOf(results) }, locale),
};

/** How a distribution spreads is for tables: an item has one difference here. */
function shownOf({ comparisons }: ResultSet): Comparison[] {
	return comparisons.filter(({ statistic }) => statistic !== "sd" && !statistic.startsWith("q"));
}

function draw(results: ResultSet, locale: Locale): TopLevelSpec {
	const { comparisons, settings } = results;
	const [first] = comparisons as [Comparison, ...Comparison[]];
	const panels = panelsOf(results, locale);
	const sizes = intervalGeometry(panels.flatMap(({ rows }) => rows.map(({ label }) => label)));
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
	const views = panels.map((panel, index) => {
		const unit = locale.text(panel.percent ? "chart.points" : "chart.own-unit");
		const text = [panel.section, panel.heading].filter((part) => part !== null);
		const above = text.length === 0 ? null : heading(text[0] as string, sizes.width, text.slice(1));
		const scale = {
			domain: domains[panel.percent ? "percent" : "other"],
			title: isLast(panels, index) ? `${what}, ${unit}` : null,
			zero: true,
		};
		return intervalPanel(panel.key, panel.rows, scale, sizes, locale, above);
	});
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
			title,
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

/** Whether no later panel has the same unit, so that this one names it. */
function isLast(panels: readonly Panel[], index: number): boolean {
	return !panels.slice(index + 1).some(({ percent }) => percent === panels[index]?.percent);
}

function panelsOf(results: ResultSet, locale: Locale): Panel[] {
	const { comparisons, settings } = results;
	const byItem = comparisons[0]?.between.variable === "item";
	const others = new Set(comparisons.map((row) => `${groupKey(row.group)} ${byItem ? "" : pairKey(row)}`));
	const sections = new Set(comparisons.map(sectionKey));
	const panels = new Map<string, Panel>();
	const opened = new Set<string>();
	for (const row of comparisons) {
		const percent = row.statistic === "percent";
		// Items are panels where they differ in more than one way; item pairs are rows of their group.
		const apart =
			others.size > 1
				? byItem
					? groupKey(row.group)
					: `${row.item} ${row.statistic}`
				: percent
					? ""
					: row.item;
		const key = `${sectionKey(row)}/${apart}`;
		const panel = panels.get(key) ?? {
			key,
			section: sections.size > 1 && !opened.has(sectionKey(row)) ? sectionText(results, row) : null,
			heading: others.size > 1 ? panelHeading(results, locale, row, byItem) : null,
			rows: [],
			data: [],
			percent,
		};
		opened.add(sectionKey(row));
		panels.set(key, panel);
		const id = `${row.item} ${groupKey(row.group)} ${pairKey(row)}`;
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
		});
	}
	return [...panels.values()].map(sorted);
}

/** The largest difference first, what was not compared last. */
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

/** What a row is beside its panel's heading. */
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
	const groups = new Set(results.comparisons.map(({ group }) => groupKey(group))).size;
	return [
		...(groups > 1 ? [groupLabel(results, locale, row.group, Object.keys(row.group))] : []),
		...(pairs > 1 ? [pairLabel(results, locale, row)] : []),
	].join(": ");
}

function rowText(results: ResultSet, locale: Locale, row: Comparison): string {
	const group = groupLabel(results, locale, row.group, Object.keys(row.group));
	return [row.label, group, pairLabel(results, locale, row)].filter((part) => part !== "").join(", ");
}

function valueText(row: Comparison, settings: SettingsRecord, locale: Locale): string {
	if (row.difference === null || (row.kind === "same-data" && row.status === "ok")) {
		return withoutDifference(row, locale);
	}
	const digits = row.statistic === "percent" ? 1 : 2;
	return differenceText(row.difference, digits, isSignificant(row, settings), locale);
}
