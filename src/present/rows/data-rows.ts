import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { baseName, topicLabel, valueName } from "../../results/labels.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { View } from "../view.js";
import { breakdownsOf, type DataValue } from "./comparison-rows.js";
import { type TidyTable, tidyRows, tidyTables, withOrigin } from "./tidy.js";
import { wideRows } from "./wide.js";

/** Rows for programs, header first: one per figure, or one per country or group in wide layout. */
export function dataRows(results: ResultSet, { wide, sizes = false, labels = false }: View): DataValue[][] {
	if (wide !== undefined) return withOrigin(wideRows(results, wide, sizes), results);
	return labels ? labelledRows(results) : tidyRows(results);
}

/** The first table with extra columns for the names of topics, bases and groups. */
function labelledRows(results: ResultSet): DataValue[][] {
	const { name, rows } = tidyTables(results)[0] as TidyTable;
	if (name !== "estimates" && name !== "comparisons") {
		throw new UserError(say`${option("labels")} is of estimates and differences; these rows are ${name}`);
	}
	const all: readonly Pick<Estimate, "topic" | "base" | "group">[] = results[name];
	const breakdowns = breakdownsOf(all);
	const names = all.map(({ topic, base, group }) => [
		...[topicLabel(topic, results), baseName(base, results)],
		...breakdowns.map((id) => (group[id] === undefined ? "" : valueName(id, group[id], results))),
	]);
	const heads = ["topic", "base", ...breakdowns].map((id) => `${id}_label`);
	return rows.map((row, place) => [...row, ...(place === 0 ? heads : (names[place - 1] ?? []))]);
}

/** The additional tables of results that have several. */
export function furtherTables(results: ResultSet): TidyTable[] {
	return tidyTables(results).slice(1);
}
