import type { Place } from "../base/errors.js";
import type { Dialect } from "../emit/sql/dialect.js";
import type { SqlColumn } from "../emit/sql/table.js";
import type { Block, Dictionary } from "../read/block.js";
import type { AnswerRow } from "../read/database/table.js";
import { ColumnPicker } from "./column-picker.js";

/** Registers the columns that checks read, by type. Each check registers its own before the first row. */
export class Columns {
	/** Columns with few distinct texts: answers and groups. */
	readonly coded = new ColumnPicker();
	readonly numbers = new ColumnPicker();
	/** Columns with many distinct texts: ids. */
	readonly texts = new ColumnPicker();
}

/**
 * Some rows of a file; or, for a database table, each distinct combination of some columns once, with only those
 * columns.
 */
export interface RowPage {
	block: Block;
	dictionaries: readonly Dictionary[];
	/** Codes of a column, by its position among the coded columns; undefined if the page lacks it. */
	codes(slot: number): Int32Array | undefined;
	/** Number in a row, by position among the numbers; NaN if the cell is in `unusual`. */
	number(slot: number, row: number): number;
	/** Cells of a text column, by its position among the texts; empty if the page lacks it. */
	texts(slot: number): readonly string[];
	/** Rows and texts of a file column whose cells are not plain numbers or plain letters. */
	unusual(column: number): Iterable<[row: number, text: string]>;
	/** File columns with such rows. */
	unusualColumns(): Iterable<number>;
	place(row: number): Place;
	/** Number of table rows that a row of the page represents; 1 for a file. */
	rows(row: number): number;
}

/** A database table with what queries about it need. */
export interface AskedTable {
	dialect: Dialect;
	relation: string;
	/** A column by its position in the header. */
	column(place: number): SqlColumn;
	ask(sql: string): Promise<AnswerRow[]>;
}

/** Table rows have no position. */
export const NOWHERE: Place = { row: 0 };

/** One kind of fault to check for. */
export interface Check {
	/**
	 * Examines some rows.
	 * @param list For a database table, which list of columns the page contains.
	 */
	take?(page: RowPage, list?: number): void;
	/**
	 * Columns to examine together, by their positions in the header: a database table yields one page per list. Without
	 * it, the check queries the table itself.
	 */
	readonly together?: readonly (readonly number[])[];
	/** A regular expression for text columns: only matching texts matter to the check. */
	readonly suspect?: string;
	/** With more distinct rows than this, the check learns nothing. */
	readonly most?: number;
	/** Queries a database table for what pages do not show. */
	askTable?(table: AskedTable): Promise<void>;
	/** Reports what only the whole file shows. */
	end?(): void;
}
