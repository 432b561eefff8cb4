import type { Estimator } from "../design/estimator.js";
import type { IntervalMethod } from "../results/result-set.js";
import { tQuantile } from "../stats/quantiles.js";
import { type Distribution, quantileUnder, shareUpTo } from "./statistic.js";

/**
 * Woodruff's interval of a quantile (Woodruff 1952): the interval of the distribution function at the quantile, mapped
 * back through that function. The standard error is that of a Wald interval of the same width.
 *
 * As R's svyquantile(interval.type = "mean"), with `ci: "xlogit"` as its "xlogit".
 * @param quantile The full-sample quantile, in the variable's own unit; so are the results.
 * @param options `level` such as 0.95; df may be infinite.
 */
export function woodruffInterval(
	distribution: Distribution,
	quantile: number,
	{ estimator, df, level, ci }: { estimator: Estimator; df: number; level: number; ci: IntervalMethod },
): { low: number; high: number; se: number } {
	const theta = shareUpTo(distribution, quantile, estimator);
	const t = tQuantile(1 - (1 - level) / 2, df);
	const share = theta[0] as number;
	const half = t * Math.sqrt(estimator.variance(theta).variance);
	const [from, to] = ci === "xlogit" ? onLogits(share, half) : [share - half, share + half];
	const low = quantileUnder(distribution, from, 0);
	const high = quantileUnder(distribution, to, 0);
	return { low, high, se: (high - low) / (2 * t) };
}

function onLogits(share: number, half: number): [number, number] {
	if (share <= 0 || share >= 1) return [share, share];
	const centre = Math.log(share / (1 - share));
	const width = half / (share * (1 - share));
	const back = (x: number) => 1 / (1 + Math.exp(-x));
	return [back(centre - width), back(centre + width)];
}
