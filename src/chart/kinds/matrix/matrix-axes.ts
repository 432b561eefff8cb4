import { groupBy } from "../../../base/group-by.js";
import type { Locale } from "../../../wording/locale.js";
import { MUTED, SIZES } from "../../theme/theme.js";

/** A topic of one group: how many need it, how many it was offered. */
export interface MatrixPoint {
	panel: string;
	item: string;
	label: string;
	need: number;
	offer: number;
	unmet: number | null;
	/** Ends of their intervals, where they have them. */
	needLow: number | null;
	needHigh: number | null;
	offerLow: number | null;
	offerHigh: number | null;
}

/** Size of a panel's field in pixels, and how many panels stand side by side. */
interface Form {
	width: number;
	height: number;
	columns: number;
}

/** The field of a panel, and the percentages at its ends. */
export interface Axes extends Form {
	x: [number, number];
	y: [number, number];
	/** Which of them say what they count. */
	titled: { x: boolean; y: boolean };
}

/** Left of the field, for figures up to 100; and before them for what they count. */
const FIGURES = 19;

export const AXIS_WIDTH = FIGURES + 15;

/** Between panels side by side. */
export const PANEL_GAP = 24;
const ALONE = { width: 760, height: 520, columns: 1 };

/** More topics than these need a higher field. */
const MANY = { points: 14, height: 640 };
const BESIDE = { width: 350, height: 320, columns: 2 };

/** More panels than these stand in three columns. */
const FEW_PANELS = 6;

/** Axes that all panels share, so that groups can be compared. */
export function axesFor(points: readonly MatrixPoint[], wanted?: number): Axes {
	const panels = groupBy(points, ({ panel }) => panel);
	const most = Math.max(...[...panels.values()].map((own) => own.length));
	const alone = most > MANY.points ? { ...ALONE, height: MANY.height } : ALONE;
	const beside = panels.size > FEW_PANELS ? { ...BESIDE, columns: 3 } : BESIDE;
	const form = fitted(panels.size === 1 ? alone : beside, wanted);
	return {
		x: spread(
			points.map(({ offer }) => offer),
			panels.size === 1 ? 0.14 : 0.08,
		),
		y: spread(
			points.map(({ need }) => need),
			0.14,
			true,
		),
		titled: { x: true, y: true },
		...form,
	};
}

/** Least width of a field that names stand in beside their points. */
export const NAMED = 520;

/** Right of a field alone, for the name of its line. */
const BESIDE_FIELD = 50;
const LEAST_FIELD = 185;

/** The same fields in another width: fewer beside each other, and of a field alone a height that goes with it. */
function fitted({ width, height, columns }: Form, wanted: number | undefined): Form {
	if (wanted === undefined) return { width, height, columns };
	if (columns === 1) {
		const own = wanted - AXIS_WIDTH - BESIDE_FIELD;
		return {
			width: own,
			height: Math.round(own < NAMED ? Math.max(own, 300) : Math.min(height, own * 0.8)),
			columns,
		};
	}
	const fitting = Math.floor((wanted - AXIS_WIDTH + PANEL_GAP) / (LEAST_FIELD + PANEL_GAP + FIGURES));
	const beside = Math.max(1, Math.min(columns, fitting));
	const foot = beside === 1 ? BESIDE_FIELD : 0;
	const own = Math.floor((wanted - AXIS_WIDTH - foot - (beside - 1) * (PANEL_GAP + FIGURES)) / beside);
	return { width: own, height: Math.min(height, own), columns: beside };
}

/**
 * The values with air for words around them, a share of what they span.
 * @param beyond Whether the air may lie beyond 0 and 100, so that names of quadrants stand above and below all points.
 */
function spread(values: readonly number[], share: number, beyond = false): [number, number] {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const air = Math.max(2, (most - least) * share);
	return beyond ? [least - air, most + air] : [Math.max(0, least - air), Math.min(100, most + air)];
}

/** Width of all panels side by side, with their axes. */
export function panelsWidth({ width, columns }: Form): number {
	return AXIS_WIDTH + columns * width + (columns - 1) * (PANEL_GAP + FIGURES);
}

/** How percentages of offer and need stand across and up. */
export function quantity({ x, y, titled }: Axes, locale: Locale) {
	const axis = (domain: [number, number], title: string | null, orient: "bottom" | "left") =>
		({
			type: "quantitative",
			scale: { domain, nice: false, zero: false },
			axis: {
				title: title === null ? null : locale.text(title),
				orient,
				grid: false,
				labelExpr: "datum.value < 0 || datum.value > 100 ? '' : datum.label",
				...(orient === "left" ? { minExtent: FIGURES, maxExtent: FIGURES } : {}),
				tickCount: 6,
				titleFontWeight: "normal",
				titleColor: MUTED,
				titleFontSize: SIZES.small,
				labelColor: MUTED,
				labelFontSize: SIZES.small,
			},
		}) as const;
	return {
		horizontal: axis(x, titled.x ? "chart.offer-axis" : null, "bottom"),
		vertical: axis(y, titled.y ? "chart.need-axis" : null, "left"),
	};
}
