import { modelSums, SumsCollector, type SumsSet } from "../analysis/models/sums-collector.js";
import { pairSums, scaleSums } from "../analysis/relations/relate-variables.js";
import type { PlansExplained } from "../analysis/survey/planned.js";
import { UserError } from "../base/errors.js";
import type { Plan } from "../codebook/plan/plan.js";
import { type AskedSums, type DialectName, queriesInSql } from "../emit/sql/index.js";
import type { ResultSet } from "../results/result-set.js";

/**
 * The queries that a database runs for a result, as text: sums over the states of its items, group by group.
 * @param files As they were named; the table has the name of the first.
 * @throws UserError where a result is not of cells: of teachers who are sampling units, schools' files, or constants for columns.
 */
export function queriesOf(
	{ results, plans, files }: { results: ResultSet; plans: PlansExplained; files: readonly string[] },
	dialect: DialectName,
): string {
	const { design, schools } = plans;
	if (design.units !== null && design.units.psu === undefined) {
		throw new UserError("every teacher is a sampling unit, so the variance needs rows, and not sums", {
			hint: "use a design with replicate weights or named sampling units",
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
	const sets = sumsOf(results, plans);
	const values: Record<string, Set<string>> = {};
	for (const { group } of [...results.estimates, ...(results.models ?? []), ...(results.relations ?? [])]) {
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
			units: design.units,
			...(sets.length === 0 ? {} : { sums: (variables) => askedSums(sets, variables, design) }),
			values: Object.fromEntries(Object.entries(values).map(([id, own]) => [id, [...own]])),
			table: [tableName(files[0] ?? "teachers")],
		},
		dialect,
	);
}

/** What models, correlations and scales add up. */
function sumsOf({ settings }: ResultSet, { sets = [], pairs = [], scales = [] }: PlansExplained): SumsSet[] {
	const isRanked = "rank" in settings && settings.rank === true;
	return [...sets.map(modelSums), ...pairs.map((pair) => pairSums(pair, isRanked)), ...scales.map(scaleSums)];
}

/** The same as it is asked of a table. */
function askedSums(
	sets: readonly SumsSet[],
	variables: Parameters<SumsCollector["start"]>[0]["variables"],
	{ units, columns }: PlansExplained["design"],
): AskedSums[] {
	const collector = new SumsCollector(sets);
	collector.start({ variables, width: Math.max(1, columns.length), linearised: units !== null });
	const { ofAlike } = collector;
	return sets.map((set, place) => {
		const { factors = [], features = null } = ofAlike.momentsOf(place) ?? {};
		const named = new Map(set.variables.map(({ variable }) => [variable.place, variable.key]));
		return { named, factors, features };
	});
}

/** The table of an address, else the file's name without folder and endings. */
function tableName(file: string): string {
	const [, table] = /[?&]table=(.+)$/.exec(file) ?? [];
	if (table !== undefined) return decodeURIComponent(table);
	const [name = ""] = (file.split(/[\\/]/).at(-1) ?? "").split(".");
	return name === "" || name === "-" || name.includes("*") ? "teachers" : name;
}
