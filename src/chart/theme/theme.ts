import type { Config } from "vega-lite";
import type { Theme } from "../choices.js";
import { FONT_STACK } from "../text/font.js";

/** Colours of a theme; marks name them, so that one specification can be shown in every theme. */
interface Palette {
	paper: string;
	ink: string;
	muted: string;
	rule: string;
	guide: string;
	/** Of groups, in the order of LOOKS. */
	series: readonly [string, string, string, string, string, string];
	/** Ends and middle of a scale from few to many. */
	ramp: readonly [string, string, string];
	/** Text that stands on the ramp: towards few, and towards many. */
	onRamp: readonly [string, string];
	/** Where between its ends both are as legible. */
	turn: number;
}

/**
 * Okabe and Ito's colours, safe for colour-blind readers, the palest two darker than theirs to show on white, all
 * lighter on dark paper. In print all is grey, so that a photocopy loses nothing: shapes, order and figures tell what
 * colours tell elsewhere. Tests hold them apart as each kind of colour-blind reader sees them.
 */
const PALETTES = {
	light: {
		paper: "#ffffff",
		ink: "#1f2933",
		muted: "#5f6b76",
		rule: "#dfe3e8",
		guide: "#84909c",
		series: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#4b95f1", "#a6904f"],
		ramp: ["#f1f6fa", "#7fb2d6", "#08518f"],
		onRamp: ["#000000", "#ffffff"],
		turn: 0.785,
	},
	dark: {
		paper: "#14181d",
		ink: "#e8ecf0",
		muted: "#a3afba",
		rule: "#333c46",
		guide: "#6b7784",
		series: ["#56b4e9", "#f08a3c", "#00d19e", "#e2a6c4", "#b0daf3", "#f2c137"],
		ramp: ["#1d2833", "#2f6f9f", "#a9dbff"],
		onRamp: ["#ffffff", "#000000"],
		turn: 0.556,
	},
	print: {
		paper: "#ffffff",
		ink: "#000000",
		muted: "#555555",
		rule: "#d0d0d0",
		guide: "#8c8c8c",
		series: ["#222222", "#949494", "#535353", "#7d7d7d", "#3b3b3b", "#696969"],
		ramp: ["#f7f7f7", "#b0b0b0", "#3a3a3a"],
		onRamp: ["#000000", "#ffffff"],
		turn: 0.736,
	},
} as const satisfies Record<Theme, Palette>;

export type Colour = { expr: string };

export const PAPER: Colour = { expr: "paper" };
export const INK: Colour = { expr: "ink" };

export const MUTED: Colour = { expr: "muted" };
const RULE: Colour = { expr: "rule" };

export const GUIDE: Colour = { expr: "guide" };
/** Text on the ramp, before TURN and after it. */
export const ON_RAMP: [Colour, Colour] = [{ expr: "onRamp[0]" }, { expr: "onRamp[1]" }];

/** Name of the share of the ramp at which text on it changes its tone. */
export const TURN = "turn";

export const RAMP: Colour[] = [0, 1, 2].map((index) => ({ expr: `ramp[${index}]` }));

/** One look for each group: a colour and a shape of its own. */
export const LOOKS = (["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"] as const).map(
	(shape, index) => ({ colour: { expr: `series[${index}]` } as Colour, shape }),
);

/** The colour of marks that colour does not distinguish. */
export const ACCENT: Colour = { expr: "series[0]" };

/** For emphasis that must differ from ACCENT. */
export const CONTRAST: Colour = { expr: "series[1]" };

/** Text sizes in pixels; lines are set at 1.25 of them. */
export const SIZES = { title: 18, heading: 14, subtitle: 12.5, label: 12, small: 11 } as const;

export function lineHeight(size: number): number {
	return Math.round(size * 1.25);
}

/** The configuration of a chart in a theme: all that its specification leaves to it. */
export function themeConfig(theme: Theme): Config {
	return { ...CONFIG, params: coloursOf(theme) };
}

/** The colours of a theme by the names that marks use. */
export function coloursOf(theme: Theme) {
	return Object.entries<Palette[keyof Palette]>(PALETTES[theme]).map(([name, value]) => ({ name, value }));
}

/** Shared by all themes. Marks and guides stay out of the accessibility tree: the description says it better. */
const CONFIG: Config = {
	font: FONT_STACK,
	background: PAPER,
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
		subtitlePadding: 8,
	},
};
