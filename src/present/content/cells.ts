import type { ShownStatus } from "../../wording/status-text.js";

/**
 * The content of a table cell as values. Formats write it (./cell-text.ts), and only terminals align it. A cell without
 * values is empty.
 */
export interface BoardCell {
	/** The figure; null if unknown. */
	value?: number | null;
	/** How its numbers are written: with a number of decimals, as a p-value, or with the sign of a change. */
	digits?: number | "p" | "change";
	/** Standard error, written in brackets. */
	error?: number | null;
	interval?: CellInterval;
	/** Marks after the figure. */
	marks?: readonly Mark[];
	/** Why the figure is missing. */
	status?: ShownStatus | undefined;
	/** A word in place of a figure. */
	word?: string;
	/** Number of columns spanned, including its own. */
	span?: number;
}

/** ! for a figure shown despite its status, * for a significant difference. */
export type Mark = "!" | "*";

/** Order of marks after a figure. */
export const MARKS: readonly Mark[] = ["!", "*"];

export interface CellInterval {
	low: number | null;
	high: number | null;
	/** For differences either bound may be negative, so a word separates them instead of a dash. */
	ofDifference: boolean;
}

/** A line of a table. */
export interface BoardRow {
	label: string;
	/** Belongs to the heading above. */
	under: boolean;
	/** Empty in a heading, which takes the whole line. */
	cells: BoardCell[];
	/** Another unit and number of decimals: a mean stays out of line with percentages. */
	apart: boolean;
	/** A percentage that may be drawn next to the label. */
	bar?: number | null;
}

/** Cells with the column they start at. */
export function placed<C extends { span?: number }>(
	cells: readonly C[],
): (C & { at: number; span: number })[] {
	let next = 0;
	return cells.map((cell) => {
		const { span = 1 } = cell;
		const at = next;
		next += span;
		return { ...cell, at, span };
	});
}
