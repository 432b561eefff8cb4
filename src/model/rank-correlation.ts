import type { Theta } from "../design/variance.js";

/** A pair of values, and the sums of the weights of the rows that have it. */
export interface ValuePair {
	a: number;
	b: number;
	/** Σ w, then Σ w_r. */
	weights: ArrayLike<number>;
}

/**
 * Spearman's correlation of two numbers, under every weight: Pearson's of their weighted middle ranks, which are made anew
 * from each replicate's weights. The rank of a value is the weight below it and half the weight that has it.
 * @param pairs Each combination of values once.
 * @param width Weights per pair.
 * @returns NaN where one of them does not vary. There is no linearised form, as ranks are no smooth function of totals.
 */
export function rankCorrelationOf(pairs: readonly ValuePair[], width: number): Theta {
	const [a, b] = [places(pairs.map((pair) => pair.a)), places(pairs.map((pair) => pair.b))];
	return Float64Array.from({ length: width }, (_, r) => {
		const weights = pairs.map((pair) => pair.weights[r] as number);
		return weightedCorrelation(ranks(a, weights), ranks(b, weights), weights);
	});
}

/** By row, the place of its value among the distinct values. */
function places(values: readonly number[]): { of: number[]; count: number } {
	const distinct = [...new Set(values)].sort((x, y) => x - y);
	const known = new Map(distinct.map((value, place) => [value, place]));
	return { of: values.map((value) => known.get(value) as number), count: distinct.length };
}

function ranks({ of, count }: ReturnType<typeof places>, weights: readonly number[]): number[] {
	const totals = new Float64Array(count);
	for (const [row, place] of of.entries())
		totals[place] = (totals[place] as number) + (weights[row] as number);
	let below = 0;
	const middle = totals.map((total) => {
		const rank = below + total / 2;
		below += total;
		return rank;
	});
	return of.map((place) => middle[place] as number);
}

function weightedCorrelation(a: readonly number[], b: readonly number[], weights: readonly number[]): number {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const mean = (of: (row: number) => number) =>
		weights.reduce((sum, weight, row) => sum + weight * of(row), 0) / total;
	const [meanA, meanB] = [mean((row) => a[row] as number), mean((row) => b[row] as number)];
	const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
		mean((row) => ((x[row] as number) - mx) * ((y[row] as number) - my));
	const own = product(a, meanA, b, meanB);
	return own / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}
