import beta from "@stdlib/stats-base-dists-beta-quantile";
import normal from "@stdlib/stats-base-dists-normal-quantile";
import t from "@stdlib/stats-base-dists-t-quantile";

/** Cache of Student's t quantiles by p and whole degrees of freedom, which many figures share. */
const known = new Map<number, Map<number, number>>();

/** Quantile of Student's t; infinite degrees of freedom give the normal distribution. */
export function tQuantile(p: number, df: number): number {
	if (df === Number.POSITIVE_INFINITY) return normal(p, 0, 1);
	return Number.isInteger(df) ? knownQuantile(p, df) : t(p, df);
}

function knownQuantile(p: number, df: number): number {
	let byDf = known.get(p);
	if (byDf === undefined) {
		byDf = new Map();
		known.set(p, byDf);
	}
	let quantile = byDf.get(df);
	if (quantile === undefined) {
		quantile = t(p, df);
		byDf.set(df, quantile);
	}
	return quantile;
}

/** Quantile of the standard normal distribution; accurate to 1e-10 for p from 1e-6 to 1 − 1e-6. */
export function normalQuantile(p: number): number {
	return normal(p, 0, 1);
}

/** Quantile of the beta distribution; a shape of zero puts all the mass at that end. */
export function betaQuantile(p: number, a: number, b: number): number {
	if (a <= 0) return 0;
	return b <= 0 ? 1 : beta(p, a, b);
}
