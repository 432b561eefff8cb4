import { UserError } from "../../base/errors.js";
import { isThere } from "../../platform/small-files.js";
import type { Address } from "./address.js";
import { describeFields, engineError, enginePackage, findTable } from "./engine.js";
import type { AnswerRow, Table, TableField } from "./table.js";

/** Files of one table, and what of DuckDB reads them. */
const READERS: readonly [ending: RegExp, reader: string][] = [
	[/\.parquet$/i, "read_parquet"],
	[/\.csv(\.gz)?$/i, "read_csv"],
];

const quoted = (mark: string, text: string) => `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

/**
 * Opens a table of a DuckDB file, or files that DuckDB reads as one table. The engine runs in this process; it reads, and
 * loads no extension from anywhere.
 * @throws UserError where the package, the file or the table is not there.
 */
export async function openDuckdb({ name, place, table }: Address): Promise<Table> {
	const { DuckDBInstance } = await enginePackage("@duckdb/node-api", () => import("@duckdb/node-api"), name);
	const reader = READERS.find(([ending]) => ending.test(place))?.[1];
	if (reader === undefined && !isThere(place)) {
		throw new UserError("there is no such file", {
			code: "file",
			where: { file: name },
			hint: "check the path",
		});
	}
	const failed = (error: unknown) => engineError(error, name);
	const safe = { autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
	const instance = await (reader === undefined
		? DuckDBInstance.create(place, { ...safe, access_mode: "READ_ONLY" })
		: DuckDBInstance.create(":memory:", safe)
	).catch((error: unknown) => {
		throw failed(error);
	});
	const connection = await instance.connect();
	const ask = async (sql: string): Promise<AnswerRow[]> => {
		try {
			const result = await connection.run(sql);
			return (await result.getRowsJS()) as AnswerRow[];
		} catch (error) {
			throw failed(error);
		}
	};
	const close = async () => {
		connection.interrupt();
		connection.closeSync();
		instance.closeSync();
	};
	try {
		// What is counted is what was there when counting began.
		await ask("BEGIN TRANSACTION");
		const relation =
			reader === undefined
				? await findTable(
						{ name, table, hint: "duckdb:FILE?table=NAME" },
						await ask(
							"SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = current_database()",
						),
						(part) => quoted('"', part),
					)
				: `${reader}(${quoted("'", place)}${reader === "read_csv" ? ", all_varchar = true" : ", union_by_name = true"})`;
		const described = await ask(`DESCRIBE SELECT * FROM ${relation}`);
		const cell = ({ name: own, isDouble }: TableField) =>
			`CAST(${quoted('"', own)} AS ${isDouble ? "DOUBLE" : "VARCHAR"})`;
		async function* rows(fields: readonly TableField[]): AsyncGenerator<AnswerRow[]> {
			try {
				const result = await connection.stream(`SELECT ${fields.map(cell).join(", ")} FROM ${relation}`);
				for await (const batch of result.yieldRowsJs()) yield batch as AnswerRow[];
			} catch (error) {
				throw failed(error);
			}
		}
		const contents = async () => {
			const [found = []] = await ask(
				`SELECT count(*), CAST(sum(hash(whole_row)) AS VARCHAR) FROM ${relation} AS whole_row`,
			);
			return found;
		};
		const fields = describeFields(described);
		// Files are read by whoever runs the query.
		const database = reader === undefined ? place : "";
		const parsed = reader === "read_csv";
		return { engine: "duckdb", database, parsed, relation, fields, cell, ask, rows, contents, close };
	} catch (error) {
		await close();
		throw error;
	}
}
