import { UserError } from "../base/errors.js";
import { oneOf } from "./values.js";

export const SYNTHESIS_METHODS = ["reml", "dl", "fixed"] as const;
export const SYNTHESIS_TESTS = ["z", "hartung-knapp"] as const;

export interface SynthesisSpec {
	/** Puts the systems together: reml, dl or fixed. */
	synthesis?: string | undefined;
	/** Quantiles of its intervals: z or hartung-knapp. */
	synthesisTest?: string | undefined;
	/** Leaves out systems that the publisher marks with a caution. */
	excludeCaution?: boolean | undefined;
	/** An average whose members are put together by themselves, and all others by themselves. */
	moderator?: string | undefined;
}

export interface SynthesisSettings {
	method: (typeof SYNTHESIS_METHODS)[number];
	test: (typeof SYNTHESIS_TESTS)[number];
	excludeCaution: boolean;
	moderator: string | null;
}

/**
 * @returns Null where no synthesis is asked for.
 * @throws UserError naming the option, the value and what is allowed.
 */
export function normalizeSynthesis(spec: SynthesisSpec): SynthesisSettings | null {
	const { synthesis, synthesisTest, excludeCaution = false, moderator } = spec;
	if (synthesis === undefined) {
		const given = Object.entries({ "synthesis-test": synthesisTest, moderator }).find(
			([, value]) => value !== undefined,
		);
		const option = given?.[0] ?? (excludeCaution ? "exclude-caution" : undefined);
		if (option === undefined) return null;
		throw new UserError(`--${option} belongs to a synthesis`, {
			hint: "say --synthesis reml, dl or fixed, too",
		});
	}
	return {
		method: oneOf("synthesis", synthesis, SYNTHESIS_METHODS),
		test: oneOf("synthesis-test", synthesisTest ?? "z", SYNTHESIS_TESTS),
		excludeCaution,
		moderator: moderator?.toLowerCase() ?? null,
	};
}
