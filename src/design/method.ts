import type { DesignSummary } from "../results.js";

/**
 * How a set of replicate weights measures variance; each method carries exactly its own parameters.
 * The variance of a statistic θ is Σ_r factor_r · (θ_r − centre)².
 */
export type VarianceMethod = { kind: "fay-brr"; fay: number };

/**
 * Factor of each of R replicates in the sum of squared deviations.
 * Fay-BRR: 1 / (R (1 − k)²), 0.04 for TALIS's 100 replicates with k = 0.5 (Judkins 1990; OECD's TALIS
 * technical reports).
 */
export function replicateFactors(method: VarianceMethod, replicates: number): Float64Array {
	const factor = 1 / (replicates * (1 - method.fay) ** 2);
	return new Float64Array(replicates).fill(factor);
}

/** Weight columns of a file and what they mean. */
export interface Design {
	method: VarianceMethod;
	weight: string;
	/** Header places: the weight, then the replicates 1…R. */
	columns: readonly number[];
	replicates: number;
}

export function describeDesign({ method, weight, replicates }: Design): DesignSummary {
	return { weight, method: method.kind, replicates, fay: method.fay, centre: "full-sample" };
}
