import beta from "@stdlib/stats-base-dists-beta-quantile";
import normal from "@stdlib/stats-base-dists-normal-quantile";
import t from "@stdlib/stats-base-dists-t-quantile";

/** Quantile of Student's t; infinite degrees of freedom give the normal distribution. */
export function tQuantile(p: number, df: number): number {
	return df === Number.POSITIVE_INFINITY ? normal(p, 0, 1) : t(p, df);
}

/** Quantile of the standard normal distribution; right to 1e-10 for p from 1e-6 to 1 − 1e-6. */
export function normalQuantile(p: number): number {
	return normal(p, 0, 1);
}

/** Quantile of the beta distribution; a shape of zero puts all mass on that end. */
export function betaQuantile(p: number, a: number, b: number): number {
	if (a <= 0) return 0;
	return b <= 0 ? 1 : beta(p, a, b);
}
