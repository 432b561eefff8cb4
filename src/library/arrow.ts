import type { Table } from "apache-arrow";
import { UserError } from "../base/errors.js";
import type { DataValue } from "../present/rows/comparison-rows.js";
import { type TidyTable, tidyTables } from "../present/rows/tidy.js";
import type { TableName } from "../results/kinds.js";
import { provenanceText } from "../results/provenance.js";
import type { ResultSet } from "../results/result-set.js";
import { resultsIn } from "./results.js";

/** A row of results by column name; names are those of the CSV file. */
export type ResultRow = Readonly<Record<string, string | number | null>>;

/**
 * Results as rows: the values that `--format csv` writes, in full precision, by column name.
 * @param table Which table of the results: estimates, comparisons, models …; the first by default.
 * @throws UserError where the results have no such table.
 * @example
 * import { rates, samplePath } from "talis-pd";
 * import { toRows } from "talis-pd/arrow";
 *
 * const [row] = toRows(await rates([samplePath()], { items: ["peer-coaching"] }));
 * console.log(row?.item, row?.country, row?.n, Number(row?.estimate).toFixed(1)); // peer-coaching KAZ 1977 94.0
 */
export function toRows(results: ResultSet, table?: TableName): ResultRow[] {
	const { head, rows } = tableOf(results, table);
	return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? null])));
}

/**
 * Results as an Arrow table: text as Utf8, numbers as Float64, and their provenance as JSON in the schema's metadata,
 * under `provenance`. Requires the package apache-arrow, which is not installed with this one.
 * @param table As with `toRows`.
 * @throws UserError where the results have no such table, or the package is not installed.
 * @example
 * import { rates, samplePath } from "talis-pd";
 * import { toArrow } from "talis-pd/arrow";
 *
 * const table = await toArrow(await rates([samplePath()], { topics: ["activities"] }));
 * console.log(table.numRows, table.schema.fields.slice(0, 3).map(({ name }) => name).join(" ")); // 12 topic item variable
 */
export async function toArrow(results: ResultSet, table?: TableName): Promise<Table> {
	const { head, rows } = tableOf(results, table);
	const arrow = await import("apache-arrow").catch((cause: unknown) => {
		throw new UserError("needs the package apache-arrow, which is not installed", {
			code: "file",
			hint: "add it beside talis-pd: npm install apache-arrow",
			cause,
		});
	});
	const columns = head.map((name, place) => {
		const cells = rows.map((row) => row[place] ?? null);
		const isNumber = cells.every((cell) => typeof cell !== "string") && cells.some((cell) => cell !== null);
		const type = isNumber ? new arrow.Float64() : new arrow.Utf8();
		return [name, arrow.vectorFromArray(cells, type)] as const;
	});
	const made = new arrow.Table(Object.fromEntries(columns));
	made.schema.metadata.set("provenance", provenanceText(resultsIn(results)));
	return made;
}

function tableOf(results: ResultSet, wanted: TableName | undefined): { head: string[]; rows: DataValue[][] } {
	const tables = tidyTables(resultsIn(results));
	const found = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted);
	if (found === undefined) {
		throw new UserError(`the results have no table "${wanted}"`, {
			code: "option",
			hint: `they have ${tables.map(({ name }) => name).join(", ")}`,
		});
	}
	const [head = [], ...rows] = (found as TidyTable).rows;
	return { head: head.map(String), rows };
}
