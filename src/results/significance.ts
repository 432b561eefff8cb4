import type { Comparison } from "./result-set.js";
import type { Settings } from "./result-settings.js";

const USUAL_LEVEL = 0.95;

/** The p-value used for significance: the adjusted one, if any. */
export function decidingP({ p, pAdjusted }: Comparison): number | null {
	return pAdjusted ?? p;
}

/** The significance level: 0.05 for 95 % intervals. */
export function alphaOf({ level }: Settings): number {
	// 1 − 0.95 is not 0.05 in binary; p-values near it would be judged by the difference.
	return Number((1 - (typeof level === "number" ? level : USUAL_LEVEL)).toFixed(12));
}

/** Null if nothing was tested. */
export function isSignificant(comparison: Comparison, settings: Settings): boolean | null {
	const p = decidingP(comparison);
	return p === null ? null : p < alphaOf(settings);
}

/** Whether p-values are adjusted for multiple comparisons. */
export function isAdjusted({ adjust }: Settings): boolean {
	return typeof adjust === "string" && adjust !== "none";
}
