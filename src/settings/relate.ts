import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { checked } from "./checked.js";
import { flag, list, whole } from "./fields.js";
import { NOT_OF_MODELS } from "./model.js";
import { normalizeSettings, type RatesSettings, type RatesSpec, ratesShape } from "./rates.js";
import { names } from "./values.js";

/** Settings that apply neither to models nor to the estimates of a synthesis. */
const NOT_OF_RELATIONS = {
	...NOT_OF_MODELS,
	adjust: true,
	synthesis: true,
	synthesisTest: true,
	excludeCaution: true,
	moderator: true,
} as const;

/** Settings of correlations and scales; at least one of the two is required. */
export interface RelateSpec extends Omit<RatesSpec, keyof typeof NOT_OF_RELATIONS> {
	/** Scales, numbers and items to correlate pairwise. */
	variables?: readonly string[] | undefined;
	/** Ranks instead of values (Spearman). */
	rank?: boolean | undefined;
	/** Columns that add up to a scale, one text per scale; a minus marks a reverse-coded column: `A,B,-C`. */
	alpha?: readonly string[] | undefined;
}

/** The question, and options to watch and stop its run. */
export interface RelateOptions extends RelateSpec, RunOptions {}

const schema = once(() => {
	const own = {
		variables: list(),
		rank: flag(),
		alpha: whole().transform((scales) => scales.map(scaleOf)),
	} satisfies Record<Exclude<keyof RelateSpec, keyof RatesSpec>, z.ZodType>;
	return z.strictObject(ratesShape()).omit(NOT_OF_RELATIONS).extend(own);
});

/** A column of a scale, and whether it is reverse-coded. */
export interface ScaleColumn {
	name: string;
	isReversed: boolean;
}

export interface RelateSettings extends RatesSettings {
	variables: readonly string[];
	rank: boolean;
	scales: readonly (readonly ScaleColumn[])[];
}

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeRelate(spec: RelateSpec): RelateSettings {
	const { alpha: scales, ...asked } = checked(schema(), spec);
	const { variables } = asked;
	if (variables.length === 0 && scales.length === 0) {
		throw new UserError("no variables are named", {
			code: "option",
			hint: say`say ${option("variables")} T3SELF,T3JOBSA or ${option("alpha")} TT3G34A,TT3G34B`,
		});
	}
	if (variables.length === 1) {
		throw new UserError(`${variables[0]} has nothing to be correlated with`, {
			code: "option",
			hint: "name two variables or more",
		});
	}
	return { ...normalizeSettings(), ...asked, scales };
}

function scaleOf(text: string): ScaleColumn[] {
	const columns = names([text]).map((word) => ({
		name: word.replace(/^-/, ""),
		isReversed: word.startsWith("-"),
	}));
	if (columns.length > 1) return columns;
	throw new UserError(say`"${text}" is not a scale for ${option("alpha")}`, {
		code: "option",
		hint: "a scale has two columns or more, with commas between them",
	});
}
