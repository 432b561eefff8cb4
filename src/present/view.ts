import type { Locale } from "../locale.js";
import type { Keys } from "./wide.js";

/** How a text is looked at. */
export interface View {
	locale: Locale;
	/** Columns there are. */
	width: number;
	color: boolean;
	/** Data with a row a country or group, and a pair of columns an item. */
	wide?: boolean;
	/** How the columns of such data are called; by default by our own ids. */
	keys?: Keys;
}
