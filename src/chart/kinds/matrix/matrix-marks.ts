import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { Layer } from "../../parts/chart-frame.js";
import { textWidth } from "../../text/text-runs.js";
import { wrapEvenly } from "../../text/wrap.js";
import { GUIDE, lineHeight, MUTED, PAPER, SIZES } from "../../theme/theme.js";
import { type Axes, quantity } from "./matrix-axes.js";
import type { PlanePoint, Rectangle } from "./plane-geometry.js";

/** One datum, for marks that are drawn once and not once a point. */
const ONCE = { values: [{}] };

/** Between the names of quadrants and the edges of the field. */
const EDGE = 4;

/** Lines at the means, which part the field in four. */
export function dashes(middle: PlanePoint, axes: Axes, locale: Locale, named: boolean): Layer[] {
	const { horizontal, vertical } = quantity(axes, locale);
	const mark = { type: "rule" as const, color: GUIDE, strokeDash: [4, 3] };
	const words = (value: number) => ({
		type: "text" as const,
		text: [locale.text("chart.mean"), percentText(value, locale, 0)],
		fontSize: SIZES.small,
		lineHeight: lineHeight(SIZES.small),
		color: MUTED,
	});
	const names: Layer[] = [
		{
			data: ONCE,
			mark: {
				...words(middle.x),
				baseline: "bottom",
				text: `${locale.text("chart.mean")} ${percentText(middle.x, locale, 0)}`,
			},
			encoding: { x: { datum: middle.x, ...horizontal }, y: { value: -4 } },
		},
		{
			data: ONCE,
			mark: { ...words(middle.y), align: "left", baseline: "middle" },
			encoding: { y: { datum: middle.y, ...vertical }, x: { value: axes.width + 6 } },
		},
	];
	return [
		...(named ? names : []),
		{ data: ONCE, mark, encoding: { x: { datum: middle.x, ...horizontal } } },
		{ data: ONCE, mark, encoding: { y: { datum: middle.y, ...vertical } } },
	];
}

/** Names of the quadrants, each in its corner on paper of its own, with the area that it takes. */
export function corners({ width, height }: Axes, locale: Locale): { layers: Layer[]; area: Rectangle }[] {
	const style = { size: SIZES.small, weight: 600 } as const;
	const leading = lineHeight(SIZES.small);
	const corner = (key: string, right: boolean, bottom: boolean) => {
		const lines = wrapEvenly(locale.text(key), width / 2.4, style);
		const wide = Math.max(...lines.map((line) => textWidth(line, style.size, style.weight))) + 2 * EDGE;
		const high = lines.length * leading + EDGE;
		const area = {
			left: right ? width - wide : 0,
			right: right ? width : wide,
			top: bottom ? height - high : 0,
			bottom: bottom ? height : high,
		};
		const paper: Layer = {
			data: ONCE,
			mark: { type: "rect", color: PAPER },
			encoding: {
				x: { value: area.left },
				x2: { value: area.right },
				y: { value: area.top },
				y2: { value: area.bottom },
			},
		};
		const words: Layer = {
			data: ONCE,
			mark: {
				type: "text",
				text: lines,
				align: right ? "right" : "left",
				baseline: "top",
				color: MUTED,
				fontSize: style.size,
				fontWeight: style.weight,
				lineHeight: leading,
			},
			encoding: {
				x: { value: right ? width - EDGE : EDGE },
				y: { value: bottom ? area.top : EDGE },
			},
		};
		return { layers: [paper, words], area };
	};
	return [
		corner("chart.quadrant-missing", false, false),
		corner("chart.quadrant-met", true, false),
		corner("chart.quadrant-quiet", false, true),
		corner("chart.quadrant-covered", true, true),
	];
}
