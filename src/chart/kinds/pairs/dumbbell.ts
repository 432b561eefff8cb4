import type { TopLevelSpec } from "vega-lite";
import { differencesFinding } from "../../../findings/differences.js";
import { sharesFinding } from "../../../findings/shares.js";
import { isNamed } from "../../../results/named-groups.js";
import type { Estimate, Group, ResultSet } from "../../../results/result-set.js";
import { differenceText, withoutDifference } from "../../../wording/difference-text.js";
import { valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, type Title, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { groupId } from "../../parts/group-id.js";
import { columnsFor, intervalGeometry } from "../../parts/interval-geometry.js";
import { looks } from "../../parts/looks.js";
import { byName, restLast } from "../../parts/order.js";
import { laneOf, lowered, percentScale, rowScale, tensAround } from "../../parts/scales.js";
import { sharedBase, sharedGroup, significanceText, subtitle, topicTitles } from "../../parts/subtitle.js";
import { withTones } from "../../parts/tones.js";
import { GUIDE, INK, MUTED, PAPER } from "../../theme/theme.js";
import { type PairPanel, pairPanels, pairViews, panelColumns } from "./pair-panels.js";
import { leftOut, onlyPairs, type Pairs, pairsOf, percentsOnly, type ResultPair } from "./result-pairs.js";

/** Panels side by side, where they have many groups. */
const COLUMNS = 3;

/** Beyond the outer points, for their values. */
const VALUE_ROOM = 24;

/** From the plot to the differences: clear of a value at 100 %. */
const BEYOND = 40;

/**
 * Two percentages of each item or group, such as women's and men's or two cycles', with the line between them
 * and their difference; filled where it is significant, without a line where they do not compare.
 */
export const dumbbell: ChartKind = {
	shows: "two groups or two cycles side by side",
	canShow: (results) => (pairsOf(results)?.pairs.length ?? 0) > 0,
	suits: (results) => onlyPairs(results) !== null,
	resizes: true,
	takes: ["highlight", "sort", "top"],
	finding: (results, locale) => differencesFinding(percentsOnly(results), locale) ?? sharesFinding(results),
	draw,
};

function draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec {
	const { headline } = drawing;
	const found = pairsOf(results) as Pairs;
	const { between, pairs, tested } = found;
	const side = (key: "a" | "b") => valueLabel(results, locale, between.variable, between[key]);
	const [a, b] = [side("a"), side("b")];
	const panels = pairPanels(results, found, locale).map((panel) => ({
		...panel,
		rows: withTones(sorted(panel.rows, drawing, locale), ({ pair }) =>
			isNamed({ ...pair.group, item: pair.item }, drawing.highlight),
		),
	}));
	const sizes = roomy(
		intervalGeometry(
			panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
			panelColumns(panels, columnsFor(drawing.width, COLUMNS)),
			drawing.width,
		),
	);
	const sides = [
		{ key: "a", label: a, summary: false },
		{ key: "b", label: b, summary: false },
	];
	// Time runs from the earlier to the later.
	const series = between.variable === "cycle" ? sides.toReversed() : sides;
	const values = panels.flatMap((panel) =>
		panel.rows.flatMap((row) => dataOf(panel.key, row, intervalsOf(results, row.pair, between), locale)),
	);
	const domain = tensAround(
		values.flatMap(({ value, start, end }) => [value, start, end]).filter((one) => one !== null),
	);
	const title = topicTitles(results, pairs);
	return framed(
		{
			description: [`${title}.`, ...panels.flatMap(({ rows }) => rows.slice(0, 5).flatMap(inWords))].join(
				" ",
			),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, pairs, locale), between.variable === "cycle" ? "" : `${a}, ${b}`],
				reading: tested
					? locale.text("chart.dumbbell-reading", { a, b, p: significanceText(results, locale) })
					: locale.text("chart.side-by-side"),
				base: sharedBase(results, pairs, locale),
			}),
			caption: [...leftOut(results, locale), ...caption(results, locale, false)],
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values,
		},
		pairViews(panels, { ...sizes, panelWidth: sizes.labelWidth + sizes.plotWidth }, (panel, title) =>
			panelOf(panel, title, series, domain, sizes, locale),
		),
	);

	function inWords({ label, pair }: PairPanel["rows"][number]): string[] {
		if (pair.a === null || pair.b === null) return [];
		const values = { valueA: percentText(pair.a, locale), valueB: percentText(pair.b, locale) };
		return [locale.text("chart.description-pair", { label, a, b, ...values })];
	}
}

/** The highest of the first side first; what it lacks last; any activity over the activities, averages under systems. */
function sorted(rows: PairPanel["rows"], { sort }: Drawing, locale: Locale): PairPanel["rows"] {
	if (sort === "name") return byName(rows, locale);
	const size = ({ a, b, difference }: ResultPair) =>
		sort === "change" ? (difference ?? (a !== null && b !== null ? a - b : -101)) : (a ?? -1);
	const rank = ({ summary, pair }: PairPanel["rows"][number]) =>
		summary ? (pair.item === "any" ? 101 : -102) : size(pair);
	return restLast(rows.toSorted((one, other) => rank(other) - rank(one)));
}

function roomy(sizes: Geometry): Geometry {
	return {
		...sizes,
		labelWidth: sizes.labelWidth + VALUE_ROOM,
		plotWidth: sizes.plotWidth - VALUE_ROOM,
		gap: sizes.gap,
	};
}

/** A side of a pair as the chart's data have it. */
interface DumbbellDatum {
	value: number | null;
	start: number | null;
	end: number | null;
	[field: string]: unknown;
}

