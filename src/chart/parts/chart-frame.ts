import type { TopLevelSpec } from "vega-lite";
import { wrapEvenly, wrapText } from "../text/wrap.js";
import { lineHeight, MUTED, SIZES } from "../theme/theme.js";

type Concat = Extract<TopLevelSpec, { vconcat: unknown[] }>;

/** A view inside a chart: a panel, or combined panels. */
export type View = Concat["vconcat"][number];

/** Marks of a view that lie over each other. */
export type Layer = Extract<View, { layer: unknown[] }>["layer"][number];

/** Text above a view, or at its foot. */
export type Title = Exclude<NonNullable<Concat["title"]>, string | readonly string[]>;

/** The parts around the panels of every chart. */
export interface ChartFrame {
	description: string;
	/** Subject of the chart. */
	title: string;
	/** The finding above its title. */
	headline: string | null;
	/** Paragraphs. */
	subtitle: string[];
	/** Paragraphs at the foot. */
	caption: string[];
	/** A line at the foot that must not be overlooked. */
	warning: string | null;
	/** In pixels: where text wraps. */
	width: number;
	values: object[];
}

// A viewer without the shipped font takes one that runs up to a tenth wider.
const SLACK = 0.92;

/** Each section has its own legend, because the next one may be a screen away. */
const APART = {
	scale: { color: "independent", shape: "independent" },
	legend: { color: "independent", shape: "independent" },
} as const;

/** The complete chart: title on top, views below each other, caption at the foot. */
export function framed(frame: ChartFrame, views: View[]): TopLevelSpec {
	const { width, headline, title } = frame;
	return {
		$schema: "https://vega.github.io/schema/vega-lite/v6.json",
		description: headline === null ? frame.description : `${stopped(headline)} ${frame.description}`,
		title: {
			text: wrapEvenly(headline ?? title, width * SLACK, { size: SIZES.title, weight: 600 }),
			subtitle: paragraphs([...(headline === null ? [] : [title]), ...frame.subtitle], width, SIZES.subtitle),
			fontSize: SIZES.title,
			lineHeight: lineHeight(SIZES.title),
			offset: 18,
		},
		data: { values: frame.values },
		// Vega-Lite has one title per view and no footer, so the caption is the title of a view of its own.
		vconcat: [{ title: footer(frame), vconcat: views, resolve: APART }],
		resolve: APART,
	};
}

function stopped(sentence: string): string {
	return /[.?!…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Panels side by side, row by row, under a title or without one. */
export function panelGrid(
	concat: View[],
	{ columns, gap }: { columns: number; gap: number },
	title: Title | null,
): View {
	const grid = { concat, columns, spacing: { row: 28, column: gap } };
	return title === null ? grid : { title: { ...title, offset: 18 }, ...grid };
}

/** Title of a panel or section, and the lighter text under it. */
export function heading(
	text: string,
	width: number,
	below: string[] = [],
	size: number = SIZES.heading,
): Title {
	return {
		text: wrapEvenly(text, width * SLACK, { size, weight: 600 }),
		fontSize: size,
		lineHeight: lineHeight(size),
		...(below.length === 0 ? {} : { subtitle: paragraphs(below, width, SIZES.subtitle) }),
	};
}

function footer({ caption, warning, width }: ChartFrame): Title {
	const leading = lineHeight(SIZES.small);
	const lines = paragraphs(caption, width, SIZES.small);
	const foot = { orient: "bottom", offset: 20, fontSize: SIZES.small, lineHeight: leading } as const;
	if (warning === null) return { ...foot, text: lines, fontWeight: "normal", color: MUTED };
	return {
		...foot,
		text: wrapText(warning, width * SLACK, { size: SIZES.small, weight: 600 }),
		subtitle: lines,
		subtitleFontSize: SIZES.small,
		subtitleLineHeight: leading,
	};
}

function paragraphs(texts: string[], width: number, size: number): string[] {
	return texts.flatMap((text) => wrapText(text, width * SLACK, { size }));
}
