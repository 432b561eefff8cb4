import type { Locale } from "../../wording/locale.js";
import { ACCENT, GUIDE, INK, MUTED, PAPER, SIZES } from "../theme/theme.js";
import { averageLayers, type NamedLine } from "./average-lines.js";
import type { Title, View } from "./chart-frame.js";
import type { Entry } from "./entries.js";
import type { Geometry } from "./geometry.js";
import { lowered, rowScale } from "./scales.js";
import { literal } from "./vega-expression.js";

/** A row of a panel: a value with its interval, and what is printed beside it. */
export interface IntervalDatum {
	panel: string;
	row: string;
	label: string;
	value: number | null;
	low: number | null;
	high: number | null;
	/** False is drawn hollow. */
	filled: boolean;
	text: string;
	/** The value with its interval, in words. */
	about: string;
}

/** The part of a row that a scale must contain. */
export type Ends = Pick<IntervalDatum, "value" | "low" | "high">;

/** A scale that leaves air around all values, with zero in it where differences are drawn. */
export function domainOf(data: readonly Ends[], withZero: boolean): [number, number] {
	const values = data.flatMap(({ value, low, high }) => [value, low, high]).filter((one) => one !== null);
	const all = withZero ? [0, ...values] : values;
	if (all.length === 0) return [-1, 1];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	const air = (most - least || Math.abs(most) || 1) * 0.06;
	return [least - air, most + air];
}

export interface IntervalScale {
	domain: [number, number];
	/** Under the axis; null where another panel says it. */
	title: string | null;
	/** Draws a line where there is no difference. */
	reference: number | null;
	/** Distances are ratios. */
	isLog?: boolean;
	/** Marks of a logarithmic scale. */
	ticks?: number[];
	/** Averages over systems. */
	lines?: readonly NamedLine[];
}

/** Ratios beyond these are printed, and their marks end with the scale. */
const WIDEST = [0.02, 50] as const;

/** A scale with its reference in it, whatever its distances are. */
export function scaleOf(
	data: readonly Ends[],
	{
		reference,
		isLog,
		title,
		columns,
	}: { reference: number; isLog: boolean; title: string | null; columns: number },
): IntervalScale {
	if (!isLog) return { domain: domainOf(data, true), title, reference };
	const values = data.flatMap(({ value, low, high }) => [value, low, high]).filter((one) => one !== null);
	const logs = [reference, ...values].map((one) => Math.log(Math.min(Math.max(one, WIDEST[0]), WIDEST[1])));
	const [least, most] = [Math.min(...logs), Math.max(...logs)];
	const air = (most - least || 1) * 0.06;
	const domain: [number, number] = [Math.exp(least - air), Math.exp(most + air)];
	return { domain, title, reference, isLog, ticks: ticksIn(domain, columns === 1 ? 8 : 4) };
}

