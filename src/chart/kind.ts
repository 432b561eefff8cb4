import type { TopLevelSpec } from "vega-lite";
import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

/** One way to draw a result. */
export interface ChartKind {
	/** What a result must hold; completes "it shows …". */
	shows: string;
	canShow(results: ResultSet): boolean;
	/** Whether it is the one to draw where nobody says which; where it does not tell, whenever it can show the result. */
	suits?(results: ResultSet): boolean;
	/** The chart with its data, without a theme's configuration; only for a result that it can show. */
	draw(results: ResultSet, locale: Locale): TopLevelSpec;
}
