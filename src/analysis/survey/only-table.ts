import { isTable, type TableSource } from "../../read/database/table.js";
import type { Collector, Tabulation } from "../../tabulate/run.js";
import type { Planned } from "./planned.js";

/**
 * The table that is counted in its database; undefined where rows are read: those of files, and those of tables where cells
 * do not say what is asked. Of several tables teachers and their schools are known by their ids alone, and without a name
 * every teacher is a sampling unit.
 */
export function onlyTable(
	{ opened, design, sources }: Planned,
	tabulations: readonly Tabulation[],
): TableSource | undefined {
	const [table, ...others] = sources;
	const needsRows =
		others.length > 0 ||
		(design.units !== null && design.units.psu === undefined) ||
		tabulations.some(({ collector }) => collector !== undefined && needsAllRows(collector));
	if (table === undefined || needsRows || !isTable(table)) return undefined;
	return opened.schools === null || opened.schools.isBeside(table) ? table : undefined;
}

function needsAllRows({ ofAlike, addVector }: Collector): boolean {
	return ofAlike === undefined && addVector === undefined;
}
