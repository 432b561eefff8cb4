import { UserError } from "../../base/errors.js";
import { orStopped } from "../../base/run-options.js";
import { type Address, parseAddress } from "./address.js";
import type { Table, TableSource } from "./table.js";

/**
 * Opens a table in a database by its address.
 * @throws UserError where there is none, or it cannot be reached.
 */
export async function openTable(text: string, signal?: AbortSignal): Promise<TableSource> {
	const address = parseAddress(text);
	const opened = await orStopped(connect(address), signal);
	const table = { ...opened, ask: (sql: string) => orStopped(opened.ask(sql), signal) };
	const { name, engine } = address;
	return {
		...{ name, format: engine, table },
		columns: table.fields.map((field) => field.name.trim()),
		// A table has no bytes of its own, and is another one tomorrow.
		sha256: async () => "",
		read() {
			throw new UserError("is a table whose rows stay in the database, and this needs them", {
				code: "question",
				where: { file: name },
				hint: "write them to a file first, such as Parquet, by the database's own means",
			});
		},
		close: () => table.close(),
	};
}

async function connect(address: Address): Promise<Table> {
	switch (address.engine) {
		case "duckdb":
			return (await import("./duckdb.js")).openDuckdb(address);
		case "postgresql":
			return (await import("./postgresql.js")).openPostgresql(address);
		case "clickhouse":
			return (await import("./clickhouse.js")).openClickhouse(address);
	}
}
