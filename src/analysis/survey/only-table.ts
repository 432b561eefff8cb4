import { UserError } from "../../base/errors.js";
import type { Source } from "../../read/block.js";
import { isTable, type TableSource } from "../../read/database/table.js";
import type { Tabulation } from "../../tabulate/run.js";
import type { Planned } from "./planned.js";

/**
 * The table that is counted in its database; undefined where files are read.
 * @throws UserError where what is asked takes more than one table's cells.
 */
export function onlyTable(
	{ opened, design, sources }: Planned,
	tabulations: readonly Tabulation[],
): TableSource | undefined {
	const table = sources.find((source: Source) => isTable(source));
	if (table === undefined) return undefined;
	const where = { file: table.name };
	if (sources.length > 1) {
		throw new UserError("is a table, which is counted by itself", {
			...{ code: "question", where },
			hint: "put all teachers into one table or view in the database",
		});
	}
	if (opened.schools !== null) {
		throw new UserError("is a table, in which no schools are looked up", {
			...{ code: "question", where },
			hint: "join what principals say to the teachers in a view of the database",
		});
	}
	if (design.units !== null) {
		throw new UserError(`is a table, and the variance method ${design.definition.method} needs its rows`, {
			...{ code: "question", where },
			hint: "write the table to a file first, or use a design with replicate weights",
		});
	}
	if (tabulations.some(({ collector }) => collector !== undefined && collector.ofAlike === undefined)) {
		throw new UserError("is a table, and what is asked needs its rows", {
			...{ code: "question", where },
			hint: "write the table to a file first, such as Parquet, by the database's own means",
		});
	}
	return table;
}
