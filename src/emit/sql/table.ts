import type { ColumnKind } from "./dialect.js";

/** A table as SQL is written about it. */
export interface SqlTable {
	/** What stands behind FROM. */
	readonly relation: string;
	/** Names of its columns. */
	readonly fields: readonly string[];
	/** A column by its name in the plan: its name in the table, and how it is read. */
	column(name: string): SqlColumn;
	/** The texts of a column that is read by its codes, and the code that each stands for. */
	texts(name: string): readonly Spelt[];
}

/** A column's name in SQL, or the literal in its place. */
export interface SqlColumn {
	readonly sql: string;
	readonly kind: ColumnKind;
}

/** A text of a column, as the table has it and as it is read. */
export interface Spelt {
	readonly raw: string;
	readonly code: string;
}
