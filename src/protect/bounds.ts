import type { Statistic } from "../results/result-set.js";
import { digitsOf } from "../wording/numbers.js";
import { ROUNDING } from "./precision.js";

export type Bounds = readonly [low: number, high: number];

/** Largest relative error of a number in full precision. */
const EXACT = 1e-9;

const around = (value: number, half: number): Bounds => [value - half, value + half];

/**
 * The bounds of a figure, given its published value.
 * @param more Decimals to which it was rounded beyond those printed; null if it was not rounded.
 */
export function figureBounds(value: number, statistic: Statistic, more: number | null): Bounds {
	if (statistic === "count") return totalBounds(value, more !== null);
	if (more === null) return around(value, EXACT * Math.abs(value));
	const unit = 10 ** -(digitsOf(statistic) + more);
	if (more === 0) return around(value, unit / 2);
	// Further decimals are cut off.
	return [value > 0 ? value : value - unit, value < 0 ? value : value + unit];
}

/** The bounds of a number of teachers in the population. */
export function totalBounds(value: number, rounded: boolean): Bounds {
	if (value === 0) return [0, rounded ? 0.5 : 0];
	const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - (ROUNDING.digits - 1));
	return around(value, rounded ? unit / 2 : EXACT * Math.abs(value));
}

/** The bounds of a number of teachers in the sample. */
export function countBounds(n: number, rounded: boolean): Bounds {
	const half = rounded ? ROUNDING.n / 2 : 0;
	return [Math.max(0, n - half), n + half];
}
