import type { Item } from "../definition/schema.js";
import type { Condition } from "../meaning/condition.js";
import type { Expression } from "../meaning/expression.js";

/**
 * What is read of files for one question, as plain data: beside the design of the survey nothing else decides which rows
 * are counted, as what, and in which group.
 */
export interface Plan {
	/** What expressions refer to by name. */
	readonly expressions: Readonly<Record<string, Expression>>;
	/** Names of what is tabulated. */
	readonly variables: readonly string[];
	/** The asked ones first, then what groups are compared by, then the others. */
	readonly groups: readonly PlannedGroup[];
	/** Only rows of which all are true are counted. */
	readonly conditions: readonly Condition[];
	/** Columns that together name a school; none where the file has no school column. */
	readonly school: readonly string[];
	/** Columns of which nobody says which codes are missing; a run refuses them where their codes look like such. */
	readonly undeclared: readonly string[];
}

export interface PlannedGroup {
	readonly id: string;
	readonly of: Expression;
	/** Value ids in the codebook's order; null where the file decides them. */
	readonly values: readonly string[] | null;
	/**
	 * `asked`: a row without a value is left out. `compared`: it stays, for the degrees of freedom. `pooled`: makes no groups;
	 * it is only told what was put together.
	 */
	readonly role: "asked" | "compared" | "pooled";
	/** What the file calls a column that the codebook does not know, and its values. */
	readonly named?: { readonly label: string; readonly values: Readonly<Record<string, string>> };
	/** How sure it is what the column is, where it is no group of the codebook. */
	readonly confidence?: Item["confidence"];
}
