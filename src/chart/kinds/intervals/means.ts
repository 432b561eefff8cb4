import type { TopLevelSpec } from "vega-lite";
import { meansFinding } from "../../../findings/means.js";
import { baseName, topicTitle } from "../../../results/labels.js";
import type { Estimate, ResultSet } from "../../../results/result-set.js";
import type { Settings } from "../../../results/result-settings.js";
import { groupLabel, isSummary } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { digitsOf, numberText, shareText } from "../../../wording/numbers.js";
import { statusText } from "../../../wording/status-text.js";
import type { ChartKind, Drawing } from "../../kind.js";
import type { NamedLine } from "../../parts/average-lines.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading, panelGrid } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { withInterval } from "../../parts/figure-data.js";
import { groupId } from "../../parts/group-id.js";
import { averagesAmong, groupsOf, percentages, varying } from "../../parts/groups-and-items.js";
import { columnsFor, intervalGeometry } from "../../parts/interval-geometry.js";
import { domainOf, type IntervalDatum, intervalPanel } from "../../parts/interval-panel.js";
import { descending } from "../../parts/order.js";
import { sharedBase, subtitle } from "../../parts/subtitle.js";
import { SIZES } from "../../theme/theme.js";
import { histograms } from "./histogram.js";

/** From this many variables on, panels stand side by side, in at most this many columns. */
const MANY_PANELS = 4;
const COLUMNS = 3;

interface Panel {
	key: string;
	heading: string;
	base: string;
	rows: Entry[];
	data: IntervalDatum[];
	/** Averages over systems, drawn as lines rather than rows. */
	lines: NamedLine[];
	unit: string;
}

/** Means and ratios with intervals, each variable on its own scale; distributions of counts share one scale. */
export const means: ChartKind = {
	shows: "means or ratios",
	canShow: (results) => meansOf(results).length > 0,
	resizes: true,
	takes: ["top"],
	// The finding concerns the first variable, since each variable has its own unit.
	highest: {
		rows: meansOf,
		inOrder: true,
		ofGroup: ([first]) => first?.estimate ?? Number.NEGATIVE_INFINITY,
	},
	details: true,
	finding: meansFinding,
	draw,
};

function meansOf({ estimates }: ResultSet): Estimate[] {
	return estimates.filter(({ statistic }) => statistic === "mean" || statistic === "ratio");
}

function draw(results: ResultSet, locale: Locale, { headline, width, brief = false }: Drawing): TopLevelSpec {
	const drawn = meansOf(results);
	const shares = withoutAverages(sharesOf(results, drawn));
	const spreads = brief ? [] : distributions(results, shares, locale);
	const averages = averagesAmong(drawn).filter(({ estimate }) => estimate !== null);
	const panels = meanPanels(results, withoutAverages(drawn), locale).map((panel) => ({
		...panel,
		lines: averages.filter((row) => keyOf(row) === panel.key).map((row) => lineOf(results, row, locale)),
	}));
	const sizes = intervalGeometry(
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
		panels.length >= MANY_PANELS ? Math.min(columnsFor(width, COLUMNS), panels.length) : 1,
		width,
		panels.flatMap(({ data }) => data.map((row) => row.text)),
	);
	const topics = [...new Set(drawn.map(({ topic }) => topic))];
	const [only = ""] = topics;
	const title = topics.length === 1 ? topicTitle(only, results) : locale.text("topic.measures");
	const views = panels.map((panel) => {
		const { key, heading: text, base, rows, unit, lines } = panel;
		const domain = spreadDomain(panel, results);
		const scale = { domain, title: unit, reference: null, lines };
		const isBeside = sizes.columns > 1;
		const above = isBeside
			? heading(text, sizes.labelWidth + sizes.plotWidth, [], SIZES.label)
			: heading(text, sizes.width, [locale.text("chart.base", { base })]);
		return intervalPanel(key, rows, scale, sizes, locale, above);
	});
	const lines = drawn.map((row) => `${row.label}, ${name(results, locale, row)}: ${text(row, locale)}.`);
	return framed(
		{
			description: [`${title}.`, ...lines.slice(0, 8)].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [],
				reading: reading(results, locale),
				...(sizes.columns > 1 ? { base: sharedBase(results, drawn, locale) } : {}),
			}),
			// The interval method in the settings applies to percentages, not to means.
			caption: [
				...(brief && shares.length > 0 ? [locale.text("means.brief")] : []),
				...caption(results, locale, spreads.length > 0),
			],
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: [...panels, ...spreads].flatMap(({ data }) => data),
		},
		[
			...(sizes.columns > 1 ? [panelGrid(views, sizes, null)] : views),
			// Histograms start at the left edge of the plots.
			...histograms(spreads, sizes.width - sizes.labelWidth, locale),
		],
	);
}

/** Explains the scales. Ratios have no standard deviation that could set the width of theirs. */
function reading({ settings: { level }, estimates }: ResultSet, locale: Locale): string {
	if (typeof level !== "number") return locale.text("chart.mean-reading");
	const hasMeans = estimates.some(({ statistic }) => statistic === "mean");
	const key = hasMeans ? "chart.mean-reading-interval" : "chart.value-reading";
	return locale.text(key, { level: shareText(level, locale) });
}

/**
 * One standard deviation on both sides of the means, if the results give it: readers then see differences against the
 * spread among teachers.
 */
