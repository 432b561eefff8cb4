import type { TopLevelSpec } from "vega-lite";
import { differencesFinding } from "../../../findings/differences.js";
import { sharesFinding } from "../../../findings/shares.js";
import type { ResultSet } from "../../../results/result-set.js";
import { differenceText, withoutDifference } from "../../../wording/difference-text.js";
import { valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, type Title, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { intervalGeometry } from "../../parts/interval-geometry.js";
import { looks } from "../../parts/looks.js";
import { percentScale, rowScale } from "../../parts/scales.js";
import { sharedBase, sharedGroup, significanceText, subtitle, topicTitles } from "../../parts/subtitle.js";
import { GUIDE, INK, MUTED, PAPER } from "../../theme/theme.js";
import { columnsOf, type PairPanel, pairPanels, pairViews } from "./pair-panels.js";
import { leftOut, onlyPairs, type Pair, type Pairs, pairsOf } from "./result-pairs.js";

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
	finding: (results, locale) => differencesFinding(results, locale) ?? sharesFinding(results),
	draw,
};

function draw(results: ResultSet, locale: Locale, { headline }: Drawing): TopLevelSpec {
	const found = pairsOf(results) as Pairs;
	const { between, pairs, tested } = found;
	const side = (key: "a" | "b") => valueLabel(results, locale, between.variable, between[key]);
	const [a, b] = [side("a"), side("b")];
	const panels = pairPanels(results, found, locale).map(sorted);
	const sizes = roomy(
		intervalGeometry(
			panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
			columnsOf(panels, COLUMNS),
		),
	);
	const series = [
		{ key: "a", label: a, summary: false },
		{ key: "b", label: b, summary: false },
	];
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
			values: panels.flatMap((panel) => panel.rows.flatMap((row) => dataOf(panel.key, row, locale))),
		},
		pairViews(panels, { ...sizes, panelWidth: sizes.labelWidth + sizes.plotWidth }, (panel, title) =>
			panelOf(panel, title, series, sizes, locale),
		),
	);

	function inWords({ label, pair }: PairPanel["rows"][number]): string[] {
		if (pair.a === null || pair.b === null) return [];
		const values = { valueA: percentText(pair.a, locale), valueB: percentText(pair.b, locale) };
		return [locale.text("chart.description-pair", { label, a, b, ...values })];
	}
}

/** The highest of the first side first; what it lacks last; any activity over the activities. */
function sorted(panel: PairPanel): PairPanel {
	const rank = ({ summary, pair }: PairPanel["rows"][number]) =>
		summary && pair.item === "any" ? 101 : (pair.a ?? -1);
	return { ...panel, rows: panel.rows.toSorted((one, other) => rank(other) - rank(one)) };
}

function roomy(sizes: Geometry): Geometry {
	return {
		...sizes,
		labelWidth: sizes.labelWidth + VALUE_ROOM,
		plotWidth: sizes.plotWidth - VALUE_ROOM,
		gap: sizes.gap,
	};
}

/** A datum for each side, with the pair's difference on the first. */
function dataOf(panel: string, { key, label, pair }: PairPanel["rows"][number], locale: Locale): object[] {
	// A line would say that what does not compare has changed.
	const known = pair.status === "not-comparable" ? [] : [pair.a, pair.b].filter((value) => value !== null);
	const shared = {
		panel,
		row: key,
		label,
		filled: pair.significant === true,
		low: known.length === 2 ? Math.min(...known) : null,
		high: known.length === 2 ? Math.max(...known) : null,
	};
	const at = (series: "a" | "b", beyond: boolean) => ({
		...shared,
		series,
		value: pair[series],
		text: pair[series] === null ? "" : locale.number(pair[series], 1),
		beyond,
	});
	const aIsHigher = (pair.a ?? -1) >= (pair.b ?? -1);
	return [{ ...at("a", aIsHigher), difference: differenceOf(pair, locale) }, at("b", !aIsHigher)];
}

function differenceOf(pair: Pair, locale: Locale): string {
	return pair.difference === null
		? withoutDifference(pair, locale)
		: differenceText(pair.difference, 1, pair.significant, locale);
}

function panelOf(
	panel: PairPanel,
	title: { title?: Title },
	series: Entry[],
	sizes: Geometry,
	locale: Locale,
): View {
	const single = sizes.columns === 1;
	const x = percentScale(sizes, locale);
	const y = rowScale(panel.rows, { series: [] }, sizes);
	const look = looks(panel, { series }, sizes);
	const value = { x: { field: "value", ...x }, y };
	const words = { type: "text", baseline: "middle", fontSize: sizes.labelSize - 0.5 } as const;
	const beside = (beyond: boolean) => ({
		transform: [{ filter: `datum.beyond === ${beyond} && datum.value !== null` }],
		mark: {
			...words,
			color: MUTED,
			align: beyond ? ("left" as const) : ("right" as const),
			dx: beyond ? 8 : -8,
		},
		encoding: { ...value, text: { field: "text", type: "nominal" as const } },
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
				mark: { type: "rule", color: GUIDE, strokeWidth: 2 },
				encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
			},
			{
				mark: { type: "point", filled: true, opacity: 1, size: single ? 78 : 52 },
				encoding: { ...value, ...look, tooltip },
			},
			{
				// What is not significant is hollow: paper inside the same shape.
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
					color: { condition: { test: "datum.low !== null", value: INK }, value: MUTED },
				},
			},
		],
	};
}
