/**
 * The inner loop of tabulation: each row's 1 + R weights, which lie side by side, are added to the sums of the
 * pattern its answers make, two at a time. Every sum is added to in the order of rows, so the result is that of a
 * plain loop to the last digit.
 */

export { reserve } from "./shared/memory";

/** Sets bytes to zero. */
export function clear(at: usize, bytes: i32): void {
	memory.fill(at, 0, bytes);
}

/**
 * @param targets One number a row: which sums it is added to, from 1, or 0 for none.
 * @param weights Row-major, `width` numbers a row.
 * @param sums Where the first sums stand; the others follow.
 */
export function addRows(targets: usize, rows: i32, weights: usize, width: i32, sums: usize): void {
	const bytes = <usize>width << 3;
	const pairs = <usize>(width & ~1) << 3;
	for (let row = 0; row < rows; row++) {
		const number = <usize>load<u32>(targets + (<usize>row << 2));
		if (number != 0) {
			const target = sums + (number - 1) * bytes;
			for (let i: usize = 0; i < pairs; i += 16) {
				v128.store(target + i, f64x2.add(v128.load(target + i), v128.load(weights + i)));
			}
			if (pairs != bytes) store<f64>(target + pairs, load<f64>(target + pairs) + load<f64>(weights + pairs));
		}
		weights += bytes;
	}
}

/**
 * Marks the first row, and each whose replicates are other multiples of its first weight than in the row that was
 * marked last.
 * @param marks One byte a row.
 * @param near How far apart two multiples may be and still be one.
 */
export function markTurns(marks: usize, rows: i32, weights: usize, width: i32, near: f64): void {
	const bytes = <usize>width << 3;
	let marked = weights;
	store<u8>(marks, 1);
	for (let row = 1; row < rows; row++) {
		weights += bytes;
		const turn = !areMultiples(marked, weights, bytes, near);
		if (turn) marked = weights;
		store<u8>(marks + <usize>row, <u8>turn);
	}
}

/** Whether b / b₀ = a / a₀ but for `near`, told without dividing: |b·a₀ − a·b₀| ≤ near·a₀·b₀. */
function areMultiples(a: usize, b: usize, bytes: usize, near: f64): bool {
	const first = load<f64>(a);
	const second = load<f64>(b);
	if (!(first > 0 && second > 0)) return false;
	const bound = f64x2.splat(near * first * second);
	const firsts = f64x2.splat(first);
	const seconds = f64x2.splat(second);
	for (let i: usize = 0; i < bytes; i += 16) {
		// Where the width is odd, the last pair is the one that ends the row.
		const at = min(i, bytes - 16);
		const difference = f64x2.sub(
			f64x2.mul(v128.load(b + at), firsts),
			f64x2.mul(v128.load(a + at), seconds),
		);
		if (v128.any_true(f64x2.gt(f64x2.abs(difference), bound))) return false;
	}
	return true;
}
