/** Where in the user's material a problem sits; every part that is known is printed. */
export interface Where {
	file?: string;
	line?: number;
	column?: string;
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

/** One line: where, what, what to do. `teachers.csv, line 7, column TCHWGT: … — …` */
export function describeError(error: UserError): string {
	const { file, line, column } = error.where;
	const place = [
		file,
		line === undefined ? undefined : `line ${line}`,
		column === undefined ? undefined : `column ${column}`,
	].filter((part) => part !== undefined);
	const start = place.length > 0 ? `${place.join(", ")}: ` : "";
	const end = error.hint === undefined ? "" : ` — ${error.hint}`;
	return `${start}${error.message}${end}`;
}
