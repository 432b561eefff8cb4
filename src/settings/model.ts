import { UserError } from "../base/errors.js";
import { type ModelFormula, parseModel, termName } from "./formula.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./rates.js";
import { names, oneOf } from "./values.js";

export const MODEL_FAMILIES = ["auto", "linear", "logistic"] as const;

export interface ModelSpec
	extends Omit<
		RatesSpec,
		"topics" | "items" | "counts" | "average" | "averageKind" | "benchmark" | "extras" | "ci" | "protect"
	> {
	/** Items (`activities:coaching`), scales, columns or `types`; several make a model each. */
	outcomes: readonly string[];
	/** Terms such as `gender,age * focus:ict,factor(TT3G10A)`; where there are no models by name. */
	predict?: string | undefined;
	/** `NAME: terms`, each a model beside the others. */
	models?: readonly string[] | undefined;
	family?: string | undefined;
	/** Levels that others are compared with: `gender=male`. */
	reference?: readonly string[] | undefined;
	/** Numbers in standard deviations from their means. */
	standardize?: boolean | undefined;
	/** Adds average marginal effects to logistic models. */
	effects?: boolean | undefined;
	/** Values to predict at: `gender=male,age=under-30`. */
	at?: readonly string[] | undefined;
	/** Each model takes all teachers it can, instead of those that all models have. */
	eachOwn?: boolean | undefined;
	/** Every system counts alike in a model of several. */
	equalSystems?: boolean | undefined;
}

export interface ModelSettings extends RatesSettings {
	outcomes: readonly string[];
	/** One without a name, or several with names of their own. */
	models: readonly ModelFormula[];
	modelFamily: (typeof MODEL_FAMILIES)[number];
	references: readonly { variable: string; level: string }[];
	standardize: boolean;
	effects: boolean;
	/** Values by variable, one list a prediction. */
	at: readonly (readonly { variable: string; value: string }[])[];
	eachOwn: boolean;
	equalSystems: boolean;
}

/**
 * Loose in, strict out.
 * @throws UserError naming the option, the value and what is allowed.
 */
export function normalizeModel(spec: ModelSpec): ModelSettings {
	const { predict, models = [], outcomes, reference, at } = spec;
	const asked = names(outcomes, []);
	if (asked.length === 0) {
		throw new UserError("a model needs an outcome", {
			hint: "say --outcome with an item, a scale or a column",
		});
	}
	if (predict === undefined && models.length === 0) {
		throw new UserError("a model needs predictors", { hint: 'say --predict "gender,age,focus:ict"' });
	}
	if (predict !== undefined && models.length > 0) {
		throw new UserError("--predict and --model exclude each other", {
			hint: 'give each model a name: --model "NAME: terms"',
		});
	}
	return {
		...normalizeSettings({ ...spec, family: undefined, topics: [], items: [] }),
		outcomes: asked,
		models: predict === undefined ? named(models.map(parseModel)) : [parseModel(predict)],
		modelFamily: oneOf("family", spec.family ?? "auto", MODEL_FAMILIES),
		references: names(reference, []).map((text) => {
			const { variable, value } = equation("reference", text, "gender=male");
			return { variable, level: value };
		}),
		standardize: spec.standardize ?? false,
		effects: spec.effects ?? false,
		at: (at ?? []).map((list) => names([list], []).map((text) => equation("at", text, "gender=male"))),
		eachOwn: spec.eachOwn ?? false,
		equalSystems: spec.equalSystems ?? false,
	};
}

/** Models side by side have names, which tell them apart; who gives none gets its terms. */
function named(models: readonly ModelFormula[]): ModelFormula[] {
	const all = models.map(({ name, terms }) => ({ name: name ?? terms.map(termName).join(", "), terms }));
	const twice = all.find(({ name }, place) => all.findIndex((other) => other.name === name) < place);
	if (twice === undefined) return all;
	throw new UserError(`two models are called "${twice.name}"`, { hint: 'write --model "NAME: terms"' });
}

function equation(option: string, text: string, example: string): { variable: string; value: string } {
	const [, variable, value] = /^(.+?)=(.+)$/.exec(text) ?? [];
	if (variable !== undefined && value !== undefined)
		return { variable: variable.trim(), value: value.trim() };
	throw new UserError(`"${text}" is no value of --${option}`, { hint: `write it as ${example}` });
}
