import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { Coefficient } from "../../results/models.js";
import { INTERCEPT } from "../../results/models.js";
import type { Comparison, Group, ResultSet } from "../../results/result-set.js";
import {
	isFitted,
	type ModelOfSet,
	plannedName,
	termOf,
	termVariables,
	withSets,
} from "../models-of-sets.js";
import type { Syntax } from "./dialect.js";
import type { Recoded, Recodes } from "./recodes.js";

/** A regression as variables of a script. A difference is one, too: of an outcome on one of two groups, or on nothing. */
export interface Regression {
	about: string;
	family: "linear" | "logistic";
	/** Statements that make the variables. */
	lines: string[];
	outcome: string;
	/** Products of levels and numbers; the intercept is not among them. */
	terms: { name: string; about: string }[];
	/** The variable that is 1 for who is in it. */
	rows: string;
	/** Terms that are tested together. */
	tests: { about: string; terms: string[] }[];
	/** The tool's numbers. */
	figures: string[];
}

/** Syntax of regressions. */
export interface Tools {
	syntax: Syntax;
	recodes: Recodes;
	plans: PlansExplained;
	/** The variable that is 1 for who is counted. */
	counted: string;
}

/** Models that have figures. */
export function modelsAsRegressions({ models = [] }: ResultSet, tools: Tools): Regression[] {
	const known = withSets(models, tools.plans).filter(({ model }) =>
		model.coefficients.some(({ estimate }) => estimate !== null),
	);
	return known.map((one, place) => modelAsRegression(one, place + 1, tools));
}

function modelAsRegression({ model, set }: ModelOfSet, place: number, tools: Tools): Regression {
	const { syntax, plans } = tools;
	const [outcome] = set.variables as [PlannedVariable];
	const read = (variable: PlannedVariable) => recodedOf(plannedName(variable, plans), tools);
	const recoded = new Map(set.variables.map((variable) => [variable, read(variable)]));
	const rows = `m${place}_`;
	const has = [...recoded].map(([{ kind }, own]) => hasValue(own, kind === "answer", tools));
	const y = `o${place}_`;
	const own = recoded.get(outcome) as Recoded;
	const factor = model.family === "linear" && outcome.kind === "answer" ? "100 * " : "";
	const fitted = model.coefficients.filter((one) => isFitted(one) && one.term !== INTERCEPT);
	const terms = fitted.map((one, index) => ({ name: `x${place}_${index + 1}_`, about: one.term }));
	const parts = fitted.flatMap((one, index) =>
		termLines(terms[index]?.name as string, termVariables(one, set), recoded, syntax),
	);
	return {
		about: [model.name, outcome.key, ...Object.values(model.group)].filter(Boolean).join(" "),
		family: model.family,
		lines: [
			...rowLines(rows, [...has, ...groupConditions(model.group, tools)], tools),
			syntax.create(y, `${factor}${own.value ?? own.state}`),
			...parts,
			...zeroElsewhere([y, ...terms.map(({ name }) => name)], rows, syntax),
		],
		outcome: y,
		terms,
		rows,
		tests: model.tests.map(({ term }) => ({
			about: term,
			terms: terms
				.filter((_, index) => termOf(fitted[index] as Coefficient, set) === term)
				.map(({ name }) => name),
		})),
		figures: model.coefficients
			.filter(({ estimate }) => estimate !== null)
			.map(({ term, estimate, se }) => `talis-pd: ${term} ${estimate} (SE ${se ?? "none"})`)
			.concat(`talis-pd: n ${model.n}`),
	};
}

type Part = ReturnType<typeof termVariables>[number];

/** A product of numbers where all levels hold, else 0. */
function termLines(
	name: string,
	parts: readonly Part[],
	recoded: ReadonlyMap<PlannedVariable, Recoded>,
	syntax: Syntax,
): string[] {
	const of = ({ variable }: Part) => recoded.get(variable) as Recoded;
	const numbers = parts.filter(({ level }) => level === null).map((part) => of(part).value as string);
	const levels = parts.filter(({ level }) => level !== null);
	return [
		syntax.create(name, numbers.length === 0 ? "1" : numbers.join(" * ")),
		...levels.map((part) =>
			syntax.assign(name, "0", syntax.not(hasLevel(of(part), part.level as string, syntax))),
		),
	];
}

/** Whether a row has a level of a category, or an answer. */
function hasLevel({ state, value, names, text }: Recoded, level: string, syntax: Syntax): string {
	if (text !== undefined) return syntax.hasCode(text, [level], true);
	if (value === undefined) return syntax.equals(state, level === "yes" ? "1" : "0");
	return syntax.equals(value, String(names === undefined ? level : 1 + names.indexOf(level)));
}

function rowLines(rows: string, conditions: readonly string[], { syntax, counted }: Tools): string[] {
	const all = [syntax.equals(counted, "1"), ...conditions].join(" & ");
	return [syntax.create(rows, "0"), syntax.assign(rows, "1", all)];
}

