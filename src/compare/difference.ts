import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { type Combined, combine } from "../estimate/combine.js";

/** A difference a − b with its standard error and degrees of freedom. */
export interface Difference {
	difference: number;
	se: number;
	df: number;
}

/**
 * Difference of two statistics from one sample. It is computed under every weight like any other statistic, so its
 * variance includes the covariance.
 * @param df Degrees of freedom of all rows of the group.
 */
export function sameSample(a: Theta, b: Theta, estimator: Estimator, df: number): Difference {
	const theta = a.map((value, r) => value - (b[r] as number));
	const { variance } = estimator.variance(theta);
	return { difference: theta[0] as number, se: Math.sqrt(variance), df };
}

/** Difference between independent samples: √(se₁² + se₂²). */
export function independent(a: Combined, b: Combined): Difference {
	return fromCombined(
		combine([
			{ ...a, coefficient: 1 },
			{ ...b, coefficient: -1 },
		]),
	);
}

export function fromCombined({ estimate, se, df }: Combined): Difference {
	return { difference: estimate, se, df };
}
