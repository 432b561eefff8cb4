import type { ResultSet } from "../../results/result-set.js";
import type { View } from "../view.js";
import type { DataValue } from "./comparison-rows.js";
import { tidyRows, withOrigin } from "./tidy.js";
import { wideRows } from "./wide.js";

/** Rows for programs, head first: one a figure, or one a country or group where they are asked for wide. */
export function dataRows(results: ResultSet, { wide }: View): DataValue[][] {
	return wide === undefined ? tidyRows(results) : withOrigin(wideRows(results, wide), results);
}
