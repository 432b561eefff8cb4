import type { PlansExplained } from "../analysis/survey/planned.js";
import { UserError } from "../base/errors.js";
import type { Plan } from "../codebook/plan/plan.js";
import { type DialectName, queriesInSql } from "../emit/sql/index.js";
import type { ResultSet } from "../results/result-set.js";

/**
 * The queries that a database is asked for a result, as text: what the states of its items add up to, group by group.
 * @param files As they were named; the table has the name of the first.
 * @throws UserError where a result is not of cells: with strata and units, schools' files, or constants for columns.
 */
export function queriesOf(
	{ results, plans, files }: { results: ResultSet; plans: PlansExplained; files: readonly string[] },
	dialect: DialectName,
): string {
	const { design, schools } = plans;
	if (design.units !== null) {
		throw new UserError(`the variance method ${design.definition.method} needs rows, and not sums`, {
			hint: "use a design with replicate weights",
		});
	}
	if ((schools?.columns ?? []).length > 0) {
		throw new UserError("what principals say is looked up in another file, and a query is of one table", {
			hint: "join both in the database, and ask about the joint table",
		});
	}
	const constant = Object.keys(plans.files[0]?.constants ?? {})[0];
	if (constant !== undefined) {
		throw new UserError(`the file's name tells its ${constant}, which a table has no column for`, {
			hint: "add the column to the table, and ask about that",
		});
	}
	const values: Record<string, Set<string>> = {};
	for (const { group } of results.estimates) {
		for (const [id, value] of Object.entries(group)) {
			values[id] ??= new Set();
			values[id].add(value);
		}
	}
	return queriesInSql(
		{
			plan: plans.plans[0] as Plan,
			weights: design.columns,
			noWeight: (design.definition.missing ?? []).map(Number),
			values: Object.fromEntries(Object.entries(values).map(([id, own]) => [id, [...own]])),
			table: [tableName(files[0] ?? "teachers")],
		},
		dialect,
	);
}

/** The table of an address, else the file's name without folder and endings. */
function tableName(file: string): string {
	const [, table] = /[?&]table=(.+)$/.exec(file) ?? [];
	if (table !== undefined) return decodeURIComponent(table);
	const [name = ""] = (file.split(/[\\/]/).at(-1) ?? "").split(".");
	return name === "" || name === "-" || name.includes("*") ? "teachers" : name;
}
