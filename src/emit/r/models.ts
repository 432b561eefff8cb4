import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { Coefficient, Model, Prediction } from "../../results/models.js";
import type { ResultSet } from "../../results/result-set.js";
import type { SynthesisSubject } from "../../results/syntheses.js";
import {
	isFitted,
	type ModelOfSet,
	plannedName,
	termOf,
	termVariables,
	withSets,
} from "../models-of-sets.js";
import { sameGroup } from "./rows.js";
import { dataFrame } from "./table.js";
import { call, number, text, texts } from "./write.js";

/** Recomputes regressions and prints them beside the tool's; null where there are none. */
export function modelsAsR({ models = [], settings }: ResultSet, plans: PlansExplained): string | null {
	const { standardize, equalSystems } = settings as { standardize?: boolean; equalSystems?: boolean };
	const planned = withSets(models, plans).filter(({ model }) =>
		model.coefficients.some(({ estimate }) => estimate !== null),
	);
	if (planned.length === 0) return null;
	const all = planned.flatMap((one, place) => coefficientsOf(one, place));
	const further = planned.flatMap((one, place) => furtherNumbers(one, place, plans));
	const one = standardize === true ? "standardized_coefficient" : "coefficient_of";
	return [
		...(equalSystems === true ? ["# All countries weigh alike in a model of several."] : []),
		`equal_systems <- ${equalSystems === true ? "TRUE" : "FALSE"}`,
		`models <- list(\n${planned.map((one) => modelAsR(one, plans)).join(",\n")}\n)`,
		"fits <- lapply(models, fit_model)",
		"",
		"# What the tool printed of coefficients. Hidden ones are not in it, but they are in the models.",
		`coefficients <- ${dataFrame(columnsOf(all))}`,
		"coefficient_figures <- lapply(seq_len(nrow(coefficients)), function(row) {",
		`  ${one}(fits[[coefficients$model[row]]], coefficients$term[row])`,
		"})",
		COEFFICIENTS,
		...(further.length === 0
			? []
			: [
					"",
					"# How much models explain, tests of terms, average marginal effects, predictions, and whom they are of.",
					"further <- list(",
					`${further.join(",\n")}`,
					")",
					FURTHER,
				]),
	].join("\n");
}

function modelAsR({ model, set }: ModelOfSet, plans: PlansExplained): string {
	const [outcome] = set.variables as [PlannedVariable];
	const terms = model.coefficients.filter(isFitted);
	return [
		"  list(",
		`    outcome = ${text(plannedName(outcome, plans))}, family = ${text(model.family)}, is_share = ${outcome.kind === "answer" ? "TRUE" : "FALSE"},`,
		`    group = ${groupAsR(model.group)},`,
		"    # All models of an outcome are of those who have all of these.",
		`    variables = ${texts(set.variables.map((variable) => plannedName(variable, plans)))},`,
		"    terms = list(",
		terms.map((own) => `      ${text(own.term)} = ${termAsR(own, set, plans)}`).join(",\n"),
		"    )",
		"  )",
	].join("\n");
}

export function groupAsR(group: Readonly<Record<string, string>>): string {
	const entries = Object.entries(group);
	if (entries.length === 0) return "character()";
	return `c(${entries.map(([id, value]) => `${text(id)} = ${text(value)}`).join(", ")})`;
}

/** A term as a function of the values of variables: the product of its parts. */
function termAsR(own: Coefficient, set: PlannedSet, plans: PlansExplained): string {
	const parts = termVariables(own, set).map(({ variable, level }) => {
		const name = text(plannedName(variable, plans));
		return level === null ? `value(${name})` : `(level(${name}) == ${text(level)})`;
	});
	return `function(level, value) ${parts.length === 0 ? "1" : parts.join(" * ")}`;
}

const NUMBERS = {
	estimate: ({ estimate }: Coefficient) => estimate,
	se: ({ se }: Coefficient) => se,
	low: ({ ciLow }: Coefficient) => ciLow,
	high: ({ ciHigh }: Coefficient) => ciHigh,
	t: ({ t }: Coefficient) => t,
	// JSON has no infinity.
	df: ({ df }: Coefficient) => df ?? Number.POSITIVE_INFINITY,
	p: ({ p }: Coefficient) => p,
};

interface Row {
	own: Coefficient;
	model: number;
	label: string;
}

function coefficientsOf({ model }: ModelOfSet, place: number): Row[] {
	const label = [model.name, model.outcome.label, ...Object.values(model.group)].filter(Boolean).join(" ");
	return model.coefficients
		.filter(({ estimate }) => estimate !== null)
		.map((own) => ({ own, model: place + 1, label }));
}

function columnsOf(rows: readonly Row[]) {
	return {
		model: rows.map(({ model }) => model),
		of: rows.map(({ label }) => label),
		term: rows.map(({ own }) => own.term),
		label: rows.map(({ own }) => own.label),
		...Object.fromEntries(
			Object.entries(NUMBERS).map(([name, get]) => [name, rows.map(({ own }) => get(own))]),
		),
		odds_low: rows.map(({ own }) => own.oddsRatio?.ciLow ?? null),
		odds_high: rows.map(({ own }) => own.oddsRatio?.ciHigh ?? null),
	};
}

