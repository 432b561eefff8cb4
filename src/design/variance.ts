import { sum } from "simple-statistics";

export interface ReplicateVariance {
	variance: number;
	/** Replicates for which the statistic does not exist; they add nothing and the factors stay (as R does). */
	dropped: number;
}

/**
 * Variance of any statistic from its replicates: Σ_r factor_r · (θ_r − θ_0)².
 * This is the only variance formula of the tool; a method is a choice of factors (./method).
 * @param theta R + 1 values in the statistic's unit: the full sample's, then one a replicate; NaN where a
 *   replicate is empty.
 * @param factors R factors.
 * @returns Variance in the squared unit; NaN where no replicate is left.
 */
export function replicateVariance(theta: Float64Array, factors: Float64Array): ReplicateVariance {
	const centre = theta[0] as number;
	const squares: number[] = [];
	for (let r = 0; r < factors.length; r++) {
		const deviation = (theta[r + 1] as number) - centre;
		if (Number.isFinite(deviation)) squares.push((factors[r] as number) * deviation * deviation);
	}
	const dropped = factors.length - squares.length;
	return { variance: squares.length === 0 ? Number.NaN : sum(squares), dropped };
}
