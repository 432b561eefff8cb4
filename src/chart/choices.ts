/** Kinds of charts, in the order in which they are named. Kept apart from the charts, which are slow to load. */
export const CHART_KINDS = [
	"dots",
	"bars",
	"dumbbell",
	"heatmap",
	"slope",
	"matrix",
	"rank",
	"differences",
	"means",
	"reach",
] as const;
export type ChartKindName = (typeof CHART_KINDS)[number];

export const THEMES = ["light", "dark", "print"] as const;
export type Theme = (typeof THEMES)[number];

/** Endings of the files that a chart can be written as. */
export const CHART_ENDINGS = [".svg", ".png", ".html", ".vl.json"] as const;
