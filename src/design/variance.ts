import { sum } from "simple-statistics";

/**
 * A statistic under every weight: element 0 is the full-sample value, followed by one value per replicate. For a
 * linearised variance, one per sampling unit: the full-sample value plus the unit's influence.
 */
export type Theta = Float64Array;

/** How deviations become a variance. A method chooses factors and the centre of deviations. */
export interface VarianceForm {
	/** One per replicate or unit. */
	factors: Float64Array;
	/** The full-sample value, the mean of the replicates, or the mean of the unit's stratum. */
	centre: "full-sample" | "replicate-mean" | "stratum-mean";
	/** For `stratum-mean`: the stratum of each unit; −1 measures from the full-sample value. */
	strata?: Int32Array;
}

export interface Variance {
	variance: number;
	/** Replicates in which the statistic does not exist. They add nothing, and the factors stay unchanged (as in R). */
	dropped: number;
}

/**
 * Variance of any statistic: Σ_r factor_r · (θ_r − centre_r)². The only variance formula of the tool.
 * @param theta 1 + R values in the statistic's unit; NaN for an empty replicate.
 * @returns Variance in the squared unit; NaN if no replicate is left.
 */
export function variance(theta: Theta, form: VarianceForm): Variance {
	const { factors } = form;
	const squares: number[] = [];
	for (const [r, deviation] of deviations(theta, form).entries()) {
		if (Number.isFinite(deviation)) squares.push((factors[r] as number) * deviation * deviation);
	}
	const dropped = factors.length - squares.length;
	return { variance: squares.length === 0 ? Number.NaN : sum(squares), dropped };
}

/**
 * Covariance matrix of statistics by the same formula: Σ_r factor_r · (a_r − centre) · (b_r − centre).
 * @returns By row; NaN throughout if no replicate has all statistics. A replicate that lacks any statistic is left out
 * of all.
 */
export function covariance(thetas: readonly Theta[], form: VarianceForm): number[][] {
	const { factors } = form;
	const apart = thetas.map((theta) => deviations(theta, form));
	const complete = [...factors.keys()].filter((r) => apart.every((own) => Number.isFinite(own[r])));
	const products = (a: Float64Array, b: Float64Array) =>
		complete.map((r) => (factors[r] as number) * (a[r] as number) * (b[r] as number));
	const matrix = apart.map(() => new Array<number>(apart.length).fill(Number.NaN));
	if (complete.length === 0) return matrix;
	for (const [row, a] of apart.entries()) {
		for (let column = 0; column <= row; column++) {
			const value = sum(products(a, apart[column] as Float64Array));
			(matrix[row] as number[])[column] = value;
			(matrix[column] as number[])[row] = value;
		}
	}
	return matrix;
}

/** θ_r − centre_r, one per replicate or unit; NaN if the statistic does not exist. */
function deviations(theta: Theta, form: VarianceForm): Float64Array {
	const centreOf = centres(theta, form);
	return Float64Array.from(form.factors, (_, r) => (theta[r + 1] as number) - centreOf(r));
}

function centres(theta: Theta, { factors, centre, strata }: VarianceForm): (r: number) => number {
	const full = theta[0] as number;
	if (centre === "full-sample") return () => full;
	if (centre === "replicate-mean") {
		const values = [...theta.subarray(1)].filter(
			(value, r) => Number.isFinite(value) && (factors[r] as number) > 0,
		);
		const mean = sum(values) / values.length;
		return () => mean;
	}
	const means = stratumMeans(theta, strata as Int32Array);
	return (unit) => means[(strata as Int32Array)[unit] as number] ?? full;
}

function stratumMeans(theta: Theta, strata: Int32Array): number[] {
	const full = theta[0] as number;
	const sums: number[] = [];
	const sizes: number[] = [];
	for (const [unit, stratum] of strata.entries()) {
		if (stratum < 0) continue;
		// Sums influences rather than values: they are small and add up to zero.
		sums[stratum] = (sums[stratum] ?? 0) + ((theta[unit + 1] as number) - full);
		sizes[stratum] = (sizes[stratum] ?? 0) + 1;
	}
	return sums.map((total, stratum) => full + total / (sizes[stratum] as number));
}
