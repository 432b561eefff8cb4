import type { Place } from "../base/errors.js";
import type { Block, Dictionary } from "../read/block.js";
import { ColumnPicker } from "./column-picker.js";

/** The columns that checks look at, by how they are read; a check asks for its own before the first row. */
export class Columns {
	/** Few distinct texts: answers and groups. */
	readonly coded = new ColumnPicker();
	readonly numbers = new ColumnPicker();
	/** Many distinct texts: ids. */
	readonly texts = new ColumnPicker();
}

/** Some rows of a file. */
export interface Page {
	block: Block;
	dictionaries: readonly Dictionary[];
	/** Number on a row, by its place among the numbers; NaN where `unusual` has the cell. */
	number(slot: number, row: number): number;
	/** Cells of a column of texts, by its place among them. */
	texts(slot: number): readonly string[];
	/** Rows and texts of a column of the file where they are no plain numbers, or no plain letters. */
	unusual(column: number): Iterable<[row: number, text: string]>;
	place(row: number): Place;
}

/** One kind of fault that is looked for. */
export interface Check {
	/** Looks through some rows. */
	take?(page: Page): void;
	/** Says what only the whole file shows. */
	end?(): void;
}