const COEFFICIENTS = `\
coefficient_numbers <- ${texts(Object.keys(NUMBERS))}
recomputed_coefficients <- as.data.frame(sapply(coefficient_numbers, function(name) vapply(coefficient_figures, function(one) as.numeric(one[[name]]), 0), simplify = FALSE))
is_logistic <- vapply(coefficients$model, function(place) models[[place]]$family == "logistic", TRUE)
recomputed_coefficients$odds_low <- ifelse(is_logistic, exp(recomputed_coefficients$low), NA)
recomputed_coefficients$odds_high <- ifelse(is_logistic, exp(recomputed_coefficients$high), NA)
coefficient_off_by <- largest_of(recomputed_coefficients, coefficients, c(coefficient_numbers, "odds_low", "odds_high"))
print(cbind(coefficients[c("model", "of", "label")], recomputed_coefficients[coefficient_numbers], off_by = coefficient_off_by), digits = 6, row.names = FALSE)
largest <- max(largest, coefficient_off_by)`;

const FURTHER = `\
further_here <- lapply(further, function(one) vapply(one$here[names(one$tool)], as.numeric, 0))
further_off_by <- mapply(function(one, here) max(mapply(apart, here, one$tool)), further, further_here)
further_what <- vapply(further, function(one) one$what, "")
# A table for each kind of numbers.
further_kind <- vapply(further_here, function(here) paste(names(here), collapse = " "), "")
for (kind in unique(further_kind)) {
  own <- which(further_kind == kind)
  shown <- data.frame(what = further_what[own], do.call(rbind, further_here[own]), off_by = further_off_by[own])
  print(shown, digits = 6, row.names = FALSE)
}
largest <- max(largest, further_off_by)`;

const GAUGES = { rSquared: "R2", nagelkerke: "R2 (Nagelkerke)", tjur: "R2 (Tjur)" };

/** Numbers of models beside their coefficients: each with what it is, the tool's numbers, and how R makes them. */
function furtherNumbers({ model, set }: ModelOfSet, place: number, plans: PlansExplained): string[] {
	const fit = `fits[[${place + 1}]]`;
	const row = (what: string, tool: Readonly<Record<string, number | null>>, here: string) =>
		`  list(what = ${text(`model ${place + 1}: ${what}`)}, tool = c(${Object.entries(tool)
			.map(([name, value]) => `${name} = ${number(value)}`)
			.join(", ")}), here = ${here})`;
	const gauges = (["rSquared", "nagelkerke", "tjur"] as const).flatMap((name) => {
		const gauge = model[name];
		if (gauge === undefined || gauge === null) return [];
		const here = `{ found <- of_model(${fit}, explained_by$${name}(${fit})); list(estimate = found$value, se = se_of(found$parts, found$value)) }`;
		return [row(GAUGES[name], { estimate: gauge.estimate, se: gauge.se }, here)];
	});
	const tests = model.tests.flatMap(({ term, F, df1, df2, p }) => {
		const own = model.coefficients.filter((one) => isFitted(one) && termOf(one, set) === term);
		if (F === null || own.length !== df1) return [];
		const infinite = df2 ?? Number.POSITIVE_INFINITY;
		return [
			row(
				`test of ${term}`,
				{ F, df1, df2: infinite, p },
				call("term_test", fit, texts(own.map((one) => one.term))),
			),
		];
	});
	const effects = model.coefficients.flatMap((own) => {
		if (own.ame === null) return [];
		const [part] = termVariables(own, set);
		if (part === undefined) return [];
		const level = part.level === null ? "NA" : text(part.level);
		const { estimate, se, ciLow, ciHigh } = own.ame;
		const here = `{ found <- marginal_effect(${fit}, ${text(own.term)}, ${text(plannedName(part.variable, plans))}, ${level}); tested_statistic(found$value, se_of(found$parts, found$value), ${fit}$df) }`;
		return [row(`effect of ${own.label}`, { estimate, se, low: ciLow, high: ciHigh }, here)];
	});
	const predictions = (model.predictions ?? []).flatMap((one) => {
		if (one.estimate === null) return [];
		const { estimate, se, ciLow, ciHigh } = one;
		const at = Object.entries(one.at).map((given) => given.join("="));
		const here = call("prediction_at", fit, givenAsR(one, set, plans));
		return [row(`at ${at.join(", ")}`, { estimate, se, low: ciLow, high: ciHigh }, here)];
	});
	const whom = row("teachers and schools", { n: model.n, schools: model.schools }, whomOf(model, fit));
	return [...gauges, ...tests, ...effects, ...predictions, whom];
}

function whomOf({ schools }: Model, fit: string): string {
	return schools === null ? `list(n = ${fit}$n, schools = NA)` : fit;
}

function givenAsR({ at }: Prediction, { variables }: PlannedSet, plans: PlansExplained): string {
	const given = Object.entries(at).map(([name, value]) => {
		const variable = variables.find(({ key, item }) =>
			[key, item].some((one) => one.toLowerCase() === name.toLowerCase()),
		) as PlannedVariable;
		const written = variable.kind === "number" ? number(Number(value)) : text(String(value));
		return `${text(plannedName(variable, plans))} = ${written}`;
	});
	return `list(${given.join(", ")})`;
}

/** Places of terms of models in the script's table of coefficients, which syntheses are made from. */
export function coefficientPlaces({
	models = [],
}: ResultSet): (of: SynthesisSubject, system: string) => number {
	const rows = models.flatMap((model) =>
		model.coefficients.filter(({ estimate }) => estimate !== null).map(({ term }) => ({ model, term })),
	);
	return (of, system) =>
		1 +
		rows.findIndex(
			({ model, term }) =>
				term === of.term &&
				model.name === of.model &&
				model.family === of.family &&
				model.outcome.topic === of.topic &&
				model.outcome.item === of.item &&
				sameGroup(model.group, { ...of.group, country: system }),
		);
}
