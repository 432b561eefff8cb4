import { UserError } from "../base/errors.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./rates.js";
import { names } from "./values.js";

export interface MeansSpec extends Omit<RatesSpec, "items" | "yes" | "counts"> {
	/** Keys, variables or columns; absent takes all that the codebook lists. */
	variables?: readonly string[] | undefined;
	/** Between 0 and 1. */
	quantiles?: readonly (string | number)[] | undefined;
}

export interface MeansSettings extends RatesSettings {
	variables: readonly string[];
	quantiles: readonly number[];
}

/** @throws UserError naming the option, the value and what is allowed. */
export function normalizeMeans(spec: MeansSpec = {}): MeansSettings {
	const asked = names(spec.quantiles?.map(String), ["0.25", "0.5", "0.75"]);
	return {
		...normalizeSettings(spec),
		topics: names(spec.topics, []),
		variables: names(spec.variables, []),
		quantiles: asked.map((text) => {
			const q = Number(text);
			if (q > 0 && q < 1) return q;
			throw new UserError(`"${text}" is no quantile between 0 and 1`, { hint: "write 0.5 for the median" });
		}),
	};
}
