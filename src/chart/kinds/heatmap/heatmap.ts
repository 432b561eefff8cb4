import type { TopLevelSpec } from "vega-lite";
import { sharesFinding } from "../../../findings/shares.js";
import { gridOf } from "../../../results/grids.js";
import type { Estimate, ResultSet, Status } from "../../../results/result-set.js";
import { groupLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import { statusText } from "../../../wording/status-text.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed } from "../../parts/chart-frame.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { countItems, groupsOf, percentages, varying } from "../../parts/groups-and-items.js";
import { sharedBase, subtitle, topicTitles } from "../../parts/subtitle.js";
import {
	flat,
	type HeatDatum,
	type HeatPanel,
	heatGeometry,
	heatPanel,
	inBands,
	rampDomain,
} from "./heat-panel.js";
import { ABSENT, HIDDEN_MARKS, heatPanels } from "./heat-panels.js";

/** From this many items on, a table of colours is easier to read for many groups. */
const MANY_ITEMS = 4;

/** Statuses for which there is no figure to hide. */
const WITHOUT: readonly Status[] = ["not-administered", "no-data"];

/**
 * Countries, other groups or the topics of a grid as rows, items as columns; the stronger the colour, the higher the
 * percentage.
 */
export const heatmap: ChartKind = {
	shows: "percentages of several countries or groups, or of a grid of topics",
	canShow: (results) => {
		const rows = percentages(results);
		return groupsOf(rows).length > 1 || gridOf(rows, results.labels) !== undefined;
	},
	suits: (results) => {
		const rows = percentages(results);
		const isLarge = groupsOf(rows).length > MAX_SERIES && countItems(rows) >= MANY_ITEMS;
		return isLarge || gridOf(rows, results.labels) !== undefined;
	},
	resizes: true,
	takes: ["highlight", "sort", "top"],
	finding: sharesFinding,
	draw,
};

function draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec {
	const { headline, width } = drawing;
	const drawn = percentages(results);
	const groups = groupsOf(drawn);
	const grid = gridOf(drawn, results.labels);
	const breakdowns = varying(groups);
	const reasons = reasonsOf(drawn);
	const panels = heatPanels(results, drawn, reasons, locale, drawing);
	const laid = flat(panels, width);
	const sizes = heatGeometry(laid, width);
	const shown = inBands(laid, sizes);
	const domain = rampDomain(panels);
	const [first] = groups;
	const shared = Object.keys(first ?? {}).filter((id) => !breakdowns.includes(id));
	const title = topicTitles(results, drawn);
	return framed(
		{
			description: [`${title}.`, ...panels.map((panel) => inWords(panel, title, locale))].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [
					first === undefined ? "" : groupLabel(results, locale, first, shared),
					grid === undefined ? locale.text("chart.groups", { count: groups.length }) : "",
				],
				reading: locale.text("chart.heatmap-reading"),
				base:
					grid === undefined
						? sharedBase(results, drawn, locale)
						: locale.text("chart.base", { base: grid.base }),
			}),
			caption: [
				...markKey(reasons, locale),
				...absentKey(panels, locale),
				...caption(results, locale, false),
			],
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: laid.flatMap(({ data }) => data),
		},
		shown.map((panel, place) =>
			heatPanel(panel, domain, sizes, !hasSameHeads(panel, shown[place - 1]), locale),
		),
	);
}

/** Whether two panels have the same columns, so that the headings are printed once. */
function hasSameHeads({ columns }: HeatPanel, above: HeatPanel | undefined): boolean {
	return above?.columns.map(({ key }) => key).join() === columns.map(({ key }) => key).join();
}

/** Reasons why figures are hidden, followed by reasons why there are none. */
function reasonsOf(rows: readonly Estimate[]): Status[] {
	const found = new Set(rows.filter(({ estimate }) => estimate === null).map(({ status }) => status));
	return [...found].toSorted((one, other) => Number(WITHOUT.includes(one)) - Number(WITHOUT.includes(other)));
}

/** Legend of the marks in cells: hidden figures, and figures that cannot exist. */
function markKey(reasons: readonly Status[], locale: Locale): string[] {
	const list = (own: readonly Status[]) =>
		own
			.map((status) => `${HIDDEN_MARKS[reasons.indexOf(status)]} – ${statusText(status, locale)}`)
			.join("; ");
	const [hidden, none] = [
		reasons.filter((status) => !WITHOUT.includes(status)),
		reasons.filter((status) => WITHOUT.includes(status)),
	];
	return [
		...(hidden.length === 0 ? [] : [locale.text("chart.hidden", { reasons: list(hidden) })]),
		...(none.length === 0 ? [] : [list(none)]),
	];
}

function absentKey(panels: readonly HeatPanel[], locale: Locale): string[] {
	const some = panels.some(({ data }) => data.some(({ text }) => text === ABSENT));
	return some ? [locale.text("chart.absent")] : [];
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
