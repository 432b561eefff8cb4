import { setTimeout as wait } from "node:timers/promises";
import type { Address } from "./address.js";
import { describeFields, engineError, enginePackage, findTable } from "./engine.js";
import type { AnswerRow, Table } from "./table.js";

/** Milliseconds. */
const LONGEST_WAIT = 15_000;
const LONGEST_GOODBYE = 500;

/** What a session is told first: only to read, as it all was when counting began, with texts as the standard has them. */
const FIRST = [
	"SET standard_conforming_strings = on",
	"SET extra_float_digits = 1",
	// Compiling queries of this length takes longer than running them.
	"SET jit = off",
	"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
];

/**
 * Opens a table of PostgreSQL. What is not in the address is taken from PGUSER, PGPASSWORD, PGSSLMODE … and ~/.pgpass.
 * @throws UserError where the package, the server or the table is not there, or the user is not let in.
 */
export async function openPostgresql({ name, place, table }: Address): Promise<Table> {
	const { default: pg } = await enginePackage("pg", () => import("pg"), name);
	const client = new pg.Client({
		connectionString: `postgresql://${place}`,
		connectionTimeoutMillis: LONGEST_WAIT,
		application_name: "talis-pd",
	});
	// A server that goes away ends the query that is asked, which says so.
	client.on("error", () => {});
	const ask = async (text: string): Promise<AnswerRow[]> => {
		try {
			const { rows } = await client.query<unknown[]>({ text, rowMode: "array" });
			return rows;
		} catch (error) {
			throw engineError(error, name);
		}
	};
	// A query that nobody waits for any more is not waited for.
	const close = () =>
		Promise.race([client.end().catch(() => {}), wait(LONGEST_GOODBYE, undefined, { ref: false })]);
	try {
		await client.connect().catch((error: unknown) => {
			throw engineError(error, name);
		});
		for (const statement of FIRST) await ask(statement);
		const relation = await findTable(
			{ name, table, hint: "postgresql://HOST/DATABASE?table=NAME" },
			await ask(
				"SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
			),
			client.escapeIdentifier.bind(client),
		);
		const described = await ask(
			`SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = ${client.escapeLiteral(relation)}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
		);
		return { engine: "postgresql", relation, fields: describeFields(described), ask, close };
	} catch (error) {
		await close();
		throw error;
	}
}
