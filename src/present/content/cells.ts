import type { ShownStatus } from "../../wording/status-text.js";

/**
 * What stands in one place of a table, as values: a format writes them (./cell-text.ts), and only a terminal aligns them.
 * A cell without any of them is empty.
 */
export interface BoardCell {
	/** The figure; null where it is not known. */
	value?: number | null;
	/** How its numbers are written: with a number of decimals, as a p-value, or with the sign of a change. */
	digits?: number | "p" | "change";
	/** Standard error, which is written in brackets. */
	error?: number | null;
	interval?: CellInterval;
	/** Behind the figure. */
	marks?: readonly Mark[];
	/** Why there is no figure. */
	status?: ShownStatus | undefined;
	/** A word in the place of a figure. */
	word?: string;
	/** Columns it stands across, its own included. */
	span?: number;
}

/** ! where a figure is shown in spite of its status, * where a difference is significant. */
export type Mark = "!" | "*";

/** The order in which marks stand behind a figure. */
export const MARKS: readonly Mark[] = ["!", "*"];

export interface CellInterval {
	low: number | null;
	high: number | null;
	/** Of a difference: either bound may have a minus, so that a word stands between them and no dash. */
	ofDifference: boolean;
}

/** A line of a table. */
export interface BoardRow {
	label: string;
	/** Belongs to the heading above. */
	under: boolean;
	/** None in a heading, which has the whole line. */
	cells: BoardCell[];
	/** Another unit and other decimals: a mean keeps its distance from the percentages. */
	apart: boolean;
	/** A percentage that may be drawn beside the label. */
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
