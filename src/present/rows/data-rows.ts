import type { ResultSet } from "../../results/result-set.js";
import type { View } from "../view.js";
import type { DataValue } from "./comparison-rows.js";
import { type TidyTable, tidyRows, tidyTables, withOrigin } from "./tidy.js";
import { wideRows } from "./wide.js";

/** Rows for programs, head first: one a figure, or one a country or group where they are asked for wide. */
export function dataRows(results: ResultSet, { wide }: View): DataValue[][] {
	return wide === undefined ? tidyRows(results) : withOrigin(wideRows(results, wide), results);
}

/** Tables that stand beside the first one, of results that have several. */
export function furtherTables(results: ResultSet): TidyTable[] {
	return tidyTables(results).slice(1);
}
