import type { Locale } from "../locale.js";

/** How a text is looked at. */
export interface View {
	locale: Locale;
	/** Columns there are. */
	width: number;
	color: boolean;
}
