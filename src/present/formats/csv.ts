import Papa from "papaparse";
import type { ResultSet } from "../../results/result-set.js";
import { dataRows } from "../rows/data-rows.js";
import { inert } from "../rows/spreadsheet-safe.js";
import type { View } from "../view.js";

/** The rows of the layout asked for, as text; every number in full precision. */
export function renderCsv(results: ResultSet, view: View): string {
	const rows = dataRows(results, view).map((row) => row.map(inert));
	return `${Papa.unparse(rows, { newline: "\n" })}\n`;
}
