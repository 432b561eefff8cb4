import type { JointEstimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { Matrix, quadraticForm } from "../stats/linear-algebra.js";
import { tQuantile } from "../stats/quantiles.js";
import { twoSidedP } from "../stats/tails.js";
import { fTail } from "../stats/upper-tails.js";

/** A number with its standard error, interval and test against zero; NaN where it has no error. */
export interface Tested {
	estimate: number;
	se: number;
	ciLow: number;
	ciHigh: number;
	t: number;
	p: number;
}

/**
 * A statistic beside its standard error, with the interval estimate ± t·se.
 * @param df Degrees of freedom, above 0; may be infinite.
 * @param level Such as 0.95.
 */
export function tested(theta: Theta, estimator: JointEstimator, df: number, level: number): Tested {
	const estimate = theta[0] as number;
	const se = Math.sqrt(estimator.variance(theta).variance);
	const reach = tQuantile((1 + level) / 2, df) * se;
	const t = estimate / se;
	return { estimate, se, ciLow: estimate - reach, ciHigh: estimate + reach, t, p: twoSidedP(t, df) };
}

/** A joint test of several statistics. */
export interface JointTest {
	F: number;
	df1: number;
	df2: number;
	p: number;
}

/**
 * Wald's test that all of some statistics are zero: F = θᵀ·V⁻¹·θ / q, as R's `regTermTest`.
 * @param df2 Degrees of freedom of the error; may be infinite.
 * @returns NaN in F and p where the covariance matrix is singular.
 */
export function waldTest(thetas: readonly Theta[], estimator: JointEstimator, df2: number): JointTest {
	const df1 = thetas.length;
	const statistics = thetas.map((theta) => theta[0] as number);
	const F = quadraticForm(new Matrix(estimator.covariance(thetas)), statistics) / df1;
	return { F, df1, df2, p: fTail(F, df1, df2) };
}

/** Degrees of freedom of a model: those of its design plus 1, minus the number of coefficients (as R's svyglm). */
export function modelDf(designDf: number, coefficients: number): number {
	return designDf + 1 - coefficients;
}
