import type { CompiledRows } from "./model-rows.js";

/** Rows whose numbers stay in the nearest cache while all weights take their turn. */
const TILE = 64;

/** What a step of Newton's method needs, by weight: Σ w·x·(y − μ), and Σ w·μ(1 − μ)·x·xᵀ below the diagonal and on it. */
export interface NewtonSums {
	score: Float64Array;
	information: Float64Array;
}

/** Place of an element on or below the diagonal of a symmetric matrix. */
export function triangle(row: number, column: number): number {
	return (row * (row + 1)) / 2 + column;
}

/** Elements on and below the diagonal. */
export function triangleSize(columns: number): number {
	return triangle(columns, 0);
}

/**
 * Sums for Newton's method under some of the weights, each with coefficients of its own: the hot loop of logistic models.
 * @param beta Coefficients of one weight behind those of the other.
 * @param active The weights that are asked for.
 * @returns The same order; zero where a weight is not active.
 */
export function newtonSums(
	{ count, columns, starts, places, entries, outcome, weights, vectors, width }: CompiledRows,
	beta: Float64Array,
	active: readonly number[],
): NewtonSums {
	const size = triangleSize(columns);
	const score = new Float64Array(width * columns);
	const information = new Float64Array(width * size);
	for (let first = 0; first < count; first += TILE) {
		const end = Math.min(count, first + TILE);
		for (const r of active) {
			const own = r * columns;
			const ownSize = r * size;
			for (let row = first; row < end; row++) {
				const weight = weights[(vectors[row] as number) * width + r] as number;
				if (weight === 0) continue;
				const from = starts[row] as number;
				const to = starts[row + 1] as number;
				let eta = 0;
				for (let a = from; a < to; a++) {
					eta += (entries[a] as number) * (beta[own + (places[a] as number)] as number);
				}
				const share = 1 / (1 + Math.exp(-eta));
				const residual = weight * ((outcome[row] as number) - share);
				const spread = weight * share * (1 - share);
				for (let a = from; a < to; a++) {
					const place = places[a] as number;
					const entry = entries[a] as number;
					score[own + place] = (score[own + place] as number) + residual * entry;
					const line = ownSize + triangle(place, 0);
					for (let b = from; b <= a; b++) {
						const at = line + (places[b] as number);
						information[at] = (information[at] as number) + spread * entry * (entries[b] as number);
					}
				}
			}
		}
	}
	return { score, information };
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
	const sign = outcome === 1 ? -eta : eta;
	return sign > 0 ? sign + Math.log1p(Math.exp(-sign)) : Math.log1p(Math.exp(sign));
}
