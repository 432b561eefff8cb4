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

export interface UserErrorOptions {
	/** What to do next, one clause or sentence. */
	hint?: string;
	where?: Where;
	/** 2 wrong usage or unreadable input (default), 3 a gate the user asked for failed. */
	exitCode?: 2 | 3;
	cause?: unknown;
}

/** A problem its reader can fix. Everything else that is thrown is a bug of ours. */
export class UserError extends Error {
	readonly hint: string | undefined;
	readonly where: Where;
	readonly exitCode: 2 | 3;

	constructor(message: string, options: UserErrorOptions = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "UserError";
		this.hint = options.hint;
		this.where = options.where ?? {};
		this.exitCode = options.exitCode ?? 2;
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
		where: { file },
		hint,
		cause,
	});
}

/** One line: where, what, what to do. `teachers.csv, line 7, column TCHWGT: … — …` */
export function describeError(error: UserError): string {
	const { file = "", ...place } = error.where;
	const parts = [file, describePlace(place)].filter((part) => part !== "");
	const start = parts.length > 0 ? `${parts.join(", ")}: ` : "";
	const end = error.hint === undefined ? "" : ` — ${error.hint}`;
	return visible(`${start}${error.message}${end}`);
}

/** Text in which line ends and what else a terminal would obey stand as codes: it may be a file's own. */
function visible(text: string): string {
	const codes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
	const code = (letter: string) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`;
	return text.replace(/\p{Cc}/gu, (letter) => codes[letter] ?? code(letter));
}
