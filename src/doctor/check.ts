import type { Place } from "../base/errors.js";
import type { Dialect } from "../emit/sql/dialect.js";
import type { SqlColumn } from "../emit/sql/table.js";
import type { Block, Dictionary } from "../read/block.js";
import type { AnswerRow } from "../read/database/table.js";
import { ColumnPicker } from "./column-picker.js";

/** The columns that checks look at, by how they are read; a check asks for its own before the first row. */
export class Columns {
	/** Few distinct texts: answers and groups. */
	readonly coded = new ColumnPicker();
	readonly numbers = new ColumnPicker();
	/** Many distinct texts: ids. */
	readonly texts = new ColumnPicker();
}

/** Some rows of a file; or rows of a table in a database that are alike in some columns, each once, with those alone. */
export interface RowPage {
	block: Block;
	dictionaries: readonly Dictionary[];
	/** Codes of a column, by its place among those; undefined where the page has none of it. */
	codes(slot: number): Int32Array | undefined;
	/** Number on a row, by its place among the numbers; NaN where `unusual` has the cell. */
	number(slot: number, row: number): number;
	/** Cells of a column of texts, by its place among them; none where the page has none of it. */
	texts(slot: number): readonly string[];
	/** Rows and texts of a column of the file where they are no plain numbers, or no plain letters. */
	unusual(column: number): Iterable<[row: number, text: string]>;
	/** Columns of the file that have such rows. */
	unusualColumns(): Iterable<number>;
	place(row: number): Place;
	/** How many rows of the table one of the page stands for; of a file 1. */
	rows(row: number): number;
}

/** A table in a database, as SQL is written about it. */
export interface AskedTable {
	dialect: Dialect;
	relation: string;
	/** A column by its place in the header. */
	column(place: number): SqlColumn;
	ask(sql: string): Promise<AnswerRow[]>;
}

/** Rows of a table have no place. */
export const NOWHERE: Place = { row: 0 };

/** One kind of fault to check for. */
export interface Check {
	/**
	 * Looks through some rows.
	 * @param list Of a table in a database, which of the lists of columns the page is of.
	 */
	take?(page: RowPage, list?: number): void;
	/**
	 * Columns by their places in the header that are looked at together: of a table in a database, a page of each list is
	 * taken. Without it the check asks the table on its own.
	 */
	readonly together?: readonly (readonly number[])[];
	/** A regular expression: of columns of texts only those like this are of interest, and nothing of others. */
	readonly suspect?: string;
	/** More different rows than this tell the check nothing. */
	readonly most?: number;
	/** Asks a table in a database what pages do not show. */
	askTable?(table: AskedTable): Promise<void>;
	/** Says what only the whole file shows. */
	end?(): void;
}
