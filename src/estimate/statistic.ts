import { FIRST_COUNT, NO, YES } from "../codebook/coding.js";
import type { Margin } from "./margin.js";

/** A statistic under every weight: element 0 the full sample's value, then one a replicate. */
export type Theta = Float64Array;

/** Share (0–1) of yes among yes and no: Σ w_r(yes) / Σ w_r(yes or no). NaN where a weight is empty. */
export function shareOf({ sums }: Margin): Theta {
	const yes = sums[YES] as Float64Array;
	const no = sums[NO] as Float64Array;
	return yes.map((weight, r) => weight / (weight + (no[r] as number)));
}

/** Number of teachers who say yes: Σ w_r(yes). */
export function countOf({ sums }: Margin): Theta {
	return sums[YES] as Float64Array;
}

/** Mean of a count, in its own unit: Σ w_r k / Σ w_r. NaN where a weight is empty. */
export function meanOf({ sums }: Margin): Theta {
	const width = (sums[0] as Float64Array).length;
	return Float64Array.from({ length: width }, (_, r) => {
		let weight = 0;
		let total = 0;
		for (let state = FIRST_COUNT; state < sums.length; state++) {
			const w = (sums[state] as Float64Array)[r] as number;
			weight += w;
			total += w * (state - FIRST_COUNT);
		}
		return total / weight;
	});
}

/** Variance of a count between teachers, as a simple random sample would have it: Σw(k−m)²/Σw · n/(n−1). */
export function elementVariance({ rows, sums }: Margin, mean: number): number {
	let weight = 0;
	let squares = 0;
	let n = 0;
	for (let state = FIRST_COUNT; state < sums.length; state++) {
		const w = (sums[state] as Float64Array)[0] as number;
		weight += w;
		squares += w * (state - FIRST_COUNT - mean) ** 2;
		n += rows[state] as number;
	}
	return (squares / weight) * (n / (n - 1));
}
