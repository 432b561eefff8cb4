import type { TopLevelSpec } from "vega-lite";
import type { Finding } from "../findings/finding.js";
import type { Estimate, ResultSet } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

/** How to draw a chart of any kind. */
export interface Drawing {
	/** Title above the chart, with the topic below it; null if the topic is the title. */
	headline: string | null;
	/** Groups or items to highlight, by id; `oecd` is an average. */
	highlight: readonly string[];
	/** The average to draw as a line, such as `oecd`. */
	benchmarkLine?: string | undefined;
	/** `value`, `name` or `change`, or the id of a group whose figures sort the items. */
	sort?: string | undefined;
	/** Layout width of text and plots in pixels; the default depends on the kind. */
	width?: number | undefined;
	/** Leaves out optional parts when there is no room for them. */
	brief?: boolean | undefined;
}

/** Options that a kind may support beyond its title. */
export type Look = "highlight" | "benchmarkLine" | "sort" | "top";

/** How to find the highest rows, if not by the mean of all figures of a group or an item. */
export interface Highest {
	rows(results: ResultSet): Estimate[];
	/** What to cut; by default groups if there is one item or there are many groups, else items. */
	by?: "groups" | "items";
	/** The value by which groups are ordered. */
	ofGroup?(rows: readonly Estimate[]): number;
	/** Keeps the first items instead of the highest: figures in different units cannot be ranked. */
	inOrder?: boolean;
}

/** One way to draw a result. */
export interface ChartKind {
	/** What a result must contain; completes the sentence "it shows …". */
	shows: string;
	canShow(results: ResultSet): boolean;
	/** Whether this kind is the default; if undefined, it is whenever it can show the result. */
	suits?(results: ResultSet): boolean;
	/** Whether it can be laid out for another width, such as a telephone's. */
	resizes?: boolean;
	/** Options it supports; none if omitted. */
	takes?: readonly Look[];
	highest?: Highest;
	/** Whether it has parts that a small picture can leave out. */
	details?: boolean;
	/** The main finding of the chart; null if none is computed. */
	finding?(results: ResultSet, locale: Locale): Finding | null;
	/** The chart with its data but without theme configuration. Call it only for a result that this kind can show. */
	draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec;
}
