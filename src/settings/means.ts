import { UserError } from "../base/errors.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./rates.js";
import { names, oneOf } from "./values.js";

export interface MeansSpec extends Omit<RatesSpec, "items" | "yes" | "counts"> {
	/** Keys, variables or columns; absent takes all that the codebook lists. */
	variables?: readonly string[] | undefined;
	/** Between 0 and 1. */
	quantiles?: readonly (string | number)[] | undefined;
	/** How quantiles get their standard errors; by default as the design has them. */
	quantileInterval?: string | undefined;
}

export interface MeansSettings extends RatesSettings {
	variables: readonly string[];
	quantiles: readonly number[];
	quantileInterval: QuantileInterval;
}

/**
 * `replicates` works quantiles out under every weight, `woodruff` reads the interval of the distribution function; `auto`
 * does the first, but for jackknife and linearised designs, where it is not consistent.
 */
export const QUANTILE_INTERVALS = ["auto", "replicates", "woodruff"] as const;

export type QuantileInterval = (typeof QUANTILE_INTERVALS)[number];

/** @throws UserError naming the option, the value and what is allowed. */
export function normalizeMeans(spec: MeansSpec = {}): MeansSettings {
	const asked = names(spec.quantiles?.map(String), ["0.25", "0.5", "0.75"]);
	return {
		...normalizeSettings(spec),
		topics: names(spec.topics, []),
		variables: names(spec.variables, []),
		quantileInterval: oneOf("quantile-interval", spec.quantileInterval ?? "auto", QUANTILE_INTERVALS),
		quantiles: asked.map((text) => {
			const q = Number(text);
			if (q > 0 && q < 1) return q;
			throw new UserError(`"${text}" is no quantile between 0 and 1`, { hint: "write 0.5 for the median" });
		}),
	};
}
