import type { TopLevelSpec } from "vega-lite";
import type { Finding } from "../findings/finding.js";
import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

/** How a chart is to be drawn, whatever its kind. */
export interface Drawing {
	/** Stands over the chart, whose topic is then under it; null where the topic is the title. */
	headline: string | null;
}

/** One way to draw a result. */
export interface ChartKind {
	/** What a result must hold; completes "it shows …". */
	shows: string;
	canShow(results: ResultSet): boolean;
	/** Whether it is the one to draw where nobody says which; where it does not tell, whenever it can show the result. */
	suits?(results: ResultSet): boolean;
	/** What a reader should see in it; null where that is not worked out. */
	finding?(results: ResultSet, locale: Locale): Finding | null;
	/** The chart with its data, without a theme's configuration; only for a result that it can show. */
	draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec;
}
