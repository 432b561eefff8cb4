import { sum } from "simple-statistics";

/**
 * A statistic under every weight: element 0 the full sample's value, then one a replicate; for a linearised
 * variance one a sampling unit, the full sample's value plus the unit's influence on it.
 */
export type Theta = Float64Array;

/** How deviations become a variance. A method is a choice of factors and of what deviations start from. */
export interface VarianceForm {
	/** One a replicate or unit. */
	factors: Float64Array;
	/** The full sample's value, the mean of the replicates, or the mean of the unit's stratum. */
	centre: "full-sample" | "replicate-mean" | "stratum-mean";
	/** For `stratum-mean`: stratum of each unit; −1 measures from the full sample's value. */
	strata?: Int32Array;
}

export interface Variance {
	variance: number;
	/** Replicates for which the statistic does not exist; they add nothing and the factors stay (as R does). */
	dropped: number;
}

/**
 * Variance of any statistic: Σ_r factor_r · (θ_r − centre_r)². The only variance formula of the tool.
 * @param theta 1 + R values in the statistic's unit; NaN where a replicate is empty.
 * @returns Variance in the squared unit; NaN where no replicate is left.
 */
export function variance(theta: Theta, form: VarianceForm): Variance {
	const { factors } = form;
	const centreOf = centres(theta, form);
	const squares: number[] = [];
	for (let r = 0; r < factors.length; r++) {
		const deviation = (theta[r + 1] as number) - centreOf(r);
		if (Number.isFinite(deviation)) squares.push((factors[r] as number) * deviation * deviation);
	}
	const dropped = factors.length - squares.length;
	return { variance: squares.length === 0 ? Number.NaN : sum(squares), dropped };
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
		// Influences are summed and not values: they are small and add up to zero.
		sums[stratum] = (sums[stratum] ?? 0) + ((theta[unit + 1] as number) - full);
		sizes[stratum] = (sizes[stratum] ?? 0) + 1;
	}
	return sums.map((total, stratum) => full + total / (sizes[stratum] as number));
}
