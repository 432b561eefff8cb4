import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option as optionCalled, say } from "../../base/say.js";
import { isUndecided } from "../definition/counted.js";
import type { Answers, Codebook, Item, NoAnswer, Topic } from "../definition/schema.js";
import type { Codes } from "./expression.js";
import { canonicalCode } from "./states.js";

/** What a cell says: the answers it holds, or why it holds none; undefined where the codebook does not know it. */
export type CellReading = { given: readonly string[] } | { reason: NoAnswer } | undefined;

/** The set of answers an item's column is read by. */
export function answersOf(codebook: Codebook, topic: Topic, item: Item): Answers {
	return entryOf(codebook.answers, item.answers ?? topic.answers) as Answers;
}

/**
 * The answers of an item that count as yes: its own option, else those asked for, else those of its set.
 * @throws UserError where this is not decided yet.
 */
export function yesOf(
	id: string,
	{ option }: Item,
	answers: Answers,
	asked: readonly string[] | null = null,
): readonly string[] {
	const yes = option ?? asked;
	if (yes !== null) return yes;
	if (!isUndecided(answers)) return answers.yes;
	const codes = Object.keys(answers.values).join(", ");
	throw new UserError(`${id}: the codebook does not say yet which answers count: ${codes}`, {
		hint: say`write them in its answers instead of yes: [ "?" ], or give ${optionCalled("yes")}`,
	});
}

/**
 * A column that is read by a set of answers.
 * @param yes Those that count as yes.
 */
export function codesOf(
	column: string,
	{ values, missing, empty, separator, unlisted }: Answers,
	yes: readonly string[],
): Codes {
	const says = (code: string) => (yes.includes(code) ? "yes" : "no");
	return {
		is: "codes",
		column,
		codes: { ...missing, ...Object.fromEntries(Object.keys(values).map((code) => [code, says(code)])) },
		empty: empty ?? "omitted",
		...(separator === undefined ? {} : { separator }),
		...(unlisted === undefined ? {} : { others: says(unlisted) }),
	};
}

/** How the cells of a set of answers are spelt before they are read: lists keep their separators. */
export function spellingOf({ separator }: Answers): (text: string) => string {
	return separator === undefined ? canonicalCode : (text) => text.trim();
}

/** How the cells of a set of answers are read; of its values only the codes matter. */
type Spelt = Pick<Answers, "missing" | "empty" | "separator" | "unlisted"> & {
	values: Readonly<Record<string, unknown>>;
};

/**
 * Reads cells by a set of answers. A code is looked for as it is written, then without regard to case and runs
 * of blanks.
 */
export function answerReader(answers: Spelt): (cell: string) => CellReading {
	const { values, missing, empty, separator, unlisted } = answers;
	const codes = [...Object.keys(missing), ...Object.keys(values)];
	const folded = new Map(codes.map((code) => [foldCase(code), code]));
	const read = (text: string): CellReading => {
		const code = codes.includes(text) ? text : folded.get(foldCase(text));
		if (code === undefined) return unlisted === undefined ? undefined : { given: [unlisted] };
		return Object.hasOwn(values, code) ? { given: [code] } : { reason: entryOf(missing, code) as NoAnswer };
	};
	const list = separator === undefined ? undefined : listReader(Object.keys(values), separator, unlisted);
	return (cell) => {
		if (cell === "") return empty === "no" ? { given: [] } : { reason: "omitted" };
		if (list === undefined) return read(cell);
		const whole = folded.get(foldCase(cell));
		return whole !== undefined && Object.hasOwn(missing, whole) ? read(whole) : list(cell);
	};
}

/** A text without what does not tell answers apart: case, runs of blanks, composed letters. */
export function foldCase(text: string): string {
	return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * Cuts a list into its answers. An answer may itself hold the separator, as "Courses, online" does in a list with
 * commas: the longest run of parts that is a known answer is taken.
 */
function listReader(values: readonly string[], separator: string, unlisted: string | undefined) {
	const parts = (text: string) => text.split(separator).map(foldCase);
	const known = new Map(values.map((value) => [parts(value).join(separator), value]));
	const longest = Math.max(...values.map((value) => parts(value).length));
	const longestAt = (all: readonly string[], start: number) => {
		for (let length = Math.min(longest, all.length - start); length > 0; length--) {
			const code = known.get(all.slice(start, start + length).join(separator));
			if (code !== undefined) return { code, length };
		}
		return { code: unlisted, length: 1 };
	};
	return (cell: string): CellReading => {
		const all = parts(cell).filter((part) => part !== "");
		const given: string[] = [];
		for (let start = 0; start < all.length; ) {
			const { code, length } = longestAt(all, start);
			if (code === undefined) return undefined;
			given.push(code);
			start += length;
		}
		return { given };
	};
}
