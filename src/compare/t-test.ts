import { finite } from "../estimate/finite.js";
import type { Comparison } from "../results/result-set.js";
import { tQuantile } from "../stats/quantiles.js";
import { twoSidedP } from "../stats/tails.js";
import type { Difference } from "./difference.js";

/** The numbers of a tested difference. */
type Tested = Pick<Comparison, "difference" | "se" | "ciLow" | "ciHigh" | "t" | "df" | "p">;

/** Result if nothing can be tested. */
export const UNTESTED: Tested = {
	difference: null,
	se: null,
	ciLow: null,
	ciHigh: null,
	t: null,
	df: null,
	p: null,
};

/**
 * t = difference / se with its two-sided p-value and the interval difference ± t·se.
 * @param df A number replaces the difference's own degrees of freedom; may be infinite.
 */
export function testOf(
	{ difference, se, df: own }: Difference,
	level: number,
	df: "design" | number,
): Tested {
	const degrees = df === "design" ? own : df;
	const half = tQuantile(1 - (1 - level) / 2, degrees) * se;
	// Without variance on either side no test is possible.
	const t = se > 0 && degrees > 0 ? difference / se : Number.NaN;
	return {
		difference: finite(difference),
		se: finite(se),
		ciLow: finite(difference - half),
		ciHigh: finite(difference + half),
		t: finite(t),
		df: finite(degrees),
		p: finite(twoSidedP(t, degrees)),
	};
}
