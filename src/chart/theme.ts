import type { Config } from "vega-lite";
import { FONT_STACK } from "./font.js";

export const INK = "#1f2933";
export const MUTED = "#5f6b76";
export const RULE = "#dfe3e8";
export const GUIDE = "#9aa5b1";

/** One look for each group: Okabe and Ito's colours, safe for colour-blind readers, and a shape of its own. */
export const LOOKS = [
	{ colour: "#0072b2", shape: "circle" },
	{ colour: "#d55e00", shape: "square" },
	{ colour: "#009e73", shape: "triangle-up" },
	{ colour: "#cc79a7", shape: "diamond" },
	{ colour: "#56b4e9", shape: "triangle-down" },
	{ colour: "#e69f00", shape: "cross" },
] as const;

/** Text sizes in pixels; lines are set at 1.25 of them. */
export const SIZES = { title: 18, heading: 14, subtitle: 12.5, label: 12, small: 11 } as const;

export function lineHeight(size: number): number {
	return Math.round(size * 1.25);
}

/** The theme shared by all charts. Marks and guides stay out of the accessibility tree: the description says it better. */
export const CONFIG: Config = {
	font: FONT_STACK,
	background: "white",
	padding: 24,
	view: { stroke: null },
	mark: { aria: false },
	concat: { spacing: 24 },
	axis: {
		aria: false,
		domain: false,
		ticks: false,
		gridColor: RULE,
		labelColor: INK,
		labelFontSize: SIZES.label,
		labelLineHeight: lineHeight(SIZES.label),
		labelLimit: 0,
		title: null,
	},
	axisX: { labelColor: MUTED, labelFontSize: SIZES.small, labelPadding: 6 },
	legend: {
		aria: false,
		labelColor: INK,
		labelFontSize: SIZES.label,
		labelLimit: 0,
		symbolOpacity: 1,
		symbolSize: 90,
		symbolStrokeWidth: 0,
		title: null,
	},
	title: {
		aria: false,
		anchor: "start",
		frame: "bounds",
		color: INK,
		fontSize: SIZES.heading,
		fontWeight: 600,
		lineHeight: lineHeight(SIZES.heading),
		limit: 0,
		offset: 10,
		subtitleColor: MUTED,
		subtitleFontSize: SIZES.subtitle,
		subtitleLineHeight: lineHeight(SIZES.subtitle),
		subtitlePadding: 4,
	},
};
