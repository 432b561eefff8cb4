import { groupBy } from "../group-by.js";
import type { Locale } from "../locale.js";
import { MUTED, SIZES } from "./theme.js";

/** A topic of one group: how many need it, how many it was offered. */
export interface MatrixPoint {
	panel: string;
	item: string;
	label: string;
	need: number;
	offer: number;
	unmet: number | null;
}

/** The field of a panel: the percentages at its ends, and its size in pixels. */
export interface Axes {
	x: [number, number];
	y: [number, number];
	width: number;
	height: number;
}

/** Left of the field. */
export const AXIS_WIDTH = 50;
const FORM = { width: 760, height: 520 };
/** More topics than these need a higher field. */
const MANY = { points: 14, height: 640 };

/** Axes that all panels share, so that groups can be compared. */
export function axesFor(points: readonly MatrixPoint[]): Axes {
	const panels = groupBy(points, ({ panel }) => panel);
	const most = Math.max(...[...panels.values()].map((own) => own.length));
	return {
		x: spread(points.map(({ offer }) => offer)),
		y: spread(points.map(({ need }) => need)),
		width: FORM.width,
		height: most > MANY.points ? MANY.height : FORM.height,
	};
}

/** The values with air for labels around them, within 0–100. */
function spread(values: readonly number[]): [number, number] {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const air = Math.max(2, (most - least) * 0.14);
	return [Math.max(0, least - air), Math.min(100, most + air)];
}

/** How percentages of offer and need stand across and up. */
export function quantity({ x, y }: Axes, locale: Locale) {
	const axis = (domain: [number, number], title: string, orient: "bottom" | "left") =>
		({
			type: "quantitative",
			scale: { domain, nice: false, zero: false },
			axis: {
				title: locale.text(title),
				orient,
				grid: false,
				tickCount: 6,
				titleFontWeight: "normal",
				titleColor: MUTED,
				titleFontSize: SIZES.small,
				labelColor: MUTED,
				labelFontSize: SIZES.small,
			},
		}) as const;
	return {
		horizontal: axis(x, "chart.offer-axis", "bottom"),
		vertical: axis(y, "chart.need-axis", "left"),
	};
}
