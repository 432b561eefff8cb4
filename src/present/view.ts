import type { Locale } from "../wording/locale.js";
import type { Layout } from "./format-list.js";
import type { Keys } from "./rows/wide.js";

/** A picture below the tables of a workbook. */
export interface Picture {
	png: Uint8Array;
	/** What it shows. */
	title: string;
}

/** How results are displayed. */
export interface View {
	locale: Locale;
	/** Available columns. */
	width: number;
	color: boolean;
	/** On a terminal, points and intervals on axes instead of tables. */
	plot?: boolean;
	/** Data with one row per country or group and two columns per item, and their names. */
	wide?: Keys;
	/** Drawings of the results, which workbooks show below their tables. */
	pictures?: readonly Picture[];
	/** In wide data, whether the number of teachers follows each pair. */
	sizes?: boolean;
	/** In data, whether names accompany the codes of topics, bases and groups. */
	labels?: boolean;
	/** In csv, whether each row states the provenance of its numbers. */
	provenance?: boolean;
	/** Position of groups in tables of percentages; by default it depends on their number. */
	layout?: Layout | undefined;
}
