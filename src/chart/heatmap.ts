import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../group-by.js";
import type { Locale } from "../locale.js";
import type { Estimate, Group, ResultSet, Status } from "../results.js";
import { caption, syntheticLine } from "./caption.js";
import { groupsOf, percentages, varying } from "./contents.js";
import { framed } from "./frame.js";
import { sharedBase, subtitle, topicTitles } from "./head.js";
import { type HeatDatum, type HeatPanel, heatGeometry, heatPanel, rampDomain } from "./heat-panel.js";
import type { ChartKind } from "./kind.js";
import { MAX_SERIES } from "./layout.js";
import { baseLabel, groupKey, groupLabel, isSummary, topicTitle } from "./names.js";
import { percentText } from "./words.js";

/** Stand in cells for the reasons why figures are hidden. */
const MARKS = "abcdefgh";
const MAX_PANELS = 6;

/** Countries, or other groups, in rows and items in columns; the stronger a cell's colour, the higher its percentage. */
export const heatmap: ChartKind = {
	shows: "percentages of several countries or groups",
	canShow: (results) => groupsOf(percentages(results)).length > 1,
	draw,
};

function draw(results: ResultSet, locale: Locale): TopLevelSpec {
	const drawn = percentages(results);
	const groups = groupsOf(drawn);
	const breakdowns = varying(groups);
	const reasons = [...new Set(drawn.filter(({ estimate }) => estimate === null).map(({ status }) => status))];
	const panels = panelsOf(results, drawn, reasons, locale);
	const sizes = heatGeometry(panels);
	const domain = rampDomain(panels);
	const [first] = groups;
	const shared = Object.keys(first ?? {}).filter((id) => !breakdowns.includes(id));
	const title = topicTitles(results, drawn);
	return framed(
		{
			description: [`${title}.`, ...panels.map((panel) => inWords(panel, title, locale))].join(" "),
			title,
			subtitle: subtitle(results, locale, {
				groups: [
					first === undefined ? "" : groupLabel(results, locale, first, shared),
					locale.text("chart.groups", { count: groups.length }),
				],
				reading: locale.text("chart.heatmap-reading"),
				base: sharedBase(results, drawn, locale),
			}),
			caption: [...hiddenKey(reasons, locale), ...caption(results, locale, false)],
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: panels.flatMap(({ data }) => data),
		},
		panels.map((panel) => heatPanel(panel, domain, sizes, locale)),
	);
}

/** Breakdowns that part many groups in a few panels: all but the one with the most values. */
function facetsOf(groups: readonly Group[], breakdowns: readonly string[]): string[] {
	const valuesOf = (id: string) => new Set(groups.map((group) => group[id])).size;
	const [, ...others] = breakdowns.toSorted((a, b) => valuesOf(b) - valuesOf(a));
	const panels = others.reduce((product, id) => product * valuesOf(id), 1);
	return groups.length > MAX_SERIES && panels <= MAX_PANELS
		? breakdowns.filter((id) => others.includes(id))
		: [];
}

/** A panel for each topic and base, and for each value of a breakdown with few. */
function panelsOf(
	results: ResultSet,
	drawn: readonly Estimate[],
	reasons: readonly Status[],
	locale: Locale,
): HeatPanel[] {
	const breakdowns = varying(groupsOf(drawn));
	const facets = facetsOf(groupsOf(drawn), breakdowns);
	const facetOf = (group: Group) => groupLabel(results, locale, group, facets);
	const topics = countTopics(drawn);
	const parts = groupBy(drawn, ({ topic, base, group }) => `${topic}/${base}/${facetOf(group)}`);
	return [...parts].map(([key, rows]) => {
		const [{ topic, base, group }] = rows as [Estimate, ...Estimate[]];
		const groups = groupsOf(rows);
		const name = ({ group }: Pick<Estimate, "group">) =>
			groupLabel(
				results,
				locale,
				group,
				breakdowns.filter((id) => !facets.includes(id)),
			);
		return {
			key,
			heading:
				[
					...(topics === 1 ? [] : [`${topicTitle(results, topic)} (${baseLabel(results, base)})`]),
					...(facets.length === 0 ? [] : [facetOf(group)]),
				].join(" · ") || null,
			rows: averagesLast(
				groups.map((group) => ({ key: groupKey(group), label: name({ group }), summary: isSummary(group) })),
			),
			columns: [...groupBy(rows, ({ item }) => item)].map(([item, own]) => ({
				key: item,
				label: own[0]?.label || item,
				summary: item === "any",
			})),
			data: rows.map(
				(row): HeatDatum => ({
					panel: key,
					row: groupKey(row.group),
					column: row.item,
					item: row.label,
					group: name(row),
					estimate: row.estimate,
					low: row.ciLow,
					high: row.ciHigh,
					n: row.n,
					text:
						row.estimate === null
							? (MARKS[reasons.indexOf(row.status)] ?? "")
							: locale.number(row.estimate, 0),
					reason: row.status === "ok" ? null : locale.text(`status.${row.status}`),
				}),
			),
		};
	});
}

function countTopics(rows: readonly Estimate[]): number {
	return new Set(rows.map(({ topic, base }) => `${topic}/${base}`)).size;
}

function averagesLast<T extends { summary: boolean }>(rows: T[]): T[] {
	return [...rows.filter(({ summary }) => !summary), ...rows.filter(({ summary }) => summary)];
}

function hiddenKey(reasons: readonly Status[], locale: Locale): string[] {
	if (reasons.length === 0) return [];
	const list = reasons.map((status, index) => `${MARKS[index]} – ${locale.text(`status.${status}`)}`);
	return [locale.text("chart.hidden", { reasons: list.join("; ") })];
}

function inWords({ heading, rows, columns, data }: HeatPanel, title: string, locale: Locale): string {
	const shown = data
		.filter(({ estimate }) => estimate !== null)
		.toSorted((one, other) => (other.estimate ?? 0) - (one.estimate ?? 0));
	const [top, bottom] = [shown[0], shown.at(-1)];
	const size = locale.text("chart.description-heatmap", { groups: rows.length, items: columns.length });
	if (top === undefined || bottom === undefined) return size;
	const name = ({ item, group }: HeatDatum) => `${item}, ${group}`;
	const ends = locale.text("chart.description-panel", {
		heading: heading ?? title,
		top: name(top),
		topValue: percentText(top.estimate ?? 0, locale),
		bottom: name(bottom),
		bottomValue: percentText(bottom.estimate ?? 0, locale),
	});
	return `${size} ${ends}`;
}
