import type { UserError } from "../../base/errors.js";
import type { Address } from "./address.js";
import { describeFields, engineError, enginePackage, findTable } from "./engine.js";
import type { AnswerRow, Table } from "./table.js";

const HTTP_PORT = "8123";
/** The port on which ClickHouse speaks TLS. */
const HTTPS_PORT = "8443";
/** A query of many items and replicates is longer than what is allowed by default. */
const LONGEST_QUERY = String(2 ** 24);
/** Milliseconds without a word from the server; while it counts it sends headers now and then. */
const LONGEST_WAIT = 3_600_000;

/** What is said to users who may only read anyway. */
const MAY_ONLY_READ = /\bcode: 164\b|in readonly mode/i;

/** With a backslash before a mark and before a backslash. */
const quoted = (mark: string, text: string) =>
	`${mark}${text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`)}${mark}`;

/**
 * Opens a table of ClickHouse; one of the engine Distributed is counted by all its servers. The user is that of the address
 * or of CLICKHOUSE_USER, the password that of CLICKHOUSE_PASSWORD.
 * @throws UserError where the package, the server or the table is not there, or the user is not let in.
 */
export async function openClickhouse({ name, place, table }: Address): Promise<Table> {
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
	const ask = async (query: string): Promise<AnswerRow[]> => {
		try {
			const answer = await client.query({ query, format: "JSONCompact" });
			const { data } = (await answer.json()) as unknown as { data: AnswerRow[] };
			return data;
		} catch (error) {
			throw engineError(error, name);
		}
	};
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
		const described = await ask(
			`SELECT name, type FROM system.columns WHERE database = ${own} AND table = ${quoted("'", String(table))}`,
		);
		return { engine: "clickhouse", relation, fields: describeFields(described), ask, close };
	} catch (error) {
		await close();
		throw error;
	}
}
