import type { Locale } from "../../../wording/locale.js";
import type { Layer, Title, View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { lowered, rowScale } from "../../parts/scales.js";
import { literal } from "../../parts/vega-expression.js";
import { ACCENT, GUIDE, INK, MUTED, SIZES } from "../../theme/theme.js";

/** A row: a system with its weight, or a combined estimate, whose weight is null. */
export interface ForestDatum {
	panel: string;
	row: string;
	label: string;
	value: number;
	low: number;
	high: number;
	weight: number | null;
	text: string;
	/** Greyed because other rows are highlighted. */
	quiet?: boolean;
}

export interface ForestPanel {
	key: string;
	/** Systems first, then combined estimates. */
	rows: Entry[];
	data: ForestDatum[];
	mean: number;
	/** Prediction interval; null under a common effect. */
	prediction: readonly [number, number] | null;
	/** Draws the line at zero. */
	zero: boolean;
	unit: string;
}

/** Areas of the least and the largest square, in square pixels. */
const [LEAST, LARGEST] = [14, 110];
/** Height of a diamond, in pixels. */
const DIAMOND = 11;

/**
 * Squares with intervals for systems, diamonds for combined estimates, and the range in which a further system may lie.
 */
export function forestPanel(
	{ key, rows, data, mean, prediction, zero, unit }: ForestPanel,
	sizes: Geometry,
	locale: Locale,
	above: Title,
): View {
	const domain = domainOf(data, prediction, zero);
	const x = {
		type: "quantitative",
		scale: { domain, nice: false, zero: false },
		axis: {
			tickCount: 6,
			title: unit,
			titleFontWeight: "normal",
			titleColor: MUTED,
			titleFontSize: SIZES.small,
			titlePadding: 8,
			labelExpr: `replace(replace(datum.label, '-', '−'), '.', ${literal(locale.number(0.5, 1).charAt(1))})`,
		},
	} as const;
	const height = sizes.rowHeight * rows.length;
	const y = rowScale(rows, { series: [] }, sizes);
	const down = lowered(sizes);
	const color = { condition: { test: "datum.quiet", value: GUIDE }, value: ACCENT };
	const heaviest = Math.max(...data.map(({ weight }) => weight ?? 0));
	const systems = {
		transform: [
			{ filter: { and: [{ field: "panel", equal: key }, "datum.weight !== null"] } },
			{ calculate: `${LEAST} + ${LARGEST - LEAST} * datum.weight / ${heaviest}`, as: "area" },
		],
	};
	return {
		title: above,
		width: sizes.plotWidth,
		height,
		layer: [
			...(prediction === null ? [] : [band(prediction, x, height)]),
			...(zero ? [line(0, x, height, [])] : []),
			line(mean, x, height, [3, 3]),
			{
				...systems,
				mark: { type: "rule", strokeWidth: 1.2, ...down },
				encoding: { y, x: { field: "low", ...x }, x2: { field: "high" }, color },
			},
			{
				...systems,
				mark: { type: "point", shape: "square", filled: true, opacity: 1, ...down },
				encoding: {
					y,
					color,
					x: { field: "value", ...x },
					size: { field: "area", type: "quantitative", scale: null },
				},
			},
			...data.filter(({ weight }) => weight === null).map((one) => diamond(one, x, y, down)),
			{
				transform: [{ filter: { field: "panel", equal: key } }],
				mark: { type: "text", align: "left", baseline: "middle", fontSize: SIZES.small, ...down },
				encoding: {
					y,
					x: { value: sizes.plotWidth + 12 },
					text: { field: "text", type: "nominal" },
					color: { condition: { test: "datum.quiet", value: MUTED }, value: INK },
				},
			},
		],
	};
}

/**
 * Vega-Lite has no diamond of this shape: a trail widens from one end of the interval to the estimate and narrows
 * again.
 */
function diamond({ row, value, low, high }: ForestDatum, x: object, y: object, down: object): Layer {
	const corners = [
		{ row, at: low, wide: 0 },
		{ row, at: value, wide: DIAMOND },
		{ row, at: high, wide: 0 },
	];
	return {
		data: { values: corners },
		mark: { type: "trail", color: INK, ...down },
		encoding: {
			y,
			x: { field: "at", ...x },
			size: { field: "wide", type: "quantitative", scale: null },
			detail: { field: "row" },
		},
	} as Layer;
}

function band([low, high]: readonly [number, number], x: object, height: number): Layer {
	return {
		data: { values: [{ low, high }] },
		mark: { type: "rect", color: GUIDE, opacity: 0.16 },
		encoding: {
			x: { field: "low", ...x },
			x2: { field: "high" },
			y: { value: 0 },
			y2: { value: height },
		},
	} as Layer;
}

function line(at: number, x: object, height: number, strokeDash: number[]): Layer {
	return {
		data: { values: [{}] },
		mark: { type: "rule", color: GUIDE, strokeWidth: 1.2, strokeDash },
		encoding: { x: { datum: at, ...x }, y: { value: 0 }, y2: { value: height } },
	} as Layer;
}

/** The range of all intervals with some air; includes zero if a line is drawn there. */
function domainOf(
	data: readonly ForestDatum[],
	prediction: readonly [number, number] | null,
	zero: boolean,
): [number, number] {
	const all = [...data.flatMap(({ low, high }) => [low, high]), ...(prediction ?? []), ...(zero ? [0] : [])];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	const air = (most - least || 1) * 0.04;
	return [least - air, most + air];
}
