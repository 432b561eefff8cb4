import Papa from "papaparse";
import { provenanceText } from "../../results/provenance.js";
import type { ResultSet } from "../../results/result-set.js";
import { dataRows } from "../rows/data-rows.js";
import { inert } from "../rows/spreadsheet-safe.js";
import type { View } from "../view.js";

/** The rows of the layout asked for, as text; every number in full precision. */
export function renderCsv(results: ResultSet, view: View): string {
	const rows = dataRows(results, view).map((row) => row.map(inert));
	// A column is the only safe place: csv has no comments or blocks, and readers would stumble over them.
	if (view.provenance) {
		const made = provenanceText(results);
		for (const [place, row] of rows.entries()) row.push(place === 0 ? "provenance" : made);
	}
	return `${Papa.unparse(rows, { newline: "\n" })}\n`;
}
