import { Matrix, symmetric } from "../stats/linear-algebra.js";
import type { CompiledRows } from "./model-rows.js";

/** What a step of Newton's method needs under one weight: Σ w·x·(y − μ), and Σ w·μ(1 − μ)·x·xᵀ. */
export interface NewtonSums {
	score: Matrix;
	information: Matrix;
}

/**
 * Sums for Newton's method under one weight.
 * @param beta One per column.
 * @param r The weight's number.
 */
export function newtonSums(
	{ count, columns, starts, places, entries, outcome, weights, vectors, width }: CompiledRows,
	beta: ArrayLike<number>,
	r: number,
): NewtonSums {
	const score = new Float64Array(columns);
	// Below the diagonal and on it, line by line.
	const information = new Float64Array(triangle(columns, 0));
	for (let row = 0; row < count; row++) {
		const weight = weights[(vectors[row] as number) * width + r] as number;
		if (weight === 0) continue;
		const [from, to] = [starts[row] as number, starts[row + 1] as number];
		let eta = 0;
		for (let a = from; a < to; a++) {
			eta += (entries[a] as number) * (beta[places[a] as number] as number);
		}
		const share = logistic(eta);
		const residual = weight * ((outcome[row] as number) - share);
		const spread = weight * share * (1 - share);
		for (let a = from; a < to; a++) {
			const place = places[a] as number;
			const entry = entries[a] as number;
			score[place] = (score[place] as number) + residual * entry;
			for (let b = from; b <= a; b++) {
				const at = triangle(place, places[b] as number);
				information[at] = (information[at] as number) + spread * entry * (entries[b] as number);
			}
		}
	}
	return {
		score: Matrix.columnVector([...score]),
		information: symmetric(columns, (i, j) => information[triangle(i, j)] as number),
	};
}

/** Place of an element on or below the diagonal of a symmetric matrix. */
function triangle(row: number, column: number): number {
	return (row * (row + 1)) / 2 + column;
}

/** x·β of a row. */
export function linearPredictor(
	{ starts, places, entries }: CompiledRows,
	row: number,
	beta: ArrayLike<number>,
): number {
	let eta = 0;
	for (let a = starts[row] as number; a < (starts[row + 1] as number); a++) {
		eta += (entries[a] as number) * (beta[places[a] as number] as number);
	}
	return eta;
}

/** μ = 1 / (1 + e^−η). */
export function logistic(eta: number): number {
	return 1 / (1 + Math.exp(-eta));
}

/** −log-likelihood of an outcome of 0 or 1, without overflow. */
export function loss(outcome: number, eta: number): number {
	return Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - outcome * eta;
}
