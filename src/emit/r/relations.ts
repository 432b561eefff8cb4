import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { Alpha, Relation } from "../../results/relations.js";
import type { ResultSet } from "../../results/result-set.js";
import { perGroup } from "../models-of-sets.js";
import { groupAsR } from "./models.js";
import { call, number, text } from "./write.js";

/** Recomputes correlations and the reliability of scales; null where there are none. */
export function relationsAsR(
	{ relations = [], alphas = [] }: ResultSet,
	plans: PlansExplained,
): string | null {
	const { pairs = [], scales = [] } = plans;
	const nameOf = ({ place }: PlannedVariable) => text(plans.plans[0]?.variables[place] as string);
	const rows = [
		...perGroup(relations, pairs).flatMap(([row, [a, b]]) =>
			row.estimate === null ? [] : [relationAsR(row, numbersOf(nameOf(a)), numbersOf(nameOf(b)))],
		),
		...perGroup(alphas, scales).flatMap(([row, { columns, signs }]) => {
			if (row.estimate === null) return [];
			const numbers = columns.map(
				(one, place) => `${signs[place] === -1 ? "-" : ""}${numbersOf(nameOf(one))}`,
			);
			return [alphaAsR(row, numbers)];
		}),
	];
	if (rows.length === 0) return null;
	return [
		"# Correlations and reliabilities: what the tool printed, and how R makes it.",
		`relations <- list(\n${rows.join(",\n")}\n)`,
		"relation_off_by <- vapply(relations, function(one) max(mapply(apart, vapply(one$here[names(one$tool)], as.numeric, 0), one$tool)), 0)",
		"relation_here <- function(name) vapply(relations, function(one) if (is.null(one$here[[name]])) NA_real_ else as.numeric(one$here[[name]]), 0)",
		'print(data.frame(what = vapply(relations, function(one) one$what, ""), estimate = relation_here("estimate"), se = relation_here("se"), p = relation_here("p"), off_by = relation_off_by), digits = 6, row.names = FALSE)',
		"largest <- max(largest, relation_off_by)",
	].join("\n");
}

const numbersOf = (name: string) => call("numbers_of", name);

function relationAsR(row: Relation, a: string, b: string): string {
	const { estimate, se, ciLow, ciHigh, df, p, n, schools } = row;
	const infinite = df === null && se !== null ? Number.POSITIVE_INFINITY : df;
	const tool = { estimate, se, low: ciLow, high: ciHigh, df: infinite, p, n, schools };
	const byRank = row.method === "spearman" ? "TRUE" : "FALSE";
	const here = call("correlation_of", groupAsR(row.group), a, b, byRank);
	return entry(`${row.a.label} and ${row.b.label} ${Object.values(row.group).join(" ")}`, tool, here);
}

function alphaAsR({ columns, group, estimate, se, n, schools }: Alpha, numbers: readonly string[]): string {
	const here = call("alpha_of", groupAsR(group), `list(${numbers.join(", ")})`);
	return entry(`alpha of ${columns.join(", ")}`, { estimate, se, n, schools }, here);
}

function entry(what: string, tool: Readonly<Record<string, number | null>>, here: string): string {
	const numbers = Object.entries(tool).map(([name, value]) => `${name} = ${number(value)}`);
	return `  list(what = ${text(what)}, tool = c(${numbers.join(", ")}),\n    here = ${here})`;
}