/** Whether a variable has a value in a row. */
export function hasValue({ state }: Recoded, isAnswer: boolean, { syntax }: Tools): string {
	return isAnswer ? syntax.hasCode(state, ["0", "1"], false) : syntax.equals(state, "1");
}

/** Variables that are numbers for who has all of them, and 0 for others. */
export function numbersLines(
	rows: string,
	variables: readonly { name: string; value: string; holds: string }[],
	group: Group,
	tools: Tools,
): string[] {
	const conditions = [...variables.map(({ holds }) => holds), ...groupConditions(group, tools)];
	return [
		...rowLines(rows, conditions, tools),
		...variables.map(({ name, value }) => tools.syntax.create(name, value)),
		...zeroElsewhere(
			variables.map(({ name }) => name),
			rows,
			tools.syntax,
		),
	];
}

/** Rows without a value would leave the sample, and not only the model. */
function zeroElsewhere(names: readonly string[], rows: string, syntax: Syntax): string[] {
	return names.map((name) => syntax.assign(name, "0", syntax.not(syntax.equals(rows, "1"))));
}

/** The rows of a group. */
function groupConditions(group: Group, { syntax, recodes, plans }: Tools): string[] {
	const plan = plans.plans[0] as Plan;
	return Object.entries(group).flatMap(([id, value]) => {
		const own = plan.groups.find((one) => one.id === id);
		return own === undefined || value === "total" ? [] : [hasLevel(recodes.read(own.of), value, syntax)];
	});
}

function recodedOf(name: string, { recodes }: Tools): Recoded {
	return recodes.read({ is: "named", name });
}

/**
 * Differences within a sample as regressions: between two groups on one of them, between two figures of the same teachers on
 * nothing. Others are no statistics of one sample, or of means.
 * @param names Variables of the plan, by `topic:item`.
 */
export function differencesAsRegressions(
	{ comparisons }: ResultSet,
	names: ReadonlyMap<string, string>,
	tools: Tools,
): Regression[] {
	return comparisons
		.filter((row) => isOfMeans(row))
		.flatMap((row, place) => differenceAsRegression(row, place + 1, names, tools) ?? []);
}

function isOfMeans({ difference, kind, statistic, group }: Comparison): boolean {
	const isOne = group.country === undefined || !/^average:/.test(group.country);
	return difference !== null && kind === "same-sample" && isOne && ["percent", "mean"].includes(statistic);
}

function differenceAsRegression(
	row: Comparison,
	place: number,
	names: ReadonlyMap<string, string>,
	tools: Tools,
): Regression | null {
	const { between, topic, item, statistic, group, label, difference, se } = row;
	const { syntax } = tools;
	const isShare = statistic === "percent";
	const numberOf = ({ state, value }: Recoded) => (isShare ? `100 * ${state}` : (value ?? state));
	const [rows, outcome, x] = [`dm${place}_`, `d${place}_`, `dx${place}_`];
	const about = `${label}, ${between.a} - ${between.b}, ${Object.values(group).join(" ")}`;
	const figures = [`talis-pd: ${difference} (SE ${se ?? "none"})`];
	const shared = { about, family: "linear" as const, outcome, rows, tests: [], figures };
	if (between.variable === "item" || between.variable === "topic") {
		const idOf = (level: string) =>
			between.variable === "topic" ? `${level}:${item}` : level.includes(":") ? level : `${topic}:${level}`;
		const [a, b] = [names.get(idOf(between.a)), names.get(idOf(between.b))];
		// Of other teachers on each side the difference is no mean.
		if (a === undefined || b === undefined || row.a.n !== row.b.n) return null;
		const [one, other] = [recodedOf(a, tools), recodedOf(b, tools)];
		const conditions = [
			hasValue(one, isShare, tools),
			hasValue(other, isShare, tools),
			...groupConditions(group, tools),
		];
		const value = `${numberOf(one)} - ${numberOf(other)}`;
		return {
			...shared,
			lines: [
				...rowLines(rows, conditions, tools),
				syntax.create(outcome, value),
				...zeroElsewhere([outcome], rows, syntax),
			],
			terms: [],
		};
	}
	const own = names.get(`${topic}:${item}`);
	const compared = tools.plans.plans[0]?.groups.find(({ id }) => id === between.variable);
	if (own === undefined || compared === undefined) return null;
	const recoded = recodedOf(own, tools);
	const levels = tools.recodes.read(compared.of);
	const [isA, isB] = [hasLevel(levels, between.a, syntax), hasLevel(levels, between.b, syntax)];
	const conditions = [
		hasValue(recoded, isShare, tools),
		`(${isA} | ${isB})`,
		...groupConditions(group, tools),
	];
	return {
		...shared,
		lines: [
			...rowLines(rows, conditions, tools),
			syntax.create(outcome, numberOf(recoded)),
			syntax.create(x, "0"),
			syntax.assign(x, "1", isA),
			...zeroElsewhere([outcome, x], rows, syntax),
		],
		terms: [{ name: x, about: `${between.a} - ${between.b}` }],
	};
}
