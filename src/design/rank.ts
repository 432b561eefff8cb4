import { sharedWasm } from "../platform/wasm.js";

interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	rank(vectors: number, count: number, size: number, product: number, share: number): number;
}

/** Directions shorter than this, relative to the longest, are rounding errors; R's survey uses the same bound. */
const TOLERANCE = 1e-5;
const NUMBER_BYTES = 8;

export const loadRank = sharedWasm<Exports>("rank.wasm");

/**
 * Rank of row vectors, as in R's `qr(tol = 1e-5)` (src/loops/rank.ts).
 * @param vectors First element unused; `size` components from index 1.
 */
export function rankOf(vectors: readonly Float64Array[], size: number): number {
	const wasm = loadRank();
	const [rows, width] = [ceiling(vectors.length, 4), ceiling(size, 2)];
	wasm.reserve((rows + width) * width * NUMBER_BYTES);
	const components = new Float64Array(wasm.memory.buffer, 0, rows * width).fill(0);
	for (const [row, vector] of vectors.entries()) components.set(vector.subarray(1), row * width);
	return wasm.rank(0, rows, width, rows * width * NUMBER_BYTES, TOLERANCE ** 2);
}

function ceiling(count: number, multiple: number): number {
	return Math.ceil(count / multiple) * multiple;
}
