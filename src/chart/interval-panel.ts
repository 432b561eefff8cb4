import type { Locale } from "../wording/locale.js";
import { literal } from "./expression.js";
import type { Title, View } from "./frame.js";
import { type Geometry, steps } from "./geometry.js";
import { rowScale } from "./scales.js";
import type { Entry } from "./shape.js";
import { ACCENT, GUIDE, INK, lineHeight, MUTED, PAPER, SIZES } from "./theme.js";
import { columnWidth, mostLines } from "./wrap.js";

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
}

/** A panel alone in its row, and one of several side by side. */
const SINGLE = {
	width: 780,
	labels: { from: 110, to: 300 },
	size: SIZES.label,
	values: 120,
	room: 8,
	gap: 120,
};
const GRID = { width: 370, labels: { from: 60, to: 190 }, size: SIZES.small, values: 60, room: 3, gap: 28 };
const LABEL_GAP = 20;

/** Sizes that let every row label stand free. */
export function intervalGeometry(labels: string[], columns = 1): Geometry {
	const form = columns === 1 ? SINGLE : GRID;
	const style = { size: form.size };
	const labelWrap = columnWidth(labels, steps(form.labels.from, form.labels.to), style);
	const labelWidth = labelWrap + LABEL_GAP;
	return {
		columns,
		labelSize: form.size,
		labelWidth,
		labelWrap,
		plotWidth: form.width - labelWidth - form.values,
		rowHeight: mostLines(labels, labelWrap, style) * lineHeight(form.size) + form.room,
		lanePadding: 0,
		gap: form.gap,
		width: columns * form.width + (columns - 1) * form.gap,
	};
}

/** A scale that leaves air around all values, with zero in it where differences are drawn. */
export function domainOf(data: readonly IntervalDatum[], withZero: boolean): [number, number] {
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
	/** Draws the line at zero. */
	zero: boolean;
}

/** Points with intervals in rows, their values in figures at the right. */
export function intervalPanel(
	key: string,
	rows: Entry[],
	{ domain, title, zero }: IntervalScale,
	sizes: Geometry,
	locale: Locale,
	above: Title | null,
): View {
	const x = {
		type: "quantitative",
		scale: { domain, nice: false, zero: false },
		axis: {
			tickCount: sizes.columns === 1 ? 6 : 4,
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
	const own = { transform: [{ filter: { field: "panel", equal: key } }] };
	const y = rowScale(rows, { series: [] }, sizes);
	return {
		...(above === null ? {} : { title: above }),
		width: sizes.plotWidth,
		height: sizes.rowHeight * rows.length,
		layer: [
			...(zero
				? [
						{
							data: { values: [{}] },
							mark: { type: "rule" as const, color: GUIDE, strokeWidth: 1.2 },
							encoding: {
								x: { datum: 0, ...x },
								y: { value: 0 },
								y2: { value: sizes.rowHeight * rows.length },
							},
						},
					]
				: []),
			{
				...own,
				mark: { type: "rule", strokeWidth: 1.6, color: ACCENT },
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
				},
				encoding: {
					y,
					x: { field: "value", ...x },
					fill: { condition: { test: "datum.filled", value: ACCENT }, value: PAPER },
				},
			},
			{
				...own,
				mark: beside,
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

function decimalMark(locale: Locale): string {
	return locale.number(0.5, 1).charAt(1);
}
