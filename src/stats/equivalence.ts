import normal from "@stdlib/stats-base-dists-normal-cdf";
import t from "@stdlib/stats-base-dists-t-cdf";

/**
 * Two one-sided tests (Schuirmann 1987): p of the null hypothesis that the difference is at least `within` in either
 * direction. A small p shows that the difference is smaller.
 * @param within In the unit of the difference, above 0.
 * @param df May be infinite.
 * @example equivalenceP(0.4, 1, 77, 5); // 8.1e-6: it is smaller than 5
 */
export function equivalenceP(difference: number, se: number, df: number, within: number): number {
	const tail = (statistic: number) =>
		df === Number.POSITIVE_INFINITY ? normal(statistic, 0, 1) : t(statistic, df);
	return tail((Math.abs(difference) - within) / se);
}
