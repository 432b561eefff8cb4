import { CHOICE, OPTION, stemOf } from "./column-kinds.js";
import type { ColumnProfile } from "./profile.js";

/** The question and the part that a column's name tells. */
export interface Heading {
	/** The beginning shared by the columns of one question. */
	stem: string;
	/** Name of the question, for people. */
	question: string;
	/** Name of this column within the question. */
	part: string;
	/** Its row, where the question is a table asked row by row. */
	row?: string;
}

/**
 * Reads names as survey tools write them: `Question [Row]`, `G2Q01[SQ001]`, `G2Q01[SQ001]. Question [Row]`, `Q1_2`,
 * or the whole question; tables of questions as `Question [Row][Column]` and `G2Q01[SQ001_SQ002]`. A label that the
 * file itself gives goes before the name, and a beginning that several headings share is their question.
 */
export function headingOf({ name, variable, shared }: ColumnProfile): Heading {
	if (shared !== undefined) return { stem: shared.question, ...shared };
	const text = oneLine(variable?.label || name);
	const [, code = "", spoken = ""] = /^([A-Za-z]\w*(?:\[\w+\])*)\.\s+(?!\[)(.+)$/s.exec(text) ?? [];
	const stem = stemOf(code === "" ? oneLine(name) : code);
	const [, table = "", row = "", column = ""] = TABLE.exec(spoken || text) ?? [];
	if (column !== "") {
		return { stem: `${table} [${row}]`, question: table.trim(), row: row.trim(), part: column.trim() };
	}
	const [, box = "", choice = ""] = CHOICE.exec(spoken || text) ?? [];
	if (choice !== "") return { stem, question: box.trim(), part: choice.trim() };
	const [, field = "", option = ""] = variable?.label ? [] : (OPTION.exec(text) ?? []);
	if (option !== "") return { stem, question: field.replace(/^.*\//, ""), part: option };
	const [, question = "", part = ""] = /^(.+?)\s*\[([^\]]*)\]/s.exec(spoken || text) ?? [];
	if (part !== "") return { stem, question: question.trim(), part: part.trim() };
	return { stem, question: spoken || (stem === name ? text : stem), part: spoken || text };
}

/** Name of a column on its own, whose part alone would not say what was asked. */
export function wholeColumn(profile: ColumnProfile): string {
	const { question, part } = headingOf(profile);
	const whole = oneLine(profile.variable?.label || profile.name);
	if (profile.shared !== undefined) return whole;
	return whole.includes("[") && question !== part ? `${question} [${part}]` : part;
}

const TABLE = /^(.+?)\s*\[([^\]]+?)(?:\]\s*\[|(?<=SQ\d+)_(?=SQ\d+\]))([^\]]+)\]$/s;

export function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}
