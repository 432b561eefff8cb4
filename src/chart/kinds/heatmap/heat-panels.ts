import { groupBy } from "../../../base/group-by.js";
import { gridOf } from "../../../results/grids.js";
import { baseName, topicTitle } from "../../../results/labels.js";
import { isNamed } from "../../../results/named-groups.js";
import type { Estimate, Grid, Group, ResultSet, Status } from "../../../results/result-set.js";
import type { Settings } from "../../../results/result-settings.js";
import { groupLabel, isSummary } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { statusText } from "../../../wording/status-text.js";
import type { Drawing } from "../../kind.js";
import type { Entry } from "../../parts/entries.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { figuresOf } from "../../parts/figure-data.js";
import { groupId } from "../../parts/group-id.js";
import { groupsOf, varying } from "../../parts/groups-and-items.js";
import { descending, restLast } from "../../parts/order.js";
import { withTones } from "../../parts/tones.js";
import type { HeatDatum, HeatPanel } from "./heat-panel.js";

/** Marks that stand for the reasons why figures are hidden. */
export const HIDDEN_MARKS = "abcdefgh";

/** Marks cells without any information. */
export const ABSENT = "–";
const MAX_PANELS = 6;

/** Breakdowns that divide many groups into a few panels: all but the one with the most values. */
function facetsOf(groups: readonly Group[], breakdowns: readonly string[]): string[] {
	const valuesOf = (id: string) => new Set(groups.map((group) => group[id])).size;
	const [, ...others] = breakdowns.toSorted((a, b) => valuesOf(b) - valuesOf(a));
	const panels = others.reduce((product, id) => product * valuesOf(id), 1);
	return groups.length > MAX_SERIES && panels <= MAX_PANELS
		? breakdowns.filter((id) => others.includes(id))
		: [];
}

/** One panel per topic and base, and per value of a small breakdown; a grid is a single panel. */
export function heatPanels(
	results: ResultSet,
	drawn: readonly Estimate[],
	reasons: readonly Status[],
	locale: Locale,
	drawing: Drawing,
): HeatPanel[] {
	const grid = gridOf(drawn, results.labels);
	return grid === undefined
		? groupPanels(results, drawn, reasons, locale, drawing)
		: [gridPanel(grid, drawn, reasons, results.settings, locale)];
}

function gridPanel(
	{ topics }: Grid,
	drawn: readonly Estimate[],
	reasons: readonly Status[],
	settings: Settings,
	locale: Locale,
): HeatPanel {
	const shown = Object.entries(topics).filter(([key]) => drawn.some(({ topic }) => topic === key));
	return complete({
		key: "grid",
		heading: null,
		rows: shown.map(([key, label]) => ({ key, label, summary: false })),
		columns: itemColumns(drawn),
		data: drawn.map((row) => ({
			...{ panel: "grid", row: row.topic },
			...cellOf(row, topics[row.topic] as string, reasons, settings, locale),
		})),
	});
}

function groupPanels(
	results: ResultSet,
	drawn: readonly Estimate[],
	reasons: readonly Status[],
	locale: Locale,
	drawing: Drawing,
): HeatPanel[] {
	const breakdowns = varying(groupsOf(drawn));
	const facets = facetsOf(groupsOf(drawn), breakdowns);
	const facetOf = (group: Group) => groupLabel(results, locale, group, facets);
	const topics = new Set(drawn.map(({ topic, base }) => `${topic}/${base}`)).size;
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
		return complete({
			key,
			heading:
				[
					...(topics === 1 ? [] : [`${topicTitle(topic, results)} (${baseName(base, results)})`]),
					...(facets.length === 0 ? [] : [facetOf(group)]),
				].join(" · ") || null,
			rows: withTones(
				inOrder(
					groups.map((group) => ({
						key: groupId(group),
						label: name({ group }),
						summary: isSummary(group),
						group,
					})),
					rows,
					drawing,
					locale,
				),
				({ group }) => isNamed(group, drawing.highlight),
			),
			columns: inColumns(itemColumns(rows), rows, drawing),
			data: rows.map((row) => ({
				...{ panel: key, row: groupId(row.group) },
				...cellOf(row, name(row), reasons, results.settings, locale),
			})),
		});
	});
}

function itemColumns(rows: readonly Estimate[]): HeatPanel["columns"] {
	return [...groupBy(rows, ({ item }) => item)].map(([item, own]) => ({
		key: item,
		label: own[0]?.label || item,
		summary: item === "any",
	}));
}

/** The contents of a cell, independent of its position. */
function cellOf(
	row: Estimate,
	group: string,
	reasons: readonly Status[],
	settings: Settings,
	locale: Locale,
) {
	const { item, label, estimate, status } = row;
	return {
		column: item,
		item: label,
		group,
		...figuresOf(row, settings, locale),
		text: estimate === null ? (HIDDEN_MARKS[reasons.indexOf(status)] ?? "") : locale.number(estimate, 0),
		reason: status === "ok" ? null : statusText(status, locale),
	};
}

function complete(panel: HeatPanel): HeatPanel {
	return { ...panel, data: [...panel.data, ...absent(panel)] };
}

/** Cells for combinations of group and item without a row in the result, such as items not asked there. */
function absent({ key, rows, columns, data }: HeatPanel): HeatDatum[] {
	const cell = (row: string, column: string) => JSON.stringify([row, column]);
	const there = new Set(data.map(({ row, column }) => cell(row, column)));
	const nothing = {
		estimate: null,
		low: null,
		high: null,
		n: null,
		about: ABSENT,
		text: ABSENT,
		reason: null,
	};
	return rows.flatMap((row) =>
		columns
			.filter((column) => !there.has(cell(row.key, column.key)))
			.map((column) => ({
				...{ panel: key, row: row.key, column: column.key, item: column.label, group: row.label },
				...nothing,
			})),
	);
}

/**
 * Averages come last, as rows, because cells have no axis to draw a line on. Many countries are ordered from the
 * highest, or by name so that readers can find theirs; other groups keep their own order.
 */
function inOrder<E extends Entry & { group: Group }>(
	entries: readonly E[],
	rows: readonly Estimate[],
	{ sort }: Drawing,
	locale: Locale,
): E[] {
	const own = entries.filter(({ summary }) => !summary);
	const many = varying(entries.map(({ group }) => group)).join() === "country" && entries.length > MAX_SERIES;
	const level = new Map(
		[...groupBy(rows, ({ group }) => groupId(group))].map(([key, part]) => [key, meanOf(part)]),
	);
	const sorted =
		sort === "name"
			? own.toSorted((a, b) => locale.compare(a.label, b.label))
			: many || sort === "value"
				? descending(own, ({ key }) => level.get(key) ?? -1)
				: own;
	return [...sorted, ...entries.filter(({ summary }) => summary)];
}

/** Items sorted by one group's figures if requested; items without a figure come last. */
function inColumns(columns: readonly Entry[], rows: readonly Estimate[], { sort }: Drawing): Entry[] {
	const own = sort === undefined ? [] : rows.filter(({ group }) => isNamed(group, [sort]));
	if (own.length === 0) return restLast(columns);
	const figureOf = (key: string) => own.find(({ item }) => item === key)?.estimate ?? -1;
	return restLast(descending([...columns], ({ key }) => (key === "any" ? 101 : figureOf(key))));
}

function meanOf(rows: readonly Estimate[]): number {
	const values = rows.flatMap(({ estimate }) => estimate ?? []);
	return values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
