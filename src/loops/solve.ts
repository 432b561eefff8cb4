/**
 * The systems of equations of linear models, one under each weight: A·X = B with the same size and so many columns in B.
 * Vectors have one number per weight and are padded to `width`, an even number.
 */

export { reserve } from "./shared/memory";

/**
 * Solves for X by Cholesky's decomposition A = L·Lᵀ. Under a weight whose A is singular, X is NaN.
 * @param a Vectors of the elements on and below the diagonal, line by line; L takes their place.
 * @param b Vectors of the elements, line by line; X takes their place.
 * @param tolerance A pivot up to this share of its diagonal element counts as a rounding error.
 */
export function solve(size: i32, columns: i32, width: i32, a: usize, b: usize, tolerance: f64): void {
	const bytes = <usize>width << 3;
	const n = <usize>size;
	const m = <usize>columns;
	for (let r: usize = 0; r < bytes; r += 16) {
		decompose(n, bytes, a + r, tolerance);
		for (let column: usize = 0; column < m; column++) {
			substitute(n, bytes, a + r, b + column * bytes + r, m * bytes);
		}
	}
}

/** Decomposes the matrices under a pair of weights. */
// @ts-ignore: decorator
@inline
function decompose(n: usize, bytes: usize, a: usize, tolerance: f64): void {
	const none = f64x2.splat(NaN);
	for (let i: usize = 0; i < n; i++) {
		const line = a + triangle(i) * bytes;
		const diagonal = v128.load(line + i * bytes);
		let squares = f64x2.splat(0);
		for (let j: usize = 0; j < i; j++) {
			const other = a + triangle(j) * bytes;
			let sum = f64x2.splat(0);
			for (let k: usize = 0; k < j * bytes; k += bytes) {
				sum = f64x2.add(sum, f64x2.mul(v128.load(other + k), v128.load(line + k)));
			}
			const at = line + j * bytes;
			const value = f64x2.div(f64x2.sub(v128.load(at), sum), v128.load(other + j * bytes));
			v128.store(at, value);
			squares = f64x2.add(squares, f64x2.mul(value, value));
		}
		const pivot = f64x2.sub(diagonal, squares);
		const least = f64x2.pmax(f64x2.splat(0), f64x2.mul(f64x2.splat(tolerance), diagonal));
		v128.store(line + i * bytes, v128.bitselect(f64x2.sqrt(pivot), none, f64x2.gt(pivot, least)));
	}
}

/** One column of B under a pair of weights: L·y = b, then Lᵀ·x = y. */
// @ts-ignore: decorator
@inline
function substitute(n: usize, bytes: usize, l: usize, b: usize, step: usize): void {
	for (let k: usize = 0; k < n; k++) {
		const line = l + triangle(k) * bytes;
		let value = v128.load(b + k * step);
		for (let i: usize = 0; i < k; i++) {
			value = f64x2.sub(value, f64x2.mul(v128.load(b + i * step), v128.load(line + i * bytes)));
		}
		v128.store(b + k * step, f64x2.div(value, v128.load(line + k * bytes)));
	}
	for (let k = n; k-- > 0; ) {
		let value = v128.load(b + k * step);
		for (let i = k + 1; i < n; i++) {
			value = f64x2.sub(
				value,
				f64x2.mul(v128.load(b + i * step), v128.load(l + (triangle(i) + k) * bytes)),
			);
		}
		v128.store(b + k * step, f64x2.div(value, v128.load(l + (triangle(k) + k) * bytes)));
	}
}

/** Offset of a row of the lower triangle. */
// @ts-ignore: decorator
@inline
function triangle(row: usize): usize {
	return (row * (row + 1)) >> 1;
}
