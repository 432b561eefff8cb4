import type { Cell, GridRow } from "./cells.js";

/** A table of several measures side by side, such as a difference, its interval and its p-value. */
export interface Board {
	title: string;
	/** Lines under the title. */
	under: string[];
	/** The same content from the widest form to the narrowest; never empty. */
	forms: [Form, ...Form[]];
	/** Lines below the table. */
	below: string[];
}

/** One way to lay a board out. */
export interface Form {
	labelHead: string;
	columns: BoardColumn[];
	/** Room that labels get before columns are kept, where it is not the usual one. */
	leastLabel?: number;
	/** Tables with the same columns, such as one a country. */
	blocks: Block[];
}

export interface BoardColumn {
	/** Lines of the head, from the top. */
	head: string[];
	/** Where room is short, columns with the highest number go first; those without one stay. */
	drop?: number;
}

export interface Block {
	/** Empty where there is nothing to tell apart. */
	name: string;
	rows: GridRow[];
}

/** A row of numbers. */
export function boardRow(label: string, cells: Cell[], apart = false): GridRow {
	return { label, bar: null, cells, apart };
}

/** A line without numbers over the rows that belong to it. */
export function headingRow(label: string, apart = false): GridRow {
	return boardRow(label, [], apart);
}
