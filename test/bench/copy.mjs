// node copy.mjs FROM.csv TO.parquet: DuckDB's own way from CSV to Parquet.
import { DuckDBInstance } from "@duckdb/node-api";

const quoted = (path) => `'${path.replaceAll("'", "''")}'`;
const [from, to] = process.argv.slice(2).map(quoted);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`COPY (SELECT * FROM read_csv(${from})) TO ${to} (FORMAT parquet)`);