/** Round numbers of a logarithmic scale, as many as are easily read. */
function ticksIn([low, high]: readonly [number, number], most: number): number[] {
	const within = (parts: readonly number[]) =>
		[0.01, 0.1, 1, 10]
			.flatMap((power) => parts.map((part) => Number((power * part).toPrecision(2))))
			.filter((tick) => tick >= low && tick <= high);
	const wide = within([1, 2, 5]);
	if (wide.length > most) return within([1]);
	return wide.length >= 3 ? wide : within([1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/** As many numbers as stand apart under a plot. */
function tickCount({ columns, plotWidth }: Geometry): number {
	return Math.max(2, Math.min(columns === 1 ? 6 : 4, Math.floor(plotWidth / 36)));
}

/** Room that a number under a plot takes, in pixels. */
const TICK = 26;

/** Ticks of a logarithmic scale far enough apart for their numbers, including 1. */
function apart(
	ticks: readonly number[],
	[low, high]: readonly [number, number],
	plotWidth: number,
): number[] {
	const at = (tick: number) => (Math.log(tick / low) / Math.log(high / low)) * plotWidth;
	const kept: number[] = ticks.filter((tick) => tick === 1);
	for (const tick of ticks) if (kept.every((one) => Math.abs(at(one) - at(tick)) >= TICK)) kept.push(tick);
	return kept.toSorted((a, b) => a - b);
}

/**
 * Points with intervals in rows, their values in figures at the right.
 * @param key Of its data; null where all are its own.
 */
export function intervalPanel(
	key: string | null,
	rows: Entry[],
	{ domain, title, reference, isLog = false, ticks, lines = [] }: IntervalScale,
	sizes: Geometry,
	locale: Locale,
	above: Title | null,
): View {
	const x = {
		type: "quantitative",
		scale: isLog
			? ({ type: "log", domain, nice: false, clamp: true } as const)
			: { domain, nice: false, zero: false },
		axis: {
			...(ticks === undefined
				? { tickCount: tickCount(sizes) }
				: { values: apart(ticks, domain, sizes.plotWidth), format: "~g" }),
			title,
			titleFontWeight: "normal",
			titleColor: MUTED,
			titleFontSize: SIZES.small,
			titlePadding: 8,
			labelExpr: `replace(replace(datum.label, '-', '−'), '.', ${literal(decimalMark(locale))})`,
		},
	} as const;
	const beside = {
		type: "text",
		align: "left",
		baseline: "middle",
		fontSize: sizes.labelSize - 0.5,
	} as const;
	const own = key === null ? {} : { transform: [{ filter: { field: "panel", equal: key } }] };
	const y = rowScale(rows, { series: [] }, sizes);
	const down = lowered(sizes);
	return {
		...(above === null ? {} : { title: above }),
		width: sizes.plotWidth,
		height: sizes.rowHeight * rows.length,
		layer: [
			...averageLayers(lines, { ...besidePlot(sizes, rows.length), domain, isLog }),
			...(reference === null
				? []
				: lanesOf(rows.length, sizes).map(([from, to]) => ({
						data: { values: [{}] },
						mark: { type: "rule" as const, color: GUIDE, strokeWidth: 1.2 },
						encoding: { x: { datum: reference, ...x }, y: { value: from }, y2: { value: to } },
					}))),
			{
				...own,
				mark: { type: "rule", strokeWidth: 1.6, color: ACCENT, ...down },
				encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
			},
			{
				...own,
				mark: {
					type: "point",
					filled: true,
					opacity: 1,
					size: sizes.columns === 1 ? 62 : 40,
					stroke: ACCENT,
					strokeWidth: 1.6,
					...down,
				},
				encoding: {
					y,
					x: { field: "value", ...x },
					fill: { condition: { test: "datum.filled", value: ACCENT }, value: PAPER },
					tooltip: [
						{ field: "label", type: "nominal", title: locale.text("chart.item") },
						{ field: "about", type: "nominal", title: locale.text("chart.estimate") },
					],
				},
			},
			{
				...own,
				mark: { ...beside, ...down },
				encoding: {
					y,
					x: { value: sizes.plotWidth + 12 },
					text: { field: "text", type: "nominal" },
					color: { condition: { test: "datum.value !== null", value: INK }, value: MUTED },
				},
			},
		],
	};
}

/** What names of lines have room beside. */
function besidePlot({ columns, width, gap, labelWidth: left, plotWidth, rowHeight }: Geometry, rows: number) {
	const each = (width - (columns - 1) * gap) / columns;
	return { plotWidth, height: rowHeight * rows, left, right: each - left - plotWidth };
}

/** Where a line through all rows runs: from top to bottom, or below each label that stands above its marks. */
function lanesOf(count: number, { above, rowHeight }: Geometry): [from: number, to: number][] {
	if (above === 0) return [[0, rowHeight * count]];
	return Array.from({ length: count }, (_, row) => [row * rowHeight + above, (row + 1) * rowHeight]);
}

function decimalMark(locale: Locale): string {
	return locale.number(0.5, 1).charAt(1);
}
