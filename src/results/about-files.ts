import type { Remark } from "../base/remark.js";
import type { Group } from "./result-set.js";

/** A description of a survey file; plain JSON. */
export interface Inspection {
	schema: "talis-pd/inspect@1";
	file: string;
	format: string;
	sha256: string;
	rows: number;
	columns: number;
	codebook: { id: string; title: string; cycle: number };
	synthetic: boolean;
	/** The unit of rows, if not teachers: `teachers` then counts the principals who answered for schools. */
	rowsAre?: "schools";
	/** Teachers and schools of each country and population; null where the file has no such column. */
	systems: { country: string | null; population: string | null; teachers: number; schools: number | null }[];
	weights: {
		weight: string | null;
		/** True if the codebook declares that there is no weight. */
		none?: true;
		replicates: number;
		expected: number;
		missing: string[];
		repeated: string[];
	};
	topics: { topic: string; label: string; found: number; missing: string[] }[];
	groups: { found: string[]; missing: string[] };
	/** Assumptions made while reading it. */
	remarks?: Remark[];
	/** Label counts, if the format has labels: columns with a label, labelled values and missing values. */
	labels?: { columns: number; values: number; missing: number };
	/**
	 * Codes of items and groups unknown to the codebook, with the line or row of their first occurrence (not for tables).
	 */
	unknownCodes: ({ column: string; code: string; rows: number } & (
		| { line: number }
		| { row: number }
		| object
	))[];
	/** By line, or by row in a file without lines; for a table, the number of rows. */
	duplicateTeachers: ({ id: string } & (
		| { line: number; firstLine: number }
		| { row: number; firstRow: number }
		| { rows: number }
	))[];
	/** Suggested next command lines. */
	next: string[];
}

/** The columns of a file and what is known about each; plain JSON. */
export interface VariableListing {
	schema: "talis-pd/variables@1";
	file: string;
	codebook: { id: string; title: string };
	variables: ListedVariable[];
}

/** A column of a survey file and its description in the codebook or the list of variables. */
export interface ListedVariable {
	/** In capitals. */
	name: string;
	/** id, weight, nominal, ordinal, number, scale or text; null if unknown. */
	kind: string | null;
	label: string;
	/** Valid codes with labels; null if any value within the bounds is valid. */
	answers: { code: string; label: string }[] | null;
	/** Codes that are not answers; null if they are not declared. */
	missing: string[] | null;
	/** Inclusive bounds of the values. */
	from: number | null;
	to: number | null;
	/** Level of invariance between countries, or one level per population. */
	invariance: string | Record<string, string> | null;
	/** Forms and levels of education that include it; null for all, or if unknown. */
	forms: string[] | null;
	populations: string[] | null;
	/** How certain this information is. */
	confidence: "high" | "medium" | "low";
}

/** A fault of a file, or a mismatch between a file and its codebook; plain JSON. */
export interface Finding {
	/**
	 * After an error, `rates` refuses the file or part of it, or figures would be wrong. A warning has no such effect.
	 */
	severity: "error" | "warning";
	code: FindingCode;
	/** Empty for findings about rows or the file. */
	column: string;
	/** The text concerned, or the first one, cut after 40 characters; `more` lists the column's other texts. */
	text?: string;
	more?: true;
	/** The expected value, or what it is compared with. */
	expected?: string;
	/** Line or row of the first occurrence that it repeats. */
	first?: number;
	group?: Group;
	/** Number of rows, and line (or row, in files without lines) of the first. */
	rows?: number;
	line?: number;
	row?: number;
}

/** Kinds of faults that `doctor` and codebook checks report. */
export type FindingCode =
	| "ambiguous-column"
	| "codebook"
	| "constant-item"
	| "decimal-comma"
	| "design-column"
	| "design-empty"
	| "duplicate-id"
	| "encoding-garbled"
	| "encoding-lost"
	| "excel-date"
	| "excel-error"
	| "excel-number"
	| "group-column"
	| "id-column"
	| "id-empty"
	| "ids-many"
	| "impossible-value"
	| "mostly-unlisted"
	| "undecided"
	| "undeclared-codes"
	| "item-column"
	| "measure-column"
	| "no-items"
	| "no-number"
	| "open-quote"
	| "psu-none"
	| "psu-repeated"
	| "ragged-row"
	| "replicates-method"
	| "replicates-missing"
	| "replicates-order"
	| "replicates-same"
	| "replicates-scale"
	| "replicates-sum"
	| "replicates-unused"
	| "routing-answered"
	| "routing-skipped"
	| "unknown-code"
	| "unknown-value"
	| "unreadable"
	| "unused-column"
	| "unused-weight"
	| "weight-constant"
	| "weight-empty"
	| "weight-negative"
	| "weight-other"
	| "weight-same"
	| "weight-text"
	| "weight-value"
	| "weight-zero";
/** All faults of a file. */
export interface Diagnosis {
	schema: "talis-pd/doctor@1";
	file: string;
	format: string;
	sha256: string;
	/** Rows that could be read. */
	rows: number;
	columns: number;
	/** Null if none fits; checks that need a codebook are then skipped. */
	codebook: { id: string; title: string } | null;
	errors: number;
	warnings: number;
	findings: Finding[];
}

/** A codebook checked against a file. */
export interface CodebookCheck {
	schema: "talis-pd/codebook-check@1";
	file: string;
	rows: number;
	codebook: { id: string; title: string };
	errors: number;
	warnings: number;
	findings: Finding[];
}

/** A shipped codebook in a list. */
export interface ListedCodebook {
	id: string;
	title: string;
	cycle: number;
	topics: number;
	items: number;
	method: string;
}

/** A figure that results reveal although it was suppressed or left out for small numbers; plain JSON. */
export interface Disclosure {
	topic: string;
	item: string;
	statistic: "percent" | "mean";
	base: string;
	/** The group; "" stands for teachers without a value of a breakdown. */
	group: Group;
	/** Its bounds, in percent or the unit of its item; null if it follows exactly by addition and subtraction. */
	between: readonly [low: number, high: number] | null;
}
