import type { DeclaredMissing } from "../block.js";

/** The 26 missing values that a researcher may give a meaning, as Stata shows them: `.a` to `.z`. */
const EXTENDED = Array.from({ length: 26 }, (_, index) => `.${String.fromCharCode(0x61 + index)}`);

/** What a numeric variable of Stata has for no answer, beside its `.`, which is an empty cell here. */
export const EXTENDED_MISSING: DeclaredMissing = { values: EXTENDED, range: null };

/** A missing value by its rank: `.` is 0, `.a` is 1. */
export function missingText(rank: number): string {
	return EXTENDED[rank - 1] ?? "";
}
