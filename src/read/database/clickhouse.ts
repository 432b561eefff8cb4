import type { UserError } from "../../base/errors.js";
import type { Address } from "./address.js";
import { describeFields, engineError, enginePackage, findTable } from "./engine.js";
import { type Patience, unlessSilent } from "./silence.js";
import type { AnswerRow, Table, TableField } from "./table.js";

const HTTP_PORT = "8123";
/** The port on which ClickHouse speaks TLS. */
const HTTPS_PORT = "8443";
/** A query of many items and replicates is longer than what is allowed by default. */
const LONGEST_QUERY = String(2 ** 24);
/** Milliseconds of silence from the server, which sends headers while it counts. */
const LONGEST_WAIT = 3_600_000;

/** How a server refuses settings to read-only users. */
const MAY_ONLY_READ = /\bcode: 164\b|in readonly mode/i;

/** Ends each row, because a server that fails midway appends its message to the last one. */
const END = ".";

/** Letters behind a backslash that stand for others. */
const LETTERS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "0": "\0" };

/** Numbers that JavaScript spells otherwise. */
const NUMBERS: Readonly<Record<string, number>> = { inf: Infinity, "+inf": Infinity, "-inf": -Infinity };

/** A line of the format TabSeparated as a row. */
function cellsOf(line: string, fields: readonly TableField[], file: string): AnswerRow {
	const cells = line.split("\t");
	if (cells.length !== fields.length + 1 || cells.pop() !== END) throw engineError(new Error(line), file);
	return cells.map((cell, place) => {
		if (cell === "\\N") return null;
		if (fields[place]?.isDouble) return NUMBERS[cell] ?? Number(cell);
		return cell.replace(/\\(.)/gs, (_, letter: string) => LETTERS[letter] ?? letter);
	});
}

/** With a backslash before a mark and before a backslash. */
const quoted = (mark: string, text: string) =>
	`${mark}${text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`)}${mark}`;

/**
 * Opens a table of ClickHouse; one of the engine Distributed is counted by all its servers. The user is that of the address
 * or of CLICKHOUSE_USER, the password that of CLICKHOUSE_PASSWORD.
 * @throws UserError where the package, the server or the table is not there, or the user is not let in.
 */
export async function openClickhouse({ name, place, table }: Address, patience: Patience): Promise<Table> {
	const load = () => import("@clickhouse/client");
	const { createClient, ClickHouseLogLevel } = await enginePackage("@clickhouse/client", load, name);
	const [, user, host = "", port = HTTP_PORT, database = "default"] =
		/^(?:([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?\/?(.*)$/.exec(place) ?? [];
	const options = {
		url: `${port === HTTPS_PORT ? "https" : "http"}://${host === "" ? "localhost" : host}:${port}`,
		username: user === undefined ? (process.env.CLICKHOUSE_USER ?? "default") : decodeURIComponent(user),
		password: process.env.CLICKHOUSE_PASSWORD ?? "",
		database: database === "" ? "default" : decodeURIComponent(database),
		application: "talis-pd",
		request_timeout: LONGEST_WAIT,
		log: { level: ClickHouseLogLevel.OFF },
	};
	const settings = { max_query_size: LONGEST_QUERY, readonly: "1" } as const;
	let client = createClient({ ...options, clickhouse_settings: settings });
	const isThere = async () => {
		const { success, error } = { error: undefined, ...(await client.ping()) };
		if (!success) throw engineError(error, name);
	};
	/** Settles when all servers that hold a part of the table have answered. */
	let areThere: (() => Promise<unknown>) | null = null;
	const heard = <T>(answer: Promise<T>): Promise<T> => {
		const told = answer.catch((error: unknown) => {
			throw engineError(error, name);
		});
		const server = unlessSilent(told, { file: name, patience, isThere });
		if (areThere === null) return server;
		return unlessSilent(server, { file: name, isBehind: true, patience, isThere: areThere });
	};
	const query = async (text: string): Promise<AnswerRow[]> => {
		const answer = await client.query({ query: text, format: "JSONCompact" });
		const { data } = (await answer.json()) as unknown as { data: AnswerRow[] };
		return data;
	};
	const ask = (text: string) => heard(query(text));
	const close = () => client.close();
	try {
		await ask("SELECT 1").catch(async (error: UserError) => {
			if (!MAY_ONLY_READ.test(String(error.cause))) throw error;
			// Nor may such a user change a setting.
			await client.close();
			client = createClient(options);
		});
		const own = quoted("'", database === "" ? "default" : decodeURIComponent(database));
		const relation = await findTable(
			{ name, table, hint: "clickhouse://HOST/DATABASE?table=NAME" },
			await ask(`SELECT database, name FROM system.tables WHERE database = ${own}`),
			(part) => quoted("`", part),
		);
		const itself = `database = ${own} AND name = ${quoted("'", String(table))}`;
		const definition = `SELECT create_table_query FROM system.tables WHERE ${itself}`;
		const spread = await ask(
			`SELECT database, name FROM system.tables WHERE engine = 'Distributed' AND position((${definition}), name) > 0`,
		);
		if (spread.length > 0) {
			const counts = spread.map((part) => {
				const relation = part.map((name) => quoted("`", String(name))).join(".");
				return `SELECT count() FROM ${relation} WHERE 0`;
			});
			// Any other fault is reported by the query itself.
			areThere = () => query(counts.join(" UNION ALL ")).catch(() => {});
		}
		const described = await ask(
			`SELECT name, type FROM system.columns WHERE database = ${own} AND table = ${quoted("'", String(table))}`,
		);
		const cell = (field: TableField) => {
			const own = quoted("`", field.name);
			return field.isDouble ? `CAST(${own} AS Nullable(Float64))` : `toString(${own})`;
		};
		async function* rows(wanted: readonly TableField[]): AsyncGenerator<AnswerRow[]> {
			const text = `SELECT ${[...wanted.map(cell), quoted("'", END)].join(", ")} FROM ${relation}`;
			const answer: { stream(): AsyncIterable<{ text: string }[]> } = await heard(
				client.query({ query: text, format: "TabSeparated" }),
			);
			const batches = answer.stream()[Symbol.asyncIterator]();
			for (;;) {
				const next = await heard(batches.next());
				if (next.done) return;
				yield next.value.map((row) => cellsOf(row.text, wanted, name));
			}
		}
		const fields = describeFields(described);
		const contents = async () => {
			// Distinguishes NULL from empty.
			const cells = fields.map((field) => `ifNull(concat('=', toString(${quoted("`", field.name)})), '')`);
			const hash = `sipHash64(${cells.join(", ")})`;
			const [found = []] = await ask(`SELECT toString(count()), toString(sum(${hash})) FROM ${relation}`);
			return found;
		};
		return { engine: "clickhouse", database: place, relation, fields, cell, ask, rows, contents, close };
	} catch (error) {
		await close();
		throw error;
	}
}
