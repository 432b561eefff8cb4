import type { TopLevelSpec } from "vega-lite";
import type { Finding } from "../findings/finding.js";
import type { Estimate, ResultSet } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

/** How a chart is to be drawn, whatever its kind. */
export interface Drawing {
	/** Title above the chart, with the topic below it; null if the topic is the title. */
	headline: string | null;
	/** Groups or items to highlight, by id; `oecd` is an average. */
	highlight: readonly string[];
	/** The average to draw as a line, such as `oecd`. */
	benchmarkLine?: string | undefined;
	/** `value`, `name` or `change`, or the id of a group whose figures sort the items. */
	sort?: string | undefined;
	/** How wide text and plots are laid out, in pixels; by default as suits the kind. */
	width?: number | undefined;
	/** Without optional parts, where there is no room for them. */
	brief?: boolean | undefined;
}

/** What a kind can be asked for beyond its title. */
export type Look = "highlight" | "benchmarkLine" | "sort" | "top";

/** Which rows are the highest, where that is not the mean of all that a group or an item has. */
export interface Highest {
	rows(results: ResultSet): Estimate[];
	/** What is cut; by default groups, if there is one item or many groups. */
	by?: "groups" | "items";
	/** What a group is ordered by. */
	ofGroup?(rows: readonly Estimate[]): number;
	/** Whether the first items are kept: figures in different units have no order. */
	inOrder?: boolean;
}

/** One way to draw a result. */
export interface ChartKind {
	/** What a result must hold; completes "it shows …". */
	shows: string;
	canShow(results: ResultSet): boolean;
	/** Whether it is the default; if undefined, whenever it can show the result. */
	suits?(results: ResultSet): boolean;
	/** Whether it can be laid out for another width, such as that of a telephone. */
	resizes?: boolean;
	/** What it can be asked for; nothing where it does not say. */
	takes?: readonly Look[];
	highest?: Highest;
	/** Whether it has parts that a small picture can do without. */
	details?: boolean;
	/** The main finding that it shows; null where none is computed. */
	finding?(results: ResultSet, locale: Locale): Finding | null;
	/** The chart with its data, without a theme's configuration; only for a result that it can show. */
	draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec;
}