/** The estimates that the sides of a pair are, where the results have them: they have the intervals. */
function intervalsOf(results: ResultSet, pair: ResultPair, { variable, a, b }: Pairs["between"]) {
	const find = (value: string) => {
		const wanted = groupId(sortedGroup({ ...pair.group, [variable]: value }));
		return results.estimates.find(
			({ topic, item, base, statistic, group }) =>
				topic === pair.topic &&
				item === pair.item &&
				base === pair.base &&
				statistic === "percent" &&
				groupId(sortedGroup(group)) === wanted,
		);
	};
	return { a: find(a), b: find(b) };
}

function sortedGroup(group: Group): Group {
	return Object.fromEntries(Object.entries(group).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Of the height of a row's lane, from its middle to each side. */
const DODGE = 0.14;

/** A datum for each side, with the pair's difference on the first. */
function dataOf(
	panel: string,
	{ key, label, pair, quiet = false }: PairPanel["rows"][number],
	intervals: Record<"a" | "b", Estimate | undefined>,
	locale: Locale,
): DumbbellDatum[] {
	// A line would say that what does not compare has changed.
	const known = pair.status === "not-comparable" ? [] : [pair.a, pair.b].filter((value) => value !== null);
	const shared = {
		panel,
		row: key,
		label,
		filled: pair.significant === true,
		quiet,
		low: known.length === 2 ? Math.min(...known) : null,
		high: known.length === 2 ? Math.max(...known) : null,
	};
	const ends = (["a", "b"] as const)
		.flatMap((one) => [pair[one] ?? [], intervals[one]?.ciLow ?? [], intervals[one]?.ciHigh ?? []])
		.flat();
	const at = (series: "a" | "b", beyond: boolean) => ({
		...shared,
		series,
		lane: series,
		value: pair[series],
		start: intervals[series]?.ciLow ?? null,
		end: intervals[series]?.ciHigh ?? null,
		text: pair[series] === null ? "" : locale.number(pair[series], 1),
		beyond,
		outer: beyond ? Math.max(...ends) : Math.min(...ends),
	});
	const aIsHigher = (pair.a ?? -1) >= (pair.b ?? -1);
	return [{ ...at("a", aIsHigher), difference: differenceOf(pair, locale) }, at("b", !aIsHigher)];
}

function differenceOf(pair: ResultPair, locale: Locale): string {
	return pair.difference === null
		? withoutDifference(pair, locale)
		: differenceText(pair.difference, 1, pair.significant, locale);
}

function panelOf(
	panel: PairPanel,
	title: { title?: Title },
	series: Entry[],
	domain: [number, number],
	sizes: Geometry,
	locale: Locale,
): View {
	const single = sizes.columns === 1;
	const x = percentScale(sizes, locale, domain);
	const y = rowScale(panel.rows, { series: [] }, sizes);
	const down = lowered(sizes);
	const lane = laneOf(sizes);
	const look = looks(panel, { series }, sizes);
	// Side by side, so that equal figures do not hide each other.
	const lanes = {
		field: "lane",
		type: "nominal" as const,
		sort: null,
		scale: {
			type: "point" as const,
			domain: ["a", "b"],
			range: [-DODGE, DODGE].map((share) => lane.middle + share * lane.height),
		},
	};
	const own = { y, yOffset: lanes };
	const value = { x: { field: "value", ...x }, ...own };
	const words = { type: "text", baseline: "middle", fontSize: sizes.labelSize - 0.5, ...down } as const;
	const beside = (beyond: boolean) => ({
		transform: [{ filter: `datum.beyond === ${beyond} && datum.value !== null` }],
		mark: {
			...words,
			color: MUTED,
			align: beyond ? ("left" as const) : ("right" as const),
			dx: beyond ? 8 : -8,
		},
		encoding: { y, x: { field: "outer", ...x }, text: { field: "text", type: "nominal" as const } },
	});
	const tooltip = [
		{ field: "label", type: "nominal" as const, title: locale.text("chart.item") },
		{ field: "text", type: "nominal" as const, title: locale.text("chart.estimate") },
	];
	return {
		...title,
		width: sizes.plotWidth,
		height: sizes.rowHeight * panel.rows.length,
		transform: [{ filter: { field: "panel", equal: panel.key } }],
		layer: [
			{
				transform: [{ filter: "datum.series === 'a'" }],
				mark: { type: "rule", color: GUIDE, strokeWidth: 2, ...down },
				encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
			},
			{
				transform: [{ filter: "datum.start !== null" }],
				mark: { type: "rule", strokeWidth: 1.2, opacity: 0.7 },
				encoding: {
					...own,
					x: { field: "start", ...x },
					x2: { field: "end" },
					color: { condition: { test: "datum.quiet", value: GUIDE }, ...look.color },
				},
			},
			{
				mark: { type: "point", filled: true, opacity: 1, size: single ? 78 : 52 },
				encoding: {
					...value,
					...look,
					color: { condition: { test: "datum.quiet", value: GUIDE }, ...look.color },
					tooltip,
				},
			},
			{
				// Hollow marks are not significant: paper inside the same shape.
				transform: [{ filter: "!datum.filled" }],
				mark: { type: "point", filled: true, opacity: 1, size: single ? 22 : 14, color: PAPER },
				encoding: { ...value, ...("shape" in look ? { shape: look.shape } : {}) },
			},
			beside(true),
			beside(false),
			{
				transform: [{ filter: "datum.series === 'a'" }],
				mark: { ...words, align: "left" },
				encoding: {
					y,
					x: { value: sizes.plotWidth + BEYOND },
					text: { field: "difference", type: "nominal" },
					color: { condition: { test: "datum.low !== null && !datum.quiet", value: INK }, value: MUTED },
				},
			},
		],
	};
}
