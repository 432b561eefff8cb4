import type { Item } from "../definition/schema.js";
import type { Condition } from "../meaning/condition.js";
import type { Expression } from "../meaning/expression.js";

/**
 * What is read of files for one question, as plain data: beside the design of the survey nothing else decides which rows
 * are counted, as what, and in which group.
 */
export interface Plan {
	/** Expressions that others refer to by name. */
	readonly expressions: Readonly<Record<string, Expression>>;
	/** Names of what is tabulated. */
	readonly variables: readonly string[];
	/**
	 * Countries and populations first, then the requested ones, those that groups are compared by, and those that are
	 * pooled.
	 */
	readonly groups: readonly PlannedGroup[];
	/** Only rows of which all are true are counted. */
	readonly conditions: readonly Condition[];
	/** Columns that together name a school; none where the file has no school column. */
	readonly school: readonly string[];
	/** Columns without declared missing codes; a run refuses them if their codes look like missing codes. */
	readonly undeclared: readonly string[];
}

export interface PlannedGroup {
	readonly id: string;
	readonly of: Expression;
	/** Value ids in the codebook's order; null where the file decides them. */
	readonly values: readonly string[] | null;
	/**
	 * `standard`: a breakdown that is always made; a row without a value is left out. `asked`: the same where it was
	 * asked for. `compared`: such a row stays, for the degrees of freedom. `pooled`: makes no groups; a note only says
	 * what was pooled.
	 */
	readonly role: "standard" | "asked" | "compared" | "pooled";
	/** The file's own labels of a column that the codebook does not know, and of its values. */
	readonly named?: { readonly label: string; readonly values: Readonly<Record<string, string>> };
	/** The search words that found its column, where that was not named. */
	readonly found?: { readonly words: string; readonly column: string };
	/** Confidence in the column's description, if it is not a group of the codebook. */
	readonly confidence?: Item["confidence"];
}
