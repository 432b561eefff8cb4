import { createHash } from "node:crypto";
import { orStopped } from "../../base/run-options.js";
import { stoppable } from "../stoppable.js";
import { type Address, parseAddress } from "./address.js";
import { PATIENCE, type Patience } from "./silence.js";
import type { AnswerRow, Table, TableSource } from "./table.js";
import { readTable } from "./table-rows.js";

/**
 * Opens a table in a database by its address.
 * @throws UserError where there is none, or it cannot be reached.
 */
export async function openTable(
	text: string,
	signal?: AbortSignal,
	patience: Patience = PATIENCE,
): Promise<TableSource> {
	const address = parseAddress(text);
	const connecting = connect(address, patience);
	const opened = await orStopped(connecting, signal).catch((reason: unknown) => {
		// Nobody waits for it any more, but it may still arrive.
		connecting.then(({ close }) => close()).catch(() => {});
		throw reason;
	});
	const table = { ...opened, ask: (sql: string) => orStopped(opened.ask(sql), signal) };
	const { name, engine } = address;
	const columns = table.fields.map((field) => field.name.trim());
	const source: TableSource = {
		...{ name, format: engine, table, columns },
		sha256: async () => digestOf(columns, await orStopped(table.contents(), signal)),
		read: (wanted) => readTable(table, { name, columns }, wanted),
		close: () => table.close(),
	};
	return signal === undefined ? source : { ...source, ...stoppable(source, signal) };
}

/** A table has no bytes to hash: its columns and the engine's hash of its rows take their place. */
function digestOf(columns: readonly string[], contents: AnswerRow): string {
	return createHash("sha256")
		.update(JSON.stringify([columns, ...contents.map(String)]))
		.digest("hex");
}

async function connect(address: Address, patience: Patience): Promise<Table> {
	switch (address.engine) {
		case "duckdb":
			return (await import("./duckdb.js")).openDuckdb(address);
		case "postgresql":
			return (await import("./postgresql.js")).openPostgresql(address, patience);
		case "clickhouse":
			return (await import("./clickhouse.js")).openClickhouse(address, patience);
	}
}
