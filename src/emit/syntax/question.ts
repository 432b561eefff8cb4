import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import { command, option, say } from "../../base/say.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { type Estimate, isAverage, type ResultSet, TOTAL } from "../../results/result-set.js";
import { askedSettings, type Emission } from "../emission.js";
import type { Syntax } from "./dialect.js";
import { type Recoded, Recodes } from "./recodes.js";
import { differencesAsRegressions, modelsAsRegressions, type Regression } from "./regressions.js";
import { type Association, associationsOf } from "./relations.js";

/** One figure of the tool, to be compared with the script's output. */
export interface AskedFigure {
	/** Place among the script's own variables, from 1. */
	place: number;
	/** Its name in the plan. */
	variable: string;
	label: string;
	statistic: Estimate["statistic"];
	recoded: Recoded;
	rows: Estimate[];
}

/** A question as statements: recodes, who is counted, breakdowns, and what is asked. */
export interface Statements {
	lines: string[];
	asked: AskedFigure[];
	/** Breakdowns beside country, by the variable that has their values. */
	breakdowns: { id: string; value: string }[];
	/** The column that has the country, where rows are by it. */
	country: string | null;
	/** Models, and differences of means within the sample. */
	regressions: Regression[];
	/** Correlations and scales. */
	associations: Association[];
}

/** The variable that is 1 for who is counted. */
export const COUNTED = "counted_";

/**
 * @throws UserError for what languages of statements cannot say, and for files that they do not read as they stand.
 */
export function statementsOf({ results, plans }: Emission, syntax: Syntax): Statements {
	if (results.settings.protect) {
		throw new UserError("protected results are rounded, so a script cannot arrive at them", {
			hint: say`leave out ${option("protect")}: the script is for whoever has the data`,
		});
	}
	if ((plans.schools?.columns ?? []).length > 0) {
		throw new UserError("what principals say is looked up in another file, which the script does not do", {
			hint: say`use ${option("emit", "r")}`,
		});
	}
	const written = plans.files.flatMap(({ words }) => Object.keys(words))[0];
	if (written !== undefined) {
		throw new UserError(`${written} has answers that are written out, and the script reads codes`, {
			hint: say`use ${option("emit", "r")}, or put codes in: ${command("convert", "convert teachers.csv data.csv")}`,
		});
	}
	const plan = plans.plans[0] as Plan;
	const recodes = new Recodes(plan, syntax);
	const lines: string[] = [syntax.create(COUNTED, "1")];
	const groups = plan.groups
		.filter(({ role }) => role === "standard" || role === "asked")
		.map(({ id, of }) => ({ id, ...recodes.read(of) }));
	const holds = plan.conditions.map(({ text, holds: condition }) => ({ text, ...recodes.read(condition) }));
	const names = namesOf(plans);
	const asked = askedOf(results, names).map((one) => ({
		...one,
		recoded: recodes.read({ is: "named", name: one.variable }),
	}));
	const tools = { syntax, recodes, plans, counted: COUNTED };
	const regressions = [
		...modelsAsRegressions(results, tools),
		...differencesAsRegressions(results, names, tools),
	];
	const associations = associationsOf(results, plans, tools);
	const compared = plan.groups
		.filter(({ role }) => role === "compared")
		.map(({ id, of }) => ({ id, ...recodes.read(of) }));
	lines.push(
		...recodes.lines,
		...groups.flatMap(({ id, state }) => [
			syntax.comment(`Rows without a value of ${id} are in none of its groups`),
			syntax.assign(COUNTED, "0", syntax.not(syntax.equals(state, "1"))),
		]),
		...holds.flatMap(({ text, state }) => [
			syntax.comment(`--where ${text}`),
			syntax.assign(COUNTED, "0", syntax.not(syntax.equals(state, "1"))),
		]),
	);
	const used = new Set(results.estimates.flatMap(({ group }) => Object.keys(group)));
	const shown = [...groups, ...compared].filter(({ id }) => used.has(id));
	return {
		...{ lines, asked, regressions, associations },
		breakdowns: shown
			.filter(({ id }) => id !== "country")
			.map(({ id, value, state }) => ({ id, value: value ?? state })),
		country: shown.find(({ id }) => id === "country")?.text ?? null,
	};
}

