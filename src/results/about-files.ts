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
		/** True where the codebook declares that there is none. */
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
	/** Where the format can say such things: how many columns have a label, labelled and missing values. */
	labels?: { columns: number; values: number; missing: number };
	/** Codes of items and groups that the codebook does not know, and the line or row they first stand on; tables have none. */
	unknownCodes: ({ column: string; code: string; rows: number } & (
		| { line: number }
		| { row: number }
		| object
	))[];
	/** By line, or by row in a file without lines; in a table the number of rows. */
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

export interface ListedVariable {
	/** In capitals. */
	name: string;
	/** id, weight, nominal, ordinal, number, scale or text; null where unknown. */
	kind: string | null;
	label: string;
	/** Valid codes with their labels; null where any value within the bounds is valid. */
	answers: { code: string; label: string }[] | null;
	/** Codes that are not answers; null where they are not declared. */
	missing: string[] | null;
	/** Bounds that no value can leave, inclusive. */
	from: number | null;
	to: number | null;
	/** Level of invariance between countries, or the level of each population. */
	invariance: string | Record<string, string> | null;
	/** Forms and levels of education that have it; null for all, or where nothing is known. */
	forms: string[] | null;
	populations: string[] | null;
	/** How sure all this is. */
	confidence: "high" | "medium" | "low";
}

/** A fault of a file, or a mismatch between a file and its codebook; plain JSON. */
export interface Finding {
	/** With an error `rates` refuses the file, or part of it, or figures would be wrong; not so with a warning. */
	severity: "error" | "warning";
	code: FindingCode;
	/** Empty where it is about rows or the file. */
	column: string;
	/** The text it is about, or the first of them, cut after 40 letters; with `more` all further texts of the column. */
	text?: string;
	more?: true;
	/** The expected value, or what it is compared with. */
	expected?: string;
	/** Line, or row, of the one that it repeats. */
	first?: number;
	group?: Group;
	/** On how many rows, and line or row (in files without lines) of the first. */
	rows?: number;
	line?: number;
	row?: number;
}

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
	/** Null where none fits; what a codebook says is not checked then. */
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

/**
 * A figure that can be worked out from results although it is hidden or absent because it rests on too few; plain
 * JSON.
 */
export interface Disclosure {
	topic: string;
	item: string;
	statistic: "percent" | "mean";
	base: string;
	/** Of whom; "" stands for those without a value of a breakdown. */
	group: Group;
	/** Between what it lies, in percent or the unit of its item; null where it follows exactly by adding and subtracting. */
	between: readonly [low: number, high: number] | null;
}
