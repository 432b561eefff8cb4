import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { AnswerRow, TableField } from "./table.js";

/**
 * The package that speaks to an engine, which is not installed with this one.
 * @throws UserError that says how to add it.
 */
export async function enginePackage<T>(name: string, load: () => Promise<T>, file: string): Promise<T> {
	try {
		return await load();
	} catch (cause) {
		throw new UserError(`needs the package ${name}, which is not installed`, {
			code: "file",
			where: { file },
			hint: `add it beside talis-pd: npm install ${name}`,
			cause,
		});
	}
}

/** What is wrong, by what engines and the system say: codes and words, what that means, and what to do. */
const FAULTS: readonly [said: RegExp, message: string, hint: string][] = [
	[
		/28P01|28000|\bcode: (?:192|193|516)\b|no password|must be a string/i,
		"the server does not let this user in",
		"check the user in the address, and the password in PGPASSWORD, ~/.pgpass or CLICKHOUSE_PASSWORD",
	],
	[
		/42501|\bcode: 497\b|permission denied/i,
		"this user is not allowed to read it",
		"ask the administrator of the database",
	],
	[
		/\bcode: (?:209|210|279)\b/i,
		"a server that holds a part of the table does not answer",
		"ask its administrator whether all of its servers run",
	],
	[/3D000|\bcode: 81\b/i, "the server has no such database", "check the address"],
	[
		/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|timeout expired|Timeout error|ENOENT.*PGSQL/i,
		"no server answers there",
		"check the address, and whether the server runs",
	],
	[
		/57P0\d|ECONNRESET|EPIPE|socket hang up|terminated|not queryable|Client was closed|premature/i,
		"the connection was lost before the answer came",
		"ask again when the server runs",
	],
	[
		/(?:IO Error|Could not set lock).*lock/i,
		"another program has the file open for writing",
		"close it there, or copy the file",
	],
	[/No files found that match/i, "no file matches", "check the folder and the spelling"],
	[
		/not a valid DuckDB database|No magic bytes|Invalid Input Error.*parquet/i,
		"is not a file that DuckDB can open",
		"check what it is",
	],
];

/** What an engine says, as a sentence. Nothing of the address but its name is in it. */
export function engineError(cause: unknown, file: string): UserError {
	const { code = "", message = "" } = cause as { code?: unknown; message?: string };
	const said = `${String(code)} ${message === "" ? String(cause) : message}`;
	const fault = FAULTS.find(([words]) => words.test(said));
	const [first = ""] = message.trim().split("\n");
	const [, what, hint] = fault ?? [
		"",
		`the database says: ${first}`,
		"ask the administrator of the database",
	];
	return new UserError(what, { code: "file", where: { file }, hint, cause });
}

const NUMBERS =
	/^(?:u?(?:tiny|small|big|huge)?int(?:eger)?\d*|u?int\d+|float\d*|double(?: precision)?|real|(?:decimal|numeric)(?:\d*\(.*\))?)$/i;
/** Numbers that a double holds, whole ones of up to 32 bits. */
const DOUBLES = /^(?:u?(?:tiny|small)int|u?integer|u?int(?:8|16|32)|float\d*|double(?: precision)?|real)$/i;
const TEXTS = /^(?:varchar|text|string|character varying(?:\(\d+\))?)$/i;

/** What columns hold, by the names and types that an engine gives. */
export function describeFields(described: readonly AnswerRow[]): TableField[] {
	return described.map(([name, type]) => {
		const plain = String(type).replace(/^Nullable\((.*)\)$/, "$1");
		const kind = NUMBERS.test(plain) ? "number" : TEXTS.test(plain) ? "text" : "other";
		return { name: String(name), kind, isDouble: DOUBLES.test(plain) };
	});
}

/**
 * The table that is meant, as it is written behind FROM.
 * @param known Schema and name of all there are.
 * @throws UserError where none is named, or there is none of that name, or several.
 */
export async function findTable(
	{ name, table, hint }: { name: string; table: string | null; hint: string },
	known: readonly AnswerRow[],
	quote: (part: string) => string,
): Promise<string> {
	const names = known.map(([schema, own]) => ({ schema: String(schema), own: String(own) }));
	const all = [...new Set(names.map(({ own }) => own))].sort();
	const where = { file: name };
	if (table === null) {
		const listed = all.length === 0 ? "it has none" : `it has ${all.slice(0, 10).join(", ")}`;
		throw new UserError("no table is named", { code: "option", where, hint: `write ${hint}; ${listed}` });
	}
	const whole = names.filter(({ own }) => own === table);
	const found = whole.length > 0 ? whole : names.filter(({ schema, own }) => `${schema}.${own}` === table);
	const [first, second] = found;
	if (first === undefined) {
		throw new UserError(`has no table "${table}"`, { where, hint: didYouMean(table, all) });
	}
	if (second !== undefined) {
		throw new UserError(`has several tables "${table}"`, {
			where,
			hint: `say which: ${found.map(({ schema, own }) => `${schema}.${own}`).join(" or ")}`,
		});
	}
	return `${quote(first.schema)}.${quote(first.own)}`;
}
