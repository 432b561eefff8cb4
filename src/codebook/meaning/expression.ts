import type { NoAnswer } from "../definition/schema.js";

/**
 * The language questions are asked in: what is read off a row, as plain data that can be printed, kept and sent.
 *
 * An expression gives every row a value, or the reason why it has none: *missing*, *not applicable* (the question was
 * skipped) or *not administered* (the question stands on another form, or is of another level). By their values there
 * are three kinds: answers (yes or no), numbers, and categories (names). What each gives is said in semantics.ts, row
 * by row.
 *
 * Columns go by the names they have in the file; of several columns of one name by `NAME #2`.
 */
export type Expression = AnswerExpression | NumberExpression | CategoryExpression | PossibleForms;

export type AnswerExpression =
	| Named
	| Codes
	| AnyOf
	| AllOf
	| AtLeast
	| Not
	| RoutedAsNo
	| Administered
	| Widened
	| Restricted<AnswerExpression>
	| Jointly<AnswerExpression>
	| In
	| Compared
	| OffForm;

export type NumberExpression =
	| Named
	| NumberColumn
	| CountOf
	| Restricted<NumberExpression>
	| Jointly<NumberExpression>;

export type CategoryExpression = Named | Category | Band | Restricted<CategoryExpression>;

/** Another expression of the plan, by its name. */
export interface Named {
	is: "named";
	name: string;
}

/** An answer by the codes of a column. They are looked for as they are written, then without regard to case. */
export interface Codes {
	is: "codes";
	column: string;
	codes: Readonly<Record<string, "yes" | "no" | NoAnswer>>;
	/** Meaning of an empty cell. */
	empty: "no" | "omitted" | EmptyCell;
	/** A cell holds several codes with this between them: yes where one of them is. */
	separator?: string;
	/** Meaning of any other text; if absent, other texts are unknown codes. */
	others?: "yes" | "no";
}

/** Why a cell may be empty in files that leave out the codes which tell, the first that applies. */
export interface EmptyCell {
	/** Yes where the teacher is of a population that is not asked: not administered. */
	elsewhere?: AnswerExpression;
	/** Yes where the teacher's form does not ask: not administered. */
	offForm?: AnswerExpression;
	/** Not yes where the teacher skipped it: not applicable; where that is unknown, missing. */
	gate?: AnswerExpression;
	/** Meaning of an empty cell of a teacher who was asked. */
	asked: "no" | "omitted";
}

/** Yes where one of a list is. */
export interface AnyOf {
	is: "any-of";
	of: readonly AnswerExpression[];
}

/** Yes where all of a list are that were administered. */
export interface AllOf {
	is: "all-of";
	of: readonly AnswerExpression[];
}

/** Yes where `least` or more of a list are. */
export interface AtLeast {
	is: "at-least";
	least: number;
	of: readonly AnswerExpression[];
}

/** The number of yes of a list that was answered throughout. */
export interface CountOf {
	is: "count-of";
	of: readonly AnswerExpression[];
}

export interface Not {
	is: "not";
	of: AnswerExpression;
}

/** Teachers who skipped the question count as no. */
export interface RoutedAsNo {
	is: "routed-as-no";
	of: AnswerExpression;
}

/** Yes wherever the question was administered, whatever was answered. */
export interface Administered {
	is: "administered";
	of: AnswerExpression;
}

/** Teachers who skipped the question join as no where the gate is no. */
export interface Widened {
	is: "widened";
	of: AnswerExpression;
	gate: AnswerExpression;
}

/** Teachers without a yes to the gate leave. */
export interface Restricted<E> {
	is: "restricted";
	of: E;
	gate: AnswerExpression;
}

/** A value where all of some answers are there, so that several figures are of the same rows. */
export interface Jointly<E> {
	is: "jointly";
	of: E;
	with: readonly AnswerExpression[];
}

/** Whether a value is one of some. The values of answers are called yes and no, those of numbers as they are written. */
export interface In {
	is: "in";
	of: Expression;
	values: readonly string[];
}

export interface Compared {
	is: "compared";
	of: NumberExpression;
	by: "<" | "<=" | ">" | ">=";
	bound: number;
}

/** The number in a column's cells. */
export interface NumberColumn {
	is: "number";
	column: string;
	missing: NoAnswers;
	possible?: Possible;
}

/** Codes of a column that are not answers, and why. */
export interface NoAnswers {
	codes: Readonly<Record<string, NoAnswer>>;
	/** Numbers that are `omitted`, ends included; without an end, all there are. */
	range?: Range;
}

/** What a column can have beside codes that are not answers: some codes, or numbers in a range. All else is unknown. */
export interface Possible extends Range {
	codes?: readonly string[];
}

/** Ends are included; what has no end goes on. */
export interface Range {
	from?: number;
	to?: number;
}

/** What a cell stands for: first by its code, then by its number, then by its code without regard to case. */
export interface Category {
	is: "category";
	column: string;
	/** Regular expression whose first group is the part of the cell that is the code. */
	pattern?: string;
	missing: NoAnswers;
	possible?: Possible;
	codes: Readonly<Record<string, string>>;
	/** A number that none of them covers has no value. */
	bands: readonly BandOf[];
	/** Other codes are unknown, or name themselves. */
	others: "unknown" | "as-written" | "upper-case";
}

export interface BandOf extends Range {
	value: string;
}

/** The first band that a number is in. */
export interface Band {
	is: "band";
	of: NumberExpression;
	bands: readonly BandOf[];
}

/** Yes where none of the forms a teacher may have had is among some. */
export interface OffForm {
	is: "off-form";
	of: Named | PossibleForms;
	forms: readonly string[];
}

/** The forms of a questionnaire that a teacher may have had. All, where codes of two forms contradict each other. */
export interface PossibleForms {
	is: "possible-forms";
	all: readonly string[];
	/** Whether a column says it, or the questions that were answered. */
	by: "form" | "answers";
	/** Codes of columns, and the forms they leave possible; all other codes leave all. */
	evidence: readonly { column: string; codes: Readonly<Record<string, readonly string[]>> }[];
}
