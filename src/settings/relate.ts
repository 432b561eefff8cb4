import { UserError } from "../base/errors.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./rates.js";
import { names } from "./values.js";

export interface RelateSpec
	extends Omit<
		RatesSpec,
		"topics" | "items" | "counts" | "average" | "averageKind" | "benchmark" | "extras" | "ci" | "protect"
	> {
	/** Scales, numbers and items, each with each other. */
	variables?: readonly string[] | undefined;
	/** Ranks instead of values (Spearman). */
	rank?: boolean | undefined;
	/** Lists of columns whose sum is a scale, `TT3G34A,TT3G34B,-TT3G34C`; a minus stands before what is coded the other way. */
	alpha?: readonly string[] | undefined;
}

/** A column of a scale, and whether it is coded the other way round. */
export interface ScaleColumn {
	name: string;
	isReversed: boolean;
}

export interface RelateSettings extends RatesSettings {
	variables: readonly string[];
	rank: boolean;
	scales: readonly (readonly ScaleColumn[])[];
}

/** @throws UserError naming the option, the value and what is allowed. */
export function normalizeRelate(spec: RelateSpec): RelateSettings {
	const variables = names(spec.variables, []);
	const scales = (spec.alpha ?? []).map(scaleOf);
	if (variables.length === 0 && scales.length === 0) {
		throw new UserError("nothing is said to be related", {
			hint: "say --variables T3SELF,T3JOBSA or --alpha TT3G34A,TT3G34B",
		});
	}
	if (variables.length === 1) {
		throw new UserError(`${variables[0]} is related to nothing`, {
			hint: "name two variables or more, with commas",
		});
	}
	return {
		...normalizeSettings({ ...spec, topics: [], items: [] }),
		variables,
		rank: spec.rank ?? false,
		scales,
	};
}

function scaleOf(text: string): ScaleColumn[] {
	const columns = names([text], []).map((word) => ({
		name: word.replace(/^-/, ""),
		isReversed: word.startsWith("-"),
	}));
	if (columns.length > 1) return columns;
	throw new UserError(`"${text}" is no list of columns for --alpha`, {
		hint: "a scale has two columns or more",
	});
}
