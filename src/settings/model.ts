import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import type { OwnSettings } from "../results/result-settings.js";
import { checked } from "./checked.js";
import { choice, flag, list, whole } from "./fields.js";
import { type ModelFormula, parseModel, termName } from "./formula.js";
import { normalizeSettings, type RatesSettings, type RatesSpec, ratesShape } from "./rates.js";
import { names, noValue } from "./values.js";

export const MODEL_FAMILIES = ["auto", "linear", "logistic"] as const;

/** Settings that apply only to percentages. */
export const NOT_OF_MODELS = {
	topics: true,
	items: true,
	answers: true,
	counts: true,
	average: true,
	averageKind: true,
	benchmark: true,
	extras: true,
	ci: true,
	family: true,
} as const;

/** Settings of regressions. */
export interface ModelSpec extends Omit<RatesSpec, keyof typeof NOT_OF_MODELS> {
	/** Items (`activities:coaching`), scales, columns or `types`; each gets a model of its own. */
	outcomes: readonly string[];
	/** Terms such as `gender,age * focus:ict,factor(TT3G10A)`; use either this or `models`. */
	predict?: string | undefined;
	/** `NAME: terms` for each of several models shown side by side. */
	models?: readonly string[] | undefined;
	/** `auto`: logistic for items, linear for numbers. */
	family?: (typeof MODEL_FAMILIES)[number] | undefined;
	/** Reference levels of factors: `gender=male`. */
	reference?: readonly string[] | undefined;
	/** Standardizes numbers: deviations from the mean, in standard deviations. */
	standardize?: boolean | undefined;
	/** Adds average marginal effects to logistic models. */
	effects?: boolean | undefined;
	/** Values to predict at: `gender=male,age=under-30`. */
	at?: readonly string[] | undefined;
	/** Fits each model to all teachers with complete data for it, instead of those complete for all models. */
	eachOwn?: boolean | undefined;
	/** Gives every system the same total weight in a model that pools them. */
	equalSystems?: boolean | undefined;
}

/** The question, and options to watch and stop its run. */
export interface ModelOptions extends ModelSpec, RunOptions {}

const schema = once(() => {
	const own = {
		outcomes: list(),
		predict: z.string().optional(),
		models: whole(),
		family: choice(MODEL_FAMILIES),
		reference: list(),
		standardize: flag(),
		effects: flag(),
		at: whole(),
		eachOwn: flag(),
		equalSystems: flag(),
	} satisfies Record<Exclude<keyof ModelSpec, Exclude<keyof RatesSpec, "family">>, z.ZodType>;
	return z.strictObject(ratesShape()).omit(NOT_OF_MODELS).extend(own);
});

export interface ModelSettings extends RatesSettings, Omit<OwnSettings["model"], "models" | "modelFamily"> {
	/** A single model without a name, or several with distinct names. */
	models: readonly ModelFormula[];
	modelFamily: (typeof MODEL_FAMILIES)[number];
}

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeModel(spec: ModelSpec): ModelSettings {
	const { predict, models, family, reference, at, ...asked } = checked(schema(), spec);
	if (asked.outcomes.length === 0) {
		throw new UserError("a model needs an outcome", {
			code: "option",
			hint: say`say ${option("outcomes")} with an item, a scale or a column`,
		});
	}
	if (predict === undefined && models.length === 0) {
		throw new UserError("a model needs predictors", {
			code: "option",
			hint: say`say ${option("predict")} "gender,age,focus:ict"`,
		});
	}
	if (predict !== undefined && models.length > 0) {
		throw new UserError(say`${option("predict")} and ${option("models")} exclude each other`, {
			code: "option",
			hint: say`give each model a name: ${option("models")} "NAME: terms"`,
		});
	}
	return {
		...normalizeSettings(),
		...asked,
		models: predict === undefined ? named(models.map(parseModel)) : [parseModel(predict)],
		modelFamily: family,
		references: reference.map((text) => {
			const { variable, value } = equation("reference", text, "gender=male");
			return { variable, level: value };
		}),
		at: at.map((list) => names([list]).map((text) => equation("at", text, "gender=male"))),
	};
}

/** Names distinguish models side by side; a model without one is named after its terms. */
function named(models: readonly ModelFormula[]): ModelFormula[] {
	const all = models.map(({ name, terms }) => ({ name: name ?? terms.map(termName).join(", "), terms }));
	const twice = all.find(({ name }, place) => all.findIndex((other) => other.name === name) < place);
	if (twice === undefined) return all;
	throw new UserError(`two models are called "${twice.name}"`, {
		code: "option",
		hint: say`write ${option("models")} "NAME: terms"`,
	});
}

function equation(name: string, text: string, example: string): { variable: string; value: string } {
	const [, variable, value] = /^(.+?)=(.+)$/.exec(text) ?? [];
	if (variable !== undefined && value !== undefined)
		return { variable: variable.trim(), value: value.trim() };
	throw noValue(name, `"${text}"`, `write it as ${example}`);
}
