import { normalizeSettings, type RatesSettings, type RatesSpec } from "./rates.js";
import { names, oneOf } from "./values.js";

export const MISMATCHES = ["base", "population"] as const;

export interface CompareSpec extends RatesSpec {
	/** A breakdown, `country`, `population`, `cycle` or `items` (also `item`). */
	between?: string | undefined;
	/** Means of these are compared instead of percentages: keys, variables or columns. */
	variables?: readonly string[] | undefined;
	/** The level all others are compared with; `average:oecd` and the like between countries. */
	reference?: string | undefined;
	pairs?: string | undefined;
	allowMismatch?: readonly string[] | undefined;
	/** Tests also what the codebooks say does not compare between cycles. */
	forceTrend?: boolean | undefined;
}

export interface CompareSettings extends RatesSettings {
	/** Null: between the cycles of several results. */
	between: string | null;
	variables: readonly string[];
	reference: string | null;
	pairs: "all" | null;
	allowMismatch: readonly (typeof MISMATCHES)[number][];
	forceTrend: boolean;
}

/** @throws UserError naming the option, the value and what is allowed. */
export function normalizeCompare(spec: CompareSpec): CompareSettings {
	return {
		...normalizeSettings(spec),
		between: spec.between === "item" ? "items" : (spec.between ?? null),
		variables: names(spec.variables, []),
		reference: spec.reference ?? null,
		pairs: spec.pairs === undefined ? null : oneOf("pairs", spec.pairs, ["all"] as const),
		allowMismatch: names(spec.allowMismatch, []).map((name) => oneOf("allow-mismatch", name, MISMATCHES)),
		forceTrend: spec.forceTrend ?? false,
	};
}

export interface GapsSpec extends Omit<CompareSpec, "between" | "reference" | "pairs"> {}
/** @throws UserError naming the option, the value and what is allowed. */
export function normalizeGaps(spec: GapsSpec = {}): CompareSettings {
	return normalizeCompare(spec);
}
