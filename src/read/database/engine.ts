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

/** What an engine says, in one line. */
export function engineError(cause: unknown, file: string, hint = "ask who keeps the database"): UserError {
	const said = cause instanceof Error ? cause.message : String(cause);
	const [first = ""] = said.trim().split("\n");
	return new UserError(`the database says: ${first}`, { code: "file", where: { file }, hint, cause });
}

const NUMBERS =
	/^(?:u?(?:tiny|small|big|huge)?int(?:eger)?\d*|u?int\d+|float\d*|double(?: precision)?|real|(?:decimal|numeric)(?:\d*\(.*\))?)$/i;
const TEXTS = /^(?:varchar|text|string|character varying(?:\(\d+\))?)$/i;

/** What columns hold, by the names and types that an engine gives. */
export function describeFields(described: readonly AnswerRow[]): TableField[] {
	return described.map(([name, type]) => {
		const plain = String(type).replace(/^Nullable\((.*)\)$/, "$1");
		const kind = NUMBERS.test(plain) ? "number" : TEXTS.test(plain) ? "text" : "other";
		return { name: String(name), kind };
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
