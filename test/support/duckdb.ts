import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-duckdb-"));
let databases = 0;

/** A DuckDB file that some statements have made, and a name for a file beside it. */
export async function duckdbFile(
	statements: (beside: (name: string) => string) => readonly string[],
): Promise<{ path: string; beside: (name: string) => string }> {
	databases += 1;
	const number = databases;
	const beside = (name: string) => join(folder, `${number}-${name}`);
	const path = beside("survey.duckdb");
	const instance = await DuckDBInstance.create(path);
	const connection = await instance.connect();
	for (const statement of statements(beside)) await connection.run(statement);
	connection.closeSync();
	instance.closeSync();
	return { path, beside };
}
