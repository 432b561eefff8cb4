import type { Design } from "../../design/method.js";
import type { Source } from "../../read/block.js";
import { isTable, type TableSource } from "../../read/database/table.js";
import type { Opened } from "./opened.js";

/** Facts that decide whether a table is counted inside its database. */
interface Reading {
	readonly opened: Pick<Opened, "schools">;
	readonly design: Design;
	readonly sources: readonly Source[];
	readonly asked: readonly { readonly question: object }[];
}

/**
 * The table that its database can count; undefined if rows must be read, as for files and for questions that cells
 * cannot answer.
 */
export function onlyTable(planned: Reading): TableSource | undefined {
	const [table] = planned.sources;
	return table !== undefined && isTable(table) && whyRows(planned) === undefined ? table : undefined;
}

/** Why a table's rows must be read. Across several tables, teachers and schools are identified only by their ids. */
function whyRows({ opened, design, sources }: Reading): string | undefined {
	const [table, ...others] = sources;
	if (others.length > 0) return "as there are several files or tables";
	if (design.units !== null && design.units.psu === undefined)
		return "as the design has every teacher for a sampling unit";
	const { schools } = opened;
	const isApart = schools !== null && !(table !== undefined && isTable(table) && schools.isBeside(table));
	return isApart ? "as their schools are described in another place" : undefined;
}

/** What leaves the databases, as a sentence; undefined without a database. */
export function whatTravels(planned: Reading): string | undefined {
	if (!planned.sources.some(isTable)) return undefined;
	const why = whyRows(planned);
	if (why !== undefined) return `rows leave the database, with the columns that are asked for, ${why}`;
	const sets = planned.asked.flatMap(({ question }) => (question as { sets?: LogisticOrNot[] }).sets ?? []);
	const isFine = ({ family, variables }: LogisticOrNot) =>
		family === "logistic" && variables.some(({ kind }) => kind === "number");
	return sets.some(isFine)
		? "cells leave the database: of a logistic model with a number as many as there are teachers who differ in it"
		: "only cells leave the database, and no row";
}

interface LogisticOrNot {
	family: string;
	variables: readonly { kind: string }[];
}
