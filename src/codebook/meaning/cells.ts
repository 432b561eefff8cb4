import type { NoAnswer } from "../definition/schema.js";
import { answerReader, foldCase } from "./answers.js";
import type { Category, Codes, NoAnswers, NumberColumn, Possible, Range } from "./expression.js";
import { type Answer, bandOf, type Reason, reasonOf, type Unknown } from "./semantics.js";
import { canonicalCode } from "./states.js";

/** An empty cell whose reason other columns tell. */
export type Empty = "empty";

/** Stands for all texts that are none of the codes. */
const OTHERS = "\0others";

/** Meanings of the texts in a column of codes. */
export function codesReader({
	codes,
	empty,
	separator,
	others,
}: Codes): (text: string) => Answer | Unknown | Empty {
	const isAnswer = ([, says]: [string, string]) => says === "yes" || says === "no";
	const entries = Object.entries(codes);
	const read = answerReader({
		values: Object.fromEntries(entries.filter(isAnswer)),
		missing: Object.fromEntries(entries.filter((entry) => !isAnswer(entry))) as Record<string, NoAnswer>,
		...(separator === undefined ? {} : { separator }),
		...(others === undefined ? {} : { unlisted: OTHERS }),
	});
	const isYes = (code: string) => (code === OTHERS ? others : codes[code]) === "yes";
	const ofEmpty = empty === "no" ? "no" : empty === "omitted" ? "missing" : "empty";
	return (text) => {
		const cell = separator === undefined ? canonicalCode(text) : text.trim();
		if (cell === "") return ofEmpty;
		const reading = read(cell);
		if (reading === undefined) return "unknown";
		if ("reason" in reading) return reasonOf(reading.reason);
		return reading.given.some(isYes) ? "yes" : "no";
	};
}

/** Why a code is not an answer; undefined where it is one. An empty cell is `omitted`. */
function noAnswerReader({ codes, range }: NoAnswers): (code: string) => NoAnswer | undefined {
	return (code) => {
		if (code === "") return "omitted";
		if (Object.hasOwn(codes, code)) return codes[code];
		return range !== undefined && isWithin(Number(code), range) ? "omitted" : undefined;
	};
}

function isWithin(number: number, { from = -Infinity, to = Infinity }: Range): boolean {
	return number >= from && number <= to;
}

/** Whether a column can have a code. */
function isPossible(code: string, possible: Possible | undefined): boolean {
	if (possible === undefined) return true;
	const { codes, ...range } = possible;
	return codes === undefined ? isWithin(Number(code), range) : codes.includes(code);
}

/** The numbers in a column. */
export function numberReader({
	missing,
	possible,
}: NumberColumn): (text: string) => number | Reason | Unknown {
	const noAnswer = noAnswerReader(missing);
	return (text) => {
		const code = canonicalCode(text);
		const reason = noAnswer(code);
		if (reason !== undefined) return reasonOf(reason);
		const value = Number(code);
		return Number.isFinite(value) && isPossible(code, possible) ? value : "unknown";
	};
}

/** Meanings of a column's texts, by name. */
export function categoryReader(category: Category): (text: string) => { value: string } | Reason | Unknown {
	const { codes, bands, missing, possible, others } = category;
	const pattern = category.pattern === undefined ? undefined : new RegExp(category.pattern);
	const folded = new Map(Object.entries(codes).map(([code, value]) => [foldCase(code), value]));
	const noAnswer = noAnswerReader(missing);
	return (text) => {
		const cell = canonicalCode(text);
		const code = pattern?.exec(cell)?.[1] ?? cell;
		const reason = noAnswer(code);
		if (reason !== undefined) return reasonOf(reason);
		if (Object.hasOwn(codes, code)) return { value: codes[code] as string };
		if (!isPossible(code, possible)) return "unknown";
		if (bands.length > 0 && Number.isFinite(Number(code))) return bandOf(Number(code), bands);
		const value = folded.get(foldCase(code));
		if (value !== undefined) return { value };
		if (others === "unknown") return "unknown";
		return { value: others === "upper-case" ? code.toUpperCase() : code };
	};
}

/** The name of what a text of a column stands for; null where it stands for none, undefined where it is unknown. */
export function nameReader(column: Codes | Category): (text: string) => string | null | undefined {
	const read = column.is === "codes" ? codesReader(column) : categoryReader(column);
	return (text) => {
		const found = read(text);
		if (typeof found === "object") return found.value;
		if (found === "unknown") return undefined;
		return found === "yes" || found === "no" ? found : null;
	};
}
