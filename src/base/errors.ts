import { legible } from "./escape.js";
import { type Listener, spoken, type Words } from "./say.js";

/** Where in the user's material a problem sits; every part that is known is printed. */
export interface Where {
	file?: string;
	/** Line of a text file. */
	line?: number;
	/** Number of a row in a file without lines; the first is 1. */
	row?: number;
	/** Bytes before it in a file whose structure is at fault. */
	byte?: number;
	column?: string;
}

/** Where a row of data stands: on a line, or by its number in a file without lines. */
export type Place = { line: number } | { row: number };

/** Line of a text file, or number of the row where there are no lines. */
export function ordinal(place: Place): number {
	return "line" in place ? place.line : place.row;
}

/** `line 7`, `row 7`: the parts of a place that are known, in words. */
export function describePlace(where: Omit<Where, "file">): string {
	const parts = (["line", "row", "byte", "column"] as const).flatMap((part) =>
		where[part] === undefined ? [] : [`${part} ${where[part]}`],
	);
	return parts.join(", ");
}

/** `1 row`, `2 rows`. */
export function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/**
 * What kind of problem an error tells of.
 *
 * | code | what is wrong |
 * |---|---|
 * | `option` | an option that there is not, or that has another type or value |
 * | `question` | what is asked does not fit together, or not the files |
 * | `file` | the system does not let a file be read or written |
 * | `data` | what a file holds |
 * | `definition` | a codebook, a calibration or the config of a report |
 * | `gate` | the results are there, and a gate that was asked for failed |
 */
export type ErrorCode = "option" | "question" | "file" | "data" | "definition" | "gate";

export interface UserErrorOptions {
	/** By default `gate` where the exit code is 3, `data` where a file is named, else `question`. */
	code?: ErrorCode;
	/** What to do next, one clause or sentence. */
	hint?: string | Words;
	where?: Where;
	/** 2 wrong usage or unreadable input (default), 3 a gate the user asked for failed. */
	exitCode?: 2 | 3;
	cause?: unknown;
}

/**
 * A problem its reader can fix. Everything else that is thrown is a bug of ours, or the reason of an AbortSignal.
 * `message` says what is wrong, `hint` what to do; `file`, `line`, `row` and `column` where, as far as that is known.
 * @example
 * import { rates, samplePath, UserError } from "talis-pd";
 *
 * try {
 * 	await rates([samplePath()], { by: ["gendr"] });
 * } catch (error) {
 * 	if (!(error instanceof UserError)) throw error;
 * 	console.log(error.code, "|", error.message, "|", error.hint); // question | there is no group or column "gendr" | did you mean gender?
 * }
 */
export class UserError extends Error {
	readonly code: ErrorCode;
	readonly hint: string | undefined;
	/** Name of the file, without folders where it was read. */
	readonly file: string | undefined;
	/** Line of a text file. */
	readonly line: number | undefined;
	/** Number of a row in a file without lines. */
	readonly row: number | undefined;
	readonly column: string | undefined;
	readonly where: Where;
	readonly exitCode: 2 | 3;
	/** Message and hint as they are said to each listener. */
	readonly words: { message: string | Words; hint: string | Words | undefined };

	constructor(message: string | Words, options: UserErrorOptions = {}) {
		super(spoken(message, "library"), options.cause === undefined ? undefined : { cause: options.cause });
		const { hint, where = {}, exitCode = 2 } = options;
		this.name = "UserError";
		this.words = { message, hint };
		this.hint = hint === undefined ? undefined : spoken(hint, "library");
		this.where = where;
		this.file = where.file;
		this.line = where.line;
		this.row = where.row;
		this.column = where.column;
		this.exitCode = exitCode;
		this.code = options.code ?? (exitCode === 3 ? "gate" : where.file === undefined ? "question" : "data");
	}
}

/** Why the system does not write, by its code. */
const REASONS: Record<string, string> = {
	ENOSPC: "the disk is full",
	EDQUOT: "the disk quota is used up",
	EFBIG: "the system allows no file of that size",
	EACCES: "you are not allowed to write there",
	EPERM: "you are not allowed to write there",
	EROFS: "the disk is read-only",
	ENOTDIR: "a part of its path is a file",
};

/** What is said where the system does not let a file or folder be written. */
export function unwritableError(file: string, hint: string, cause: unknown): UserError {
	const { code = "unknown" } = cause as NodeJS.ErrnoException;
	return new UserError(`cannot be written: ${REASONS[code] ?? `the system refuses it (${code})`}`, {
		code: "file",
		where: { file },
		hint,
		cause,
	});
}

/**
 * An error in one line: where, what, what to do.
 * @param listener Whose names of options are used.
 * @param translate What a place, a message or a hint is in another language; English by default.
 * @example
 * import { describeError, rates, UserError } from "talis-pd";
 *
 * const error = await rates(["teachers.csv"]).catch((error) => error);
 * if (error instanceof UserError) console.log(describeError(error)); // teachers.csv: there is no such file — check the path
 */
export function describeError(
	{ where, words }: UserError,
	listener: Listener = "library",
	translate: (text: string) => string = (text) => text,
): string {
	const { file = "", ...place } = where;
	const said = (text: string | Words) => translate(spoken(text, listener));
	const parts = [file, translate(describePlace(place))].filter((part) => part !== "");
	const start = parts.length > 0 ? `${parts.join(", ")}: ` : "";
	const end = words.hint === undefined ? "" : ` — ${said(words.hint)}`;
	return visible(`${start}${said(words.message)}${end}`);
}

/** Longer words, such as a name a file has for a column, are cut. */
const LONG_WORD = /[^\s"]{300,}/gu;

/** Text in which line ends and what else a terminal would obey stand as codes: it may be a file's own. */
function visible(text: string): string {
	return legible(text.replace(LONG_WORD, (word) => `${word.slice(0, 100)}…`));
}