function spreadDomain({ key, data, lines }: Panel, { estimates }: ResultSet): [number, number] {
	const spreads = estimates
		.filter(({ statistic, topic, item }) => statistic === "sd" && key === `mean/${topic}/${item}`)
		.flatMap(({ estimate }) => estimate ?? []);
	const values = [...data.flatMap(({ value }) => value ?? []), ...lines.map(({ value }) => value)];
	const [low, high] = domainOf(
		[...data, ...lines.map(({ value }) => ({ value, low: value, high: value }))],
		false,
	);
	if (spreads.length === 0 || values.length === 0) return [low, high];
	const spread = Math.max(...spreads);
	const least = Math.min(low, Math.min(...values) - spread);
	// Counts have no values below zero.
	const floor = data.every(({ low: end }) => end === null || end >= 0) ? Math.max(0, least) : least;
	return [floor, Math.max(high, Math.max(...values) + spread)];
}

const VALUE = /-[\d.]+$/;

/** Distributions of counts; the percentages of items have charts of their own. */
function sharesOf(results: ResultSet, drawn: readonly Estimate[]): Estimate[] {
	const counts = new Set(drawn.map(({ topic, item }) => `${topic}/${item}`));
	return percentages(results).filter(
		({ topic, item }) => VALUE.test(item) && counts.has(`${topic}/${item.replace(VALUE, "")}`),
	);
}

function withoutAverages(rows: Estimate[]): Estimate[] {
	const averages = new Set(averagesAmong(rows));
	return rows.filter((row) => !averages.has(row));
}

function keyOf({ statistic, topic, item }: Estimate): string {
	return `${statistic}/${topic}/${item}`;
}

function lineOf(results: ResultSet, row: Estimate, locale: Locale): NamedLine {
	const value = numberText(row.estimate ?? 0, digitsOf(row.statistic), locale);
	return {
		label: `${groupLabel(results, locale, row.group, ["country"])} ${value}`,
		value: row.estimate ?? 0,
	};
}

/** Countries, which have no natural order, and long lists of groups are sorted by value. */
function meanPanels(results: ResultSet, drawn: readonly Estimate[], locale: Locale): Panel[] {
	const panels = collect(
		drawn,
		keyOf,
		(row) => ({
			...{ heading: row.label, base: baseName(row.base, results) },
			unit: locale.text(row.statistic === "ratio" ? "chart.ratio" : "chart.mean"),
		}),
		(row) => ({ key: groupId(row.group), label: name(results, locale, row), summary: isSummary(row.group) }),
		results.settings,
		locale,
	);
	const groups = groupsOf(drawn);
	const ordered = varying(groups).join() !== "country" && groups.length <= MAX_SERIES;
	return ordered ? panels : panels.map(byValue);
}

/** The highest first, hidden figures last. */
function byValue(panel: Panel): Panel {
	const values = new Map(panel.data.map(({ row, value }) => [row, value ?? Number.NEGATIVE_INFINITY]));
	return { ...panel, rows: descending(panel.rows, ({ key }) => values.get(key) ?? Number.NEGATIVE_INFINITY) };
}

/** One panel per group: the values of a count from the smallest. */
function distributions(results: ResultSet, shares: readonly Estimate[], locale: Locale): Panel[] {
	return collect(
		shares,
		({ topic, item, group }) => `share/${topic}/${item.replace(VALUE, "")}/${groupId(group)}`,
		(row) => ({
			heading: `${row.label.replace(/: [\d.]+$/, "")} · ${name(results, locale, row)}`,
			base: baseName(row.base, results),
			unit: locale.text("chart.percentage"),
		}),
		(row) => ({ key: row.item, label: /[\d.]+$/.exec(row.item)?.[0] ?? row.label, summary: false }),
		results.settings,
		locale,
	);
}

function collect(
	rows: readonly Estimate[],
	keyOf: (row: Estimate) => string,
	about: (row: Estimate) => Pick<Panel, "heading" | "base" | "unit">,
	entryOf: (row: Estimate) => Entry,
	settings: Settings,
	locale: Locale,
): Panel[] {
	const panels = new Map<string, Panel>();
	for (const row of rows) {
		const key = keyOf(row);
		const panel = panels.get(key) ?? { key, ...about(row), rows: [], data: [], lines: [] };
		panels.set(key, panel);
		const entry = entryOf(row);
		panel.rows.push(entry);
		panel.data.push({
			panel: key,
			row: entry.key,
			label: entry.label,
			value: row.estimate,
			low: row.ciLow,
			high: row.ciHigh,
			filled: true,
			text: text(row, locale),
			about: aboutText(row, settings, locale),
		});
	}
	return [...panels.values()];
}

function name(results: ResultSet, locale: Locale, { group }: Estimate): string {
	const ids = Object.keys(group);
	return ids.length === 0 ? locale.text("chart.everybody") : groupLabel(results, locale, group, ids);
}

function aboutText(row: Estimate, settings: Settings, locale: Locale): string {
	const figure = withInterval(
		text(row, locale),
		{ low: row.ciLow, high: row.ciHigh },
		digitsOf(row.statistic),
		settings,
		locale,
	);
	return row.n === null ? figure : `${figure}; n = ${locale.number(row.n, 0)}`;
}

function text({ estimate, se, statistic, status }: Estimate, locale: Locale): string {
	if (estimate === null) return statusText(status, locale);
	const digits = digitsOf(statistic);
	const error = se === null ? "" : ` (${numberText(se, digits, locale)})`;
	return `${numberText(estimate, digits, locale)}${error}`;
}
