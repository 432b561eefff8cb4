import type { Locale } from "../../../wording/locale.js";
import type { Layer, Title, View } from "../../parts/chart-frame.js";
import { ACCENT, GUIDE, INK, lineHeight, PAPER, SIZES } from "../../theme/theme.js";
import { type Axes, type MatrixPoint, quantity } from "./matrix-axes.js";
import { corners, dashes } from "./matrix-marks.js";
import { AIR, type LabelPlace, placeLabels } from "./place-labels.js";

/** Labels of points, and the size of points. */
export interface MatrixWords {
	linesOf(point: MatrixPoint): string[];
	weight: 400 | 600;
	/** In square pixels. */
	dot: number;
}

/** A field of points with words beside them, and its data. */
export function matrixPanel(
	key: string,
	title: Title | null,
	points: readonly MatrixPoint[],
	axes: Axes,
	words: MatrixWords,
	quartered: boolean,
	locale: Locale,
): { view: View; data: object[] } {
	const { x, y, width, height } = axes;
	const middle = { x: mean(points.map(({ offer }) => offer)), y: mean(points.map(({ need }) => need)) };
	const across = (value: number) => ((value - x[0]) / (x[1] - x[0])) * width;
	const down = (value: number) => height - ((value - y[0]) / (y[1] - y[0])) * height;
	const lines = points.map(words.linesOf);
	const quadrants = quartered ? corners(axes, locale) : [];
	const places = placeLabels(
		points.map(({ offer, need }) => ({ x: across(offer), y: down(need) })),
		lines,
		{
			...{ width, height, cross: { x: across(middle.x), y: down(middle.y) } },
			taken: quadrants.map(({ area }) => area),
		},
	);
	return {
		view: {
			...(title === null ? {} : { title }),
			width,
			height,
			layer: [
				...dashes(middle, axes, locale, axes.columns === 1),
				...(axes.columns === 1 ? intervals(key, axes, locale) : []),
				...quadrants.flatMap(({ layers }) => layers),
				...marks(key, axes, words, locale),
			],
		},
		data: points.map((point, index) => ({
			...point,
			...labelAt(places[index] as LabelPlace, lines[index] as string[], axes),
		})),
	};
}

/** Where a label and its line stand, in percent, as Vega-Lite has no pixels in its data. */
function labelAt(
	{ area, end, middle, side }: LabelPlace,
	lines: readonly string[],
	{ x, y, width, height }: Axes,
) {
	const offer = (pixels: number) => x[0] + (pixels / width) * (x[1] - x[0]);
	const need = (pixels: number) => y[1] - (pixels / height) * (y[1] - y[0]);
	// Vega hangs further lines below the first, so the first stands half a block higher.
	const first = middle.y - ((lines.length - 1) / 2) * lineHeight(SIZES.small);
	return {
		text: lines.join("\n"),
		align: side,
		textX: offer({ left: area.left + AIR / 2, center: middle.x, right: area.right - AIR / 2 }[side]),
		textY: need(first),
		left: offer(area.left),
		right: offer(area.right),
		top: need(area.top),
		bottom: need(area.bottom),
		...(end === null ? {} : { endX: offer(end.x), endY: need(end.y) }),
	};
}

/** Of both figures of a point, thin: they cross in it. */
function intervals(key: string, axes: Axes, locale: Locale): Layer[] {
	const { horizontal, vertical } = quantity(axes, locale);
	const transform = [{ filter: { field: "panel", equal: key } }];
	const mark = { type: "rule", color: ACCENT, strokeWidth: 1, opacity: 0.45, clip: true } as const;
	return [
		{
			...{ transform, mark },
			encoding: {
				x: { field: "offerLow", ...horizontal },
				x2: { field: "offerHigh" },
				y: { field: "need", ...vertical },
			},
		},
		{
			...{ transform, mark },
			encoding: {
				x: { field: "offer", ...horizontal },
				y: { field: "needLow", ...vertical },
				y2: { field: "needHigh" },
			},
		},
	];
}

/** Joining lines, names on paper of their own, and points over all. */
function marks(key: string, axes: Axes, { weight, dot }: MatrixWords, locale: Locale): Layer[] {
	const { horizontal, vertical } = quantity(axes, locale);
	const own = { filter: { field: "panel", equal: key } };
	const percent = (field: string, title: string) =>
		({ field, type: "quantitative", format: ".1f", title: locale.text(title) }) as const;
	return [
		{
			transform: [own],
			mark: { type: "rect", color: PAPER, opacity: 0.85 },
			encoding: {
				x: { field: "left", ...horizontal },
				x2: { field: "right" },
				y: { field: "bottom", ...vertical },
				y2: { field: "top" },
			},
		},
		{
			transform: [own, { filter: "isValid(datum.endX)" }],
			mark: { type: "rule", color: GUIDE, strokeWidth: 0.8 },
			encoding: {
				x: { field: "offer", ...horizontal },
				x2: { field: "endX" },
				y: { field: "need", ...vertical },
				y2: { field: "endY" },
			},
		},
		{
			transform: [own],
			mark: { type: "point", filled: true, opacity: 1, size: dot, color: ACCENT },
			encoding: {
				x: { field: "offer", ...horizontal },
				y: { field: "need", ...vertical },
				tooltip: [
					{ field: "label", type: "nominal", title: locale.text("chart.item") },
					percent("need", "chart.need-axis"),
					percent("offer", "chart.offer-axis"),
					percent("unmet", "chart.unmet"),
				],
			},
		},
		{
			transform: [own],
			mark: {
				type: "text",
				align: { expr: "datum.align" },
				baseline: "middle",
				lineBreak: "\n",
				fontSize: SIZES.small,
				fontWeight: weight,
				lineHeight: lineHeight(SIZES.small),
				color: INK,
			},
			encoding: {
				x: { field: "textX", ...horizontal },
				y: { field: "textY", ...vertical },
				text: { field: "text", type: "nominal" },
			},
		},
	];
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
