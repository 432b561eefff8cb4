import type { DeclaredMissing } from "../../read/block.js";
import type { NoAnswers } from "./expression.js";
import { canonicalCode } from "./states.js";

/** A mere list of codes does not say why they are not answers. */
export function omittedCodes(codes: readonly string[]): NoAnswers["codes"] {
	return Object.fromEntries(codes.map((code) => [code, "omitted" as const]));
}

/** A file or the caller says which values are not answers, but not why. */
export function declaredMissing({ values, range }: DeclaredMissing): NoAnswers {
	const codes = omittedCodes(values.map(canonicalCode));
	if (range === null) return { codes };
	const ends = Object.entries(range).filter(([, end]) => Number.isFinite(end));
	return { codes, range: Object.fromEntries(ends) };
}
