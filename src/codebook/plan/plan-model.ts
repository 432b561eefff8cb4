import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import type { Base } from "../../results/result-set.js";
import type { ModelFormula, NamedVariable } from "../../settings/formula.js";
import type { ModelSettings } from "../../settings/model.js";
import type { Codebook } from "../definition/schema.js";
import { type PlannedVariable, PlannedVariables } from "./planned-variables.js";
import { checkBase, type Question } from "./scope.js";

/** A model that is asked for: a name, or none, and its terms by the places of their variables. */
export interface PlannedModel {
	name: string | null;
	terms: readonly (readonly number[])[];
}

/** Models with the same outcome, which are fitted to the same teachers. */
export interface PlannedSet {
	family: "linear" | "logistic";
	/** The outcome first. */
	variables: readonly PlannedVariable[];
	models: readonly PlannedModel[];
	base: Base;
	/** By variable, its reference level; null takes the first that is met. */
	references: readonly (string | null)[];
}

export interface ModelQuestion extends Question {
	sets: readonly PlannedSet[];
}

/**
 * Settings + codebook + header → what is read for models.
 * @throws UserError for unknown variables, levels and bases, an outcome among its predictors, and variables that no teacher
 *   was asked together.
 */
export function planModel(codebook: Codebook, header: Header, settings: ModelSettings): ModelQuestion {
	checkBase(codebook, settings.base);
	const known = new PlannedVariables(codebook, header, settings);
	const sets = settings.outcomes.flatMap((name) => {
		const outcome = known.outcome(name);
		const groups = settings.eachOwn ? settings.models.map((model) => [model]) : [settings.models];
		return groups.map((models) => setOf(outcome, models, known, settings));
	});
	return { ...known.question(settings), sets };
}

function setOf(
	outcome: PlannedVariable,
	models: readonly ModelFormula[],
	known: PlannedVariables,
	settings: ModelSettings,
): PlannedSet {
	const variables = [outcome];
	const placeOf = (named: NamedVariable) => {
		const variable = known.predictor(named);
		if (isSame(variable, outcome)) {
			throw new UserError(`${variable.key} is the outcome, so it cannot be a predictor`, {
				hint: "leave it out of one of them",
			});
		}
		const place = variables.findIndex((other) => other.key === variable.key && other.kind === variable.kind);
		return place >= 0 ? place : variables.push(variable) - 1;
	};
	const planned = models.map(({ name, terms }): PlannedModel => {
		return {
			name,
			terms: distinct(
				terms.map((term) => term.map(placeOf)),
				variables,
			),
		};
	});
	known.checkAsked(variables);
	return {
		family: familyOf(outcome, settings),
		variables,
		models: planned,
		base: known.baseOf(variables),
		references: variables.map((variable) => referenceOf(variable, settings)),
	};
}

/**
 * Terms, each once: one variable may go by several names, such as its item's and its column's.
 * @throws UserError where it is multiplied by itself.
 */
function distinct(terms: readonly (readonly number[])[], variables: readonly PlannedVariable[]): number[][] {
	const known = new Map(terms.map((term) => [[...new Set(term)].sort((a, b) => a - b).join(), [...term]]));
	for (const term of known.values()) {
		const twice = term.find((place, at) => term.indexOf(place) < at);
		if (twice === undefined) continue;
		throw new UserError(`${variables[twice]?.key} is multiplied by itself`, {
			hint: "name different variables on both sides of *",
		});
	}
	return [...known.values()];
}

/** The same column, whatever it is read as. */
function isSame(a: PlannedVariable, b: PlannedVariable): boolean {
	return a.key === b.key || (a.variable !== null && a.variable === b.variable && a.item === b.item);
}

/** @throws UserError where the family does not fit the outcome. */
function familyOf({ kind, key }: PlannedVariable, { modelFamily }: ModelSettings): PlannedSet["family"] {
	if (modelFamily === "auto") return kind === "answer" ? "logistic" : "linear";
	if (modelFamily === "linear" || kind === "answer") return modelFamily;
	throw new UserError(`${key} is a number, so a logistic model does not fit it`, {
		hint: "leave out --family, or name an item",
	});
}

/** @throws UserError where a level is named that the variable does not have. */
function referenceOf(
	{ key, item, kind, values }: PlannedVariable,
	{ references }: ModelSettings,
): string | null {
	const asked = references.find(({ variable }) =>
		[key, item].some((name) => name.toLowerCase() === variable.toLowerCase()),
	);
	if (asked === undefined) return kind === "answer" ? "no" : null;
	const known = kind === "answer" ? ["no", "yes"] : values;
	if (known === null || known.includes(asked.level)) return asked.level;
	throw new UserError(`${key} has no level "${asked.level}"`, {
		hint: didYouMean(asked.level, [...known]),
	});
}
