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
	/** Room that labels get before columns are dropped, where it is not the usual one. */
	leastLabel?: number;
	/** Where room is short, standard errors go below their figures before columns are dropped. */
	stacks?: boolean;
	/** Tables with the same columns, such as one per country. */
	blocks: BoardBlock[];
}

export interface BoardColumn {
	/** What stands in it, and below that its unit where it is said. */
	head: string[];
	/** Greatest width of the head where it is folded to about the width of what stands below it. */
	folds?: number;
	/** Where room is short, columns with the highest number go first; those without one stay. */
	drop?: number;
}

export interface BoardBlock {
	/** Empty where there is nothing to tell apart. */
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

/** A line without figures over the rows that belong to it. */
export function headingRow(label: string, apart = false): BoardRow {
	return figureRow(label, [], { apart });
}
