import type { CENTRES } from "../codebook/definition/schema.js";
import { covariance, type Theta, type Variance, type VarianceForm, variance } from "./variance.js";

/**
 * Turns totals into statistics under every weight, and those into variances. Totals are vectors of 1 + R sums: Σ w,
 * then Σ w_r by replicate or, for a linearised variance, Σ w by sampling unit.
 */
export interface Estimator {
	/** R, or the number of sampling units. */
	readonly terms: number;
	/** True if the variance is linearised (Taylor): without replicates, an arbitrary statistic cannot be recomputed. */
	readonly linearised: boolean;
	/** True if the variance of quantiles is not consistent, as for the delete-one jackknife and for influences. */
	readonly smoothOnly: boolean;
	/** Σ numerator / Σ denominator; NaN under a weight whose sum is 0. */
	ratio(numerator: Float64Array, denominator: Float64Array): Theta;
	total(values: Float64Array): Theta;
	/** A smooth function of a statistic; linearisation uses the derivative (delta method). */
	transform(theta: Theta, f: (x: number) => number, derivative: (x: number) => number): Theta;
	variance(theta: Theta): Variance;
	/**
	 * An estimator for statistics of a domain.
	 * @param weights Σ w of its rows by sampling unit; computed only if it matters.
	 */
	within(weights: () => Float64Array): Estimator;
}

/** An estimator that also gives covariances of statistics. */
export interface JointEstimator extends Estimator {
	/** Covariance matrix by row. */
	covariance(thetas: readonly Theta[]): number[][];
	within(weights: () => Float64Array): JointEstimator;
}

/** Recomputes the statistic under each replicate. */
export function replicateEstimator(
	factors: Float64Array,
	centre: (typeof CENTRES)[number] = "full-sample",
	smoothOnly = false,
): JointEstimator {
	const form: VarianceForm = { factors, centre };
	const estimator: JointEstimator = {
		terms: factors.length,
		linearised: false,
		smoothOnly,
		ratio: (numerator, denominator) => numerator.map((value, r) => value / (denominator[r] as number)),
		total: (values) => values,
		transform: (theta, f) => theta.map(f),
		variance: (theta) => variance(theta, form),
		covariance: (thetas) => covariance(thetas, form),
		within: () => estimator,
	};
	return estimator;
}

/**
 * Gives each unit its influence on the statistic (Binder 1983; Woodruff 1971): z_u = (a_u − (a/b) b_u) / b for a ratio
 * a/b, the unit's own part for a total.
 * @param domainForm Form of the variance in a domain, from Σ w of its rows in each unit.
 */
export function linearEstimator(
	form: VarianceForm,
	domainForm?: (weights: Float64Array) => VarianceForm,
): JointEstimator {
	const around = (value: number, influence: (unit: number) => number) =>
		Float64Array.from({ length: form.factors.length + 1 }, (_, place) =>
			place === 0 ? value : value + influence(place),
		);
	const estimator: JointEstimator = {
		terms: form.factors.length,
		linearised: true,
		smoothOnly: true,
		ratio(numerator, denominator) {
			const whole = denominator[0] as number;
			const value = (numerator[0] as number) / whole;
			return around(value, (u) => ((numerator[u] as number) - value * (denominator[u] as number)) / whole);
		},
		total: (values) => around(values[0] as number, (unit) => values[unit] as number),
		transform(theta, f, derivative) {
			const value = theta[0] as number;
			const slope = derivative(value);
			return around(f(value), (unit) => slope * ((theta[unit] as number) - value));
		},
		// Units are not replicates: a statistic without influences has no variance, and no unit is dropped.
		variance: (theta) => ({ ...variance(theta, form), dropped: 0 }),
		covariance: (thetas) => covariance(thetas, form),
		within: (weights) =>
			domainForm === undefined ? estimator : linearEstimator(domainForm(weights()), domainForm),
	};
	return estimator;
}
