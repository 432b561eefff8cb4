import type { Source } from "../block.js";
import type { Engine } from "./address.js";

/** A column of a table: its name as the engine spells it, and what it holds. */
export interface TableField {
	name: string;
	/** `other` is compared as text: dates, booleans, enumerations. */
	kind: "number" | "text" | "other";
	/** Whether a double holds each of its values to the last digit. */
	isDouble: boolean;
}

/** A row of an answer. */
export type AnswerRow = readonly unknown[];

/** A table in a database. Rows stay there; answers are sums. */
export interface Table {
	engine: Engine;
	/** Tables with the same one can stand in one query. */
	database: string;
	/** True where every query parses all texts anew, so that one that reads all rows is quicker than many. */
	parsed?: boolean;
	/** What stands behind FROM, quoted. */
	relation: string;
	fields: readonly TableField[];
	/**
	 * The rows of an answer.
	 * @throws UserError where the engine cannot answer.
	 */
	ask(sql: string): Promise<AnswerRow[]>;
	/** A column as rows have it: a number where a double holds it, else a text. */
	cell(field: TableField): string;
	/**
	 * All rows, some at a time, in whatever order the engine has them: numbers where a double holds them, else texts.
	 * @throws UserError where the engine cannot hand them over.
	 */
	rows(fields: readonly TableField[]): AsyncIterable<readonly AnswerRow[]>;
	/** Number of rows and the sum of a hash of each row's text: identifies the contents in any order. */
	contents(): Promise<AnswerRow>;
	close(): Promise<void>;
}

/** A source whose rows are counted where they are. */
export interface TableSource extends Source {
	table: Table;
	/** Columns that another table beside it has, by name, where both are joined. */
	lookups?: Readonly<Record<string, TableField>>;
}

export function isTable(source: Source): source is TableSource {
	return "table" in source;
}