function namesOf({ plans: [plan], items: [ids = []] }: PlansExplained): Map<string, string> {
	return new Map(ids.map((id, place) => [id, plan?.variables[place] as string]));
}

/** Figures by variable and statistic; averages, published figures and hidden ones are not in them. */
function askedOf(
	{ estimates }: ResultSet,
	names: ReadonlyMap<string, string>,
): Omit<AskedFigure, "recoded">[] {
	const found = new Map<string, Omit<AskedFigure, "recoded">>();
	for (const row of estimates) {
		const { country = "" } = row.group;
		const variable = names.get(`${row.topic}:${row.item}`);
		if (row.estimate === null || variable === undefined || isAverage(country) || country.includes("@"))
			continue;
		const key = `${variable} ${row.statistic}`;
		const known = found.get(key) ?? {
			...{ place: found.size + 1, variable, label: row.label, statistic: row.statistic },
			rows: [],
		};
		known.rows.push(row);
		found.set(key, known);
	}
	return [...found.values()];
}

/** Whether some figures are of all levels of a breakdown together. */
export function hasTotals({ rows }: AskedFigure): boolean {
	return rows.some(({ group }) => Object.values(group).includes(TOTAL));
}

/** The tool's figures in a line each, for comments. */
export function figureLines({ rows }: AskedFigure): string[] {
	return rows.map(({ group, estimate, se, n }) => {
		const of = Object.values(group).join(" ");
		return `talis-pd: ${of === "" ? "all" : of} ${estimate} (SE ${se ?? "none"}), n ${n ?? "unknown"}`;
	});
}

/** The head comment of scripts. */
export function headLines({ results, files }: Emission): string[] {
	const { tool, kind, codebook, source } = results;
	return [
		`Written by ${tool.name} ${tool.version}: ${kind}, by the plan that the tool itself counts by`,
		...source.map(({ file, sha256 }, place) => `Data ${files[place] ?? file}, SHA-256 ${sha256}`),
		`Codebook ${codebook.id} ${codebook.version}`,
		...askedSettings(results).map(([name, value]) => `Asked: ${name} ${JSON.stringify(value)}`),
	];
}

/** One sentence for each part of the results that the script does not compute. */
export function leftOutOfScript(
	{ comparisons, models = [], tests, syntheses }: ResultSet,
	{ regressions }: Statements,
): string[] {
	const isModel = models.length > 0;
	const differences = comparisons.filter(({ difference }) => difference !== null);
	const parts: readonly [boolean, string][] = [
		[differences.length > 0, "intervals and adjusted p-values of differences"],
		[
			!isModel && regressions.length < differences.length,
			"differences of independent samples (the root of the sum of squared errors), of averages, of quantiles and of items that other teachers answered",
		],
		[(tests ?? []).length > 0, "joint tests"],
		[(syntheses ?? []).length > 0, "syntheses"],
		[models.some(({ coefficients }) => coefficients.some(({ ame }) => ame !== null)), "marginal effects"],
		[models.some(({ predictions = [] }) => predictions.length > 0), "predictions"],
		[
			models.some(({ family }) => family === "logistic"),
			"Nagelkerke's and Tjur's measures of what a model explains",
		],
	];
	return parts.filter(([holds]) => holds).map(([, what]) => what);
}

/** @throws UserError where a model is measured in a way that the script's language has no command for. */
export function rejectModels({ settings }: ResultSet): void {
	const asked = settings as { standardize?: boolean; equalSystems?: boolean };
	for (const name of ["standardize", "equalSystems"] as const) {
		if (asked[name] !== true) continue;
		throw new UserError(say`the script does not compute models with ${option(name)}`, {
			hint: say`use ${option("emit", "r")}, or leave out ${option(name)}`,
		});
	}
}
