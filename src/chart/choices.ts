/** Kinds of charts, in the order in which they are listed. Kept apart from the charts, which are slow to load. */
export const CHART_KINDS = [
	"dots",
	"bars",
	"dumbbell",
	"heatmap",
	"slope",
	"matrix",
	"rank",
	"map",
	"tiles",
	"differences",
	"means",
	"reach",
	"stacked",
	"forest",
	"leave-one-out",
	"coefficients",
	"effects",
] as const;
/** Kinds of charts. */
export type ChartKindName = (typeof CHART_KINDS)[number];

/** Colour themes of charts. */
export const THEMES = ["light", "dark", "print"] as const;
/** A colour theme of charts. */
export type Theme = (typeof THEMES)[number];

/** Sizes of pictures in pixels; A4 at 96 pixels per inch. */
export const PICTURE_SIZES = {
	social: [1200, 675],
	square: [1080, 1080],
	story: [1080, 1920],
	slide: [1920, 1080],
	a4: [794, 1123],
} as const;

/** Formats of a chart with their file extensions. */
export const CHART_ENDINGS = {
	svg: ".svg",
	png: ".png",
	pdf: ".pdf",
	html: ".html",
	"vega-lite": ".vl.json",
} as const;

/** File formats of charts. */
export type ChartFormat = keyof typeof CHART_ENDINGS;

export const CHART_FORMATS = Object.keys(CHART_ENDINGS) as [ChartFormat, ...ChartFormat[]];
