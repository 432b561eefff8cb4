import type { Estimate } from "../results/result-set.js";
import { tQuantile } from "../stats/quantiles.js";
import { roundedCount } from "./precision.js";

const LEVEL = 0.95;

/**
 * A row whose design effect, and exact interval at 0 and 100 %, are those of as many teachers as its rounded n says. Otherwise
 * n follows from them: it is 1 + deff · p(1 − p) / se², and an exact interval is as wide as n is small.
 */
export function ofRoundedCount(row: Estimate, level: number = LEVEL): Estimate {
	const { n, deff, nEff, estimate, ciMethod } = row;
	if (n === null) return row;
	const rounded = roundedCount(n);
	if (rounded === n) return row;
	if (rounded < 2 || n < 2) return { ...row, deff: null, ...(nEff === undefined ? {} : { nEff: null }) };
	const effect = deff && (deff * (rounded - 1)) / (n - 1);
	return {
		...row,
		deff: effect,
		...(nEff === undefined ? {} : { nEff: effect === null ? null : rounded / effect }),
		...(ciMethod === "exact" && estimate !== null ? exactInterval(row, n, rounded, 1 - level) : {}),
	};
}

/**
 * Clopper and Pearson's end of an interval at 0 or 100 % is (α/2)^(1/n) away from the other end of the scale, n with Korn and
 * Graubard's correction for degrees of freedom (src/estimate/interval.ts): of another n it is a power of that.
 */
function exactInterval({ ciLow, ciHigh }: Estimate, n: number, rounded: number, alpha: number) {
	const t = (rows: number) => tQuantile(1 - alpha / 2, rows - 1);
	const power = (n / rounded) * (t(n) / t(rounded)) ** 2;
	const end = (value: number) => 100 * (value / 100) ** power;
	return {
		ciLow: ciLow && end(ciLow),
		ciHigh: ciHigh === null || ciHigh === 100 ? ciHigh : 100 - end(100 - ciHigh),
	};
}
