import normal from "@stdlib/stats-base-dists-normal-cdf";
import t from "@stdlib/stats-base-dists-t-cdf";

/** Two-sided p-value of a t statistic; infinite degrees of freedom give the normal distribution. */
export function twoSidedP(statistic: number, df: number): number {
	const tail = -Math.abs(statistic);
	return Math.min(1, 2 * (df === Number.POSITIVE_INFINITY ? normal(tail, 0, 1) : t(tail, df)));
}
