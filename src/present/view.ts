import type { Locale } from "../wording/locale.js";
import type { Layout } from "./format-list.js";
import type { Keys } from "./rows/wide.js";

/** A picture that stands under the tables of a workbook. */
export interface Picture {
	png: Uint8Array;
	/** What it shows. */
	title: string;
}

/** How a text is looked at. */
export interface View {
	locale: Locale;
	/** Columns there are. */
	width: number;
	color: boolean;
	/** Points and intervals on axes in the place of tables, on a terminal. */
	plot?: boolean;
	/** Data with one row per country or group and two columns per item, and the names of rows and columns. */
	wide?: Keys;
	/** Drawings of the results, which workbooks have under their tables. */
	pictures?: readonly Picture[];
	/** In wide data, whether the number of teachers stands beside each pair. */
	sizes?: boolean;
	/** In data, whether names stand beside the codes of topics, bases and groups. */
	labels?: boolean;
	/** In csv, whether each row says what its numbers are made from. */
	provenance?: boolean;
	/** Where tables of percentages have groups; by default what their number suggests. */
	layout?: Layout | undefined;
}
