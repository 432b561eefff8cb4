import type { BoardCell, BoardRow } from "./cells.js";

/** A table of several measures side by side, such as a difference, its interval and its p-value. */
export interface Board {
	title: string;
	/** Lines under the title. */
	under: string[];
	form: Form;
	/** Lines below the table. */
	below: string[];
}

/** Heads and rows. */
export interface Form {
	labelHead: string;
	columns: BoardColumn[];
	/** Minimum width of labels before columns are dropped, if it differs from the usual one. */
	leastLabel?: number;
	/** Whether a narrow page moves standard errors below their figures before it drops columns. */
	stacks?: boolean;
	/** Tables with the same columns, such as one per country. */
	blocks: BoardBlock[];
}

export interface BoardColumn {
	/** Column head, with the unit below it if it is stated. */
	head: string[];
	/** Maximum width of a head that folds to about the width of its cells. */
	folds?: number;
	/** On a narrow page, columns with the highest number are dropped first; columns without a number stay. */
	drop?: number;
}

export interface BoardBlock {
	/** Empty if there is only one block to name. */
	name: string;
	rows: BoardRow[];
}

/** A row of figures. */
export function figureRow(
	label: string,
	cells: BoardCell[],
	{ under = false, apart = false }: Partial<Pick<BoardRow, "under" | "apart">> = {},
): BoardRow {
	return { label, under, cells, apart };
}

/** A line without figures above the rows that belong to it. */
export function headingRow(label: string, apart = false): BoardRow {
	return figureRow(label, [], { apart });
}
