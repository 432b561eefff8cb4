import type * as z from "zod";
import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { choiceOrNull, flag, text } from "./fields.js";

export const SYNTHESIS_METHODS = ["reml", "dl", "fixed"] as const;
export const SYNTHESIS_TESTS = ["z", "hartung-knapp"] as const;

/** How systems are combined. */
export interface SynthesisSpec {
	/** Random effects (`reml`, `dl`) or one common effect (`fixed`); if absent, systems are not combined. */
	synthesis?: (typeof SYNTHESIS_METHODS)[number] | undefined;
	/** Reference distribution of its intervals; `z` by default. */
	synthesisTest?: (typeof SYNTHESIS_TESTS)[number] | undefined;
	/** Leaves out systems that the publisher flags with a caution. */
	excludeCaution?: boolean | undefined;
	/** An average whose members form one subgroup of the synthesis, and all other systems the second. */
	moderator?: string | undefined;
}

/** Options of a synthesis as part of a question. */
export function synthesisShape() {
	return {
		synthesis: choiceOrNull(SYNTHESIS_METHODS),
		synthesisTest: choiceOrNull(SYNTHESIS_TESTS),
		excludeCaution: flag(),
		moderator: text().transform((name) => name?.toLowerCase() ?? null),
	} satisfies Record<keyof SynthesisSpec, z.ZodType>;
}

/** The synthesis options as part of all settings. */
interface SynthesisOptions {
	synthesis: (typeof SYNTHESIS_METHODS)[number] | null;
	synthesisTest: (typeof SYNTHESIS_TESTS)[number] | null;
	excludeCaution: boolean;
	moderator: string | null;
}

export interface SynthesisSettings {
	method: (typeof SYNTHESIS_METHODS)[number];
	test: (typeof SYNTHESIS_TESTS)[number];
	excludeCaution: boolean;
	moderator: string | null;
}

/**
 * @returns Null where no synthesis is requested.
 * @throws UserError for options of a synthesis that is not requested.
 */
export function synthesisOf(settings: SynthesisOptions): SynthesisSettings | null {
	const { synthesis: method, synthesisTest, excludeCaution, moderator } = settings;
	if (method !== null) return { method, test: synthesisTest ?? "z", excludeCaution, moderator };
	const given = Object.entries({ synthesisTest, moderator, excludeCaution }).find(
		([, value]) => value !== null && value !== false,
	);
	if (given === undefined) return null;
	throw new UserError(say`${option(given[0])} belongs to a synthesis`, {
		code: "option",
		hint: say`say ${option("synthesis")} reml, dl or fixed, too`,
	});
}
