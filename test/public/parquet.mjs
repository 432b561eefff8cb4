// Holds a CSV file that convert has written against what DuckDB reads from the same Parquet file.
// node parquet.mjs FILE CONVERTED; prints "same" or the first difference; ends with 3 where DuckDB does not read it.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import Papa from "papaparse";

const [file, converted] = process.argv.slice(2);

/** Types whose values are numbers or texts in both; days, times and nested values have spellings of their own. */
const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
const COMPARED = new RegExp(`${NUMBER.source}|^(VARCHAR|BOOLEAN)$`);

const { columns, rows: theirs } = await readByDuckdb().catch(() => process.exit(3));
// A row of one column without a value is an empty line.
const [names = [], ...ours] = Papa.parse(readFileSync(converted, "utf8").replace(/\r?\n$/, "")).data;
process.stdout.write(`${firstDifference() ?? "same"}\n`);

async function readByDuckdb() {
	const instance = await DuckDBInstance.create(":memory:");
	const connection = await instance.connect();
	const table = `read_parquet('${file.replaceAll("'", "''")}')`;
	const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
	const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
	const texts = columns.map(({ name, type }) => {
		const column = `"${name.replaceAll('"', '""')}"`;
		// A float is the number it stands for, not the shortest one that rounds to it.
		return `CAST(${type === "FLOAT" ? `CAST(${column} AS DOUBLE)` : column} AS VARCHAR)`;
	});
	const read = await connection.runAndReadAll(`SELECT ${texts.join(", ")} FROM ${table}`);
	return { columns, rows: read.getRows() };
}

function firstDifference() {
	const held = columns.filter(({ name, type }) => COMPARED.test(type) && names.includes(name));
	if (held.length === 0) process.exit(3);
	if (ours.length !== theirs.length) return `rows: ${ours.length} here, ${theirs.length} in DuckDB`;
	for (const { name, type } of held) {
		const [own, other] = [names.indexOf(name), columns.findIndex((column) => column.name === name)];
		const row = ours.findIndex((cells, place) => !isSame(cells[own], theirs[place][other], type));
		if (row >= 0)
			return `column ${name} row ${row + 1}: "${ours[row][own]}" here, "${theirs[row][other]}" in DuckDB`;
	}
	return undefined;
}

function isSame(here = "", there, type) {
	if (there === null) return here === "";
	if (type === "BOOLEAN") return ["true", "1", "yes"].includes(here.toLowerCase()) === (there === "true");
	if (type === "VARCHAR") return here === there;
	if (/^-?nan$/.test(there)) return here === "NaN";
	return Number(here) === Number(there) || here === there;
}
