import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { checked } from "./checked.js";
import { choice, list, numeric } from "./fields.js";
import { normalizeSettings, type RatesSettings, type RatesSpec, ratesShape } from "./rates.js";
import { names } from "./values.js";

/** Settings that apply only to percentages. */
const NOT_OF_MEANS = { items: true, yes: true, answers: true, counts: true, benchmark: true } as const;

/** Settings of means. */
export interface MeansSpec extends Omit<RatesSpec, keyof typeof NOT_OF_MEANS> {
	/** Keys, variables or columns; if absent, all that the codebook lists. */
	variables?: readonly string[] | undefined;
	/** Probabilities between 0 and 1; the quartiles by default. */
	quantiles?: readonly (string | number)[] | undefined;
	/** How to estimate the standard errors of quantiles; by default the design decides. */
	quantileInterval?: QuantileInterval | undefined;
	/**
	 * Ratios of sums such as `TT3G11A/TT3G11B`; an item may take part, with 1 for yes. Then means are computed only of
	 * named variables.
	 */
	ratios?: readonly string[] | undefined;
}

/** The question, and options to watch and stop its run. */
export interface MeansOptions extends MeansSpec, RunOptions {}

const schema = once(() => {
	const own = {
		variables: list(),
		ratios: list().transform((texts) => texts.map(ratioNames)),
		quantileInterval: choice(QUANTILE_INTERVALS),
		quantiles: z.array(numeric).optional().transform(quantilesOf),
	} satisfies Record<Exclude<keyof MeansSpec, keyof RatesSpec>, z.ZodType>;
	return z.strictObject(ratesShape()).omit(NOT_OF_MEANS).extend(own);
});

export interface MeansSettings extends RatesSettings {
	variables: readonly string[];
	quantiles: readonly number[];
	quantileInterval: QuantileInterval;
	/** Numerator and denominator. */
	ratios: readonly (readonly [string, string])[];
}

/**
 * `replicates` recomputes quantiles under every weight; `woodruff` inverts the interval of the distribution function.
 * `auto` means `replicates`, except for jackknife and linearised designs, where it is not consistent.
 */
const QUANTILE_INTERVALS = ["auto", "replicates", "woodruff"] as const;

export type QuantileInterval = (typeof QUANTILE_INTERVALS)[number];

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeMeans(spec: MeansSpec = {}): MeansSettings {
	const settings = checked(schema(), spec);
	if (settings.ratios.length > 0 && settings.protect) {
		throw new UserError(say`${option("ratios")} cannot be protected: protection does not cover ratios`, {
			code: "option",
			hint: say`leave out ${option("protect")}, or ${option("ratios")}`,
		});
	}
	return { ...normalizeSettings(), ...settings };
}

function ratioNames(text: string): [string, string] {
	const [a = "", b = "", ...others] = text.split("/").map((part) => part.trim());
	if (a !== "" && b !== "" && others.length === 0) return [a, b];
	throw new UserError(`"${text}" is not a ratio of two variables`, {
		code: "option",
		hint: say`write ${option("ratios", "TT3G11A/TT3G11B")}`,
	});
}

function quantilesOf(asked: readonly (string | number)[] | undefined): number[] {
	return names(asked?.map(String), ["0.25", "0.5", "0.75"]).map((text) => {
		const q = Number(text);
		if (q > 0 && q < 1) return q;
		throw new UserError(`"${text}" is not a quantile between 0 and 1`, {
			code: "option",
			hint: "write 0.5 for the median",
		});
	});
}
