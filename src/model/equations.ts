import { sharedWasm } from "../platform/wasm.js";
import { PIVOT_TOLERANCE } from "../stats/linear-algebra.js";

/** The loops over systems of equations (src/loops/solve.ts); addresses are bytes in their memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	solve(size: number, columns: number, width: number, a: number, b: number, tolerance: number): void;
}

const NUMBER_BYTES = 8;

const loadLoops = sharedWasm<Exports>("solve.wasm");

/** A·X = B under `width` weights, A symmetric and positive definite. */
export interface Equations {
	/** Lines and columns of A. */
	size: number;
	/** Columns of B. */
	columns: number;
	width: number;
	/** Aᵢⱼ with i ≥ j under weight r. */
	left(i: number, j: number, r: number): number;
	/** Bᵢⱼ under weight r. */
	right(i: number, j: number, r: number): number;
}

/**
 * Solves them under all weights at once, by Cholesky's decomposition.
 * @returns By line and column of X, its value under each weight; NaN under one whose A is singular, as solveSymmetric
 *   has it.
 * @example
 * const [slope] = solveUnderAll({ size: 1, columns: 1, width: 2, left: () => 2, right: (i, j, r) => r }); // [0, 0.5]
 */
export function solveUnderAll({ size, columns, width, left, right }: Equations): Float64Array[] {
	const loops = loadLoops();
	const padded = width + (width % 2);
	const elements = (size * (size + 1)) / 2;
	const vectors = elements + size * columns;
	loops.reserve(vectors * padded * NUMBER_BYTES);
	const numbers = new Float64Array(loops.memory.buffer, 0, vectors * padded);
	let at = 0;
	for (let i = 0; i < size; i++) {
		for (let j = 0; j <= i; j++) {
			for (let r = 0; r < width; r++) numbers[at + r] = left(i, j, r);
			at += padded;
		}
	}
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < columns; j++) {
			for (let r = 0; r < width; r++) numbers[at + r] = right(i, j, r);
			at += padded;
		}
	}
	const solved = elements * padded;
	loops.solve(size, columns, padded, 0, solved * NUMBER_BYTES, PIVOT_TOLERANCE);
	return Array.from({ length: size * columns }, (_, vector) => {
		const start = solved + vector * padded;
		return numbers.slice(start, start + width);
	});
}
