import * as z from "zod";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { checked } from "./checked.js";
import { choiceOrNull, choices, flag, list, numeric, text } from "./fields.js";
import { type Other, type RatesSpec, ratesShape } from "./rates.js";
import { positive } from "./values.js";

const MISMATCHES = ["base", "population"] as const;
const JOINT_TESTS = ["joint", "wald", "adj-wald"] as const;

/** Settings of a comparison. */
export interface CompareSpec extends RatesSpec {
	/** A breakdown, `country`, `population`, `cycle` or `items` (also `item`). */
	between?: "items" | "country" | "population" | "cycle" | "gender" | Other | undefined;
	/** Compares means of these instead of percentages: keys, variables or columns. */
	variables?: readonly string[] | undefined;
	/** The level that all others are compared with; between countries also `average:oecd` and the like. */
	reference?: string | undefined;
	/** Compares every level with every other, however many there are. */
	pairs?: "all" | undefined;
	/** Compares results of cycles although they differ in these. */
	allowMismatch?: readonly ((typeof MISMATCHES)[number] | Other)[] | undefined;
	/** Also tests trends that the codebooks declare not comparable between cycles. */
	forceTrend?: boolean | undefined;
	/**
	 * Adds a test of all levels at once: `joint` is Rao and Scott's F for percentages and Wald's F for means; percentages
	 * also allow `wald`, and `adj-wald` for few degrees of freedom.
	 */
	test?: (typeof JOINT_TESTS)[number] | undefined;
	/** Adds an equivalence test: the difference is smaller than this many percentage points, or units of a mean. */
	within?: number | string | undefined;
}

/** The question, and options to watch and stop its run. */
export interface CompareOptions extends CompareSpec, RunOptions {}

const schema = once(() => {
	const own = {
		/** Null: between cycles, each a result of its own. */
		between: text().transform((between) => (between === "item" ? "items" : between)),
		variables: list(),
		reference: text(),
		pairs: choiceOrNull(["all"]),
		allowMismatch: choices(MISMATCHES),
		forceTrend: flag(),
		test: choiceOrNull(JOINT_TESTS),
		within: numeric.optional().transform((value) => (value === undefined ? null : positive("within", value))),
	} satisfies Record<Exclude<keyof CompareSpec, keyof RatesSpec>, z.ZodType>;
	return z.strictObject({ ...ratesShape(), ...own });
});

export type CompareSettings = z.output<ReturnType<typeof schema>>;

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeCompare(spec: CompareSpec = {}): CompareSettings {
	return checked(schema(), spec);
}

/** Settings for comparing needs with offer, which are its two topics. */
export interface GapsSpec extends Omit<RatesSpec, "answers"> {}

/** The question, and options to watch and stop its run. */
export interface GapsOptions extends GapsSpec, RunOptions {}

const gapsSchema = once(() => z.strictObject(ratesShape()).omit({ answers: true }));

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeGaps(spec: GapsSpec = {}): CompareSettings {
	return { ...normalizeCompare(), ...checked(gapsSchema(), spec) };
}
