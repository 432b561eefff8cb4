import { setTimeout as wait } from "node:timers/promises";
import type { Address } from "./address.js";
import { describeFields, engineError, enginePackage, findTable } from "./engine.js";
import { type Patience, unlessSilent } from "./silence.js";
import type { AnswerRow, Table, TableField } from "./table.js";

/** Milliseconds. */
const LONGEST_GOODBYE = 500;
/** Rows that are fetched at once. */
const BATCH_ROWS = 4096;

/** Codes of the standard, which a server gives its refusals; the system's own are longer or shorter. */
const SAID_BY_SERVER = /^[0-9A-Z]{5}$/;

/** What a session is told first: only to read, as it all was when counting began, with texts as the standard has them. */
const FIRST = [
	"SET standard_conforming_strings = on",
	"SET extra_float_digits = 1",
	// What a row is as text, by which contents are told apart.
	"SET datestyle = 'ISO, YMD'",
	"SET timezone = 'UTC'",
	// Compiling queries of this length takes longer than running them.
	"SET jit = off",
	"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
];

/**
 * Opens a table of PostgreSQL. What is not in the address is taken from PGUSER, PGPASSWORD, PGSSLMODE … and ~/.pgpass.
 * @throws UserError where the package, the server or the table is not there, or the user is not let in.
 */
export async function openPostgresql({ name, place, table }: Address, patience: Patience): Promise<Table> {
	const { default: pg } = await enginePackage("pg", () => import("pg"), name);
	const newClient = () =>
		new pg.Client({
			connectionString: `postgresql://${place}`,
			connectionTimeoutMillis: patience.longest,
			application_name: "talis-pd",
		});
	const client = newClient();
	// If the server goes away, the running query reports it.
	client.on("error", () => {});
	/** Access has been granted or refused. */
	const isThere = async () => {
		const other = newClient();
		other.on("error", () => {});
		await other.connect().catch((error: { code?: string }) => {
			if (!SAID_BY_SERVER.test(error.code ?? "")) throw engineError(error, name);
		});
		other.end().catch(() => {});
	};
	const query = async (text: string): Promise<AnswerRow[]> => {
		try {
			const { rows } = await client.query({ text, rowMode: "array" });
			return rows;
		} catch (error) {
			throw engineError(error, name);
		}
	};
	const ask = (text: string) => unlessSilent(query(text), { file: name, patience, isThere });
	// Waits neither for a query that nobody needs any more nor for a silent server.
	const close = async () => {
		await Promise.race([client.end().catch(() => {}), wait(LONGEST_GOODBYE, undefined, { ref: false })]);
		client.connection.stream.destroy();
	};
	try {
		await client.connect().catch((error: unknown) => {
			throw engineError(error, name);
		});
		for (const statement of FIRST) await ask(statement);
		const relation = await findTable(
			{ name, table, hint: "postgresql://HOST/DATABASE?table=NAME" },
			await ask(
				// The standard's own list leaves materialized views out, and tables that the user may not read.
				"SELECT nspname, relname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'",
			),
			client.escapeIdentifier.bind(client),
		);
		const described = await ask(
			`SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = ${client.escapeLiteral(relation)}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
		);
		const cell = (field: TableField) => {
			const own = client.escapeIdentifier(field.name);
			return `CAST(${own} AS ${field.isDouble ? "double precision" : "text"})`;
		};
		let cursors = 0;
		async function* rows(wanted: readonly TableField[]): AsyncGenerator<AnswerRow[]> {
			const cursor = `talis_pd_${cursors++}`;
			await ask(
				`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${wanted.map(cell).join(", ")} FROM ${relation}`,
			);
			for (;;) {
				const batch = await ask(`FETCH ${BATCH_ROWS} FROM ${cursor}`);
				if (batch.length === 0) break;
				yield batch;
			}
			await ask(`CLOSE ${cursor}`);
		}
		const fields = describeFields(described);
		const contents = async () => {
			const [[isKnown] = []] = await ask(
				"SELECT to_regprocedure('hash_record_extended(record, bigint)') IS NOT NULL",
			);
			// Some other types have no hash of their own.
			const isQuick = isKnown === true && fields.every(({ kind }) => kind !== "other");
			const hash = isQuick
				? "hash_record_extended(whole_row, 0)"
				: "CAST(CAST('x' || left(md5(CAST(whole_row AS text)), 16) AS bit(64)) AS bigint)";
			const [found = []] = await ask(
				`SELECT count(*), CAST(sum(${hash}) AS text) FROM ${relation} AS whole_row`,
			);
			return found;
		};
		return { engine: "postgresql", database: place, relation, fields, cell, ask, rows, contents, close };
	} catch (error) {
		await close();
		throw error;
	}
}
