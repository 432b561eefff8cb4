/**
 * Rank of row vectors: that of their cross-product, by Cholesky's method with the largest pivot first. Its pivots are
 * squares of the lengths that a QR decomposition would leave. Two numbers at a time, so rows have an even length.
 */

export { reserve } from "./shared/memory";

/**
 * @param vectors Row-major, `size` numbers per row, which is even; `count` rows, a multiple of four.
 * @param product Room for `size` × `size` numbers.
 * @param share Pivots up to this share of the largest one count as rounding errors.
 */
export function rank(vectors: usize, count: i32, size: i32, product: usize, share: f64): i32 {
	multiply(vectors, count, size, product);
	let bound: f64 = 0;
	for (let step = 0; step < size; step++) {
		const pivot = largest(product, size, step);
		const length = load<f64>(at(product, size, pivot, pivot));
		if (step == 0) bound = share * length;
		if (!(length > bound)) return step;
		if (pivot != step) swap(product, size, step, pivot);
		eliminate(product, size, step);
	}
	return size;
}

// @ts-ignore: decorator
@inline
function at(product: usize, size: i32, row: i32, column: i32): usize {
	return product + (<usize>(row * size + column) << 3);
}

/** Σ v vᵀ, four vectors at a time, so that the sums are fetched a fourth as often. */
function multiply(vectors: usize, count: i32, size: i32, product: usize): void {
	memory.fill(product, 0, <usize>(size * size) << 3);
	const bytes = <usize>size << 3;
	for (let n = 0; n < count; n += 4) {
		const a = vectors + <usize>n * bytes;
		const b = a + bytes;
		const c = b + bytes;
		const d = c + bytes;
		for (let i: usize = 0; i < bytes; i += 8) {
			const ai = v128.load64_splat(a + i);
			const bi = v128.load64_splat(b + i);
			const ci = v128.load64_splat(c + i);
			const di = v128.load64_splat(d + i);
			const row = product + (i >> 3) * bytes;
			// The product is symmetric: the part right of the diagonal is filled in at the end.
			for (let j: usize = 0; j <= i; j += 16) {
				const ab = f64x2.add(f64x2.mul(ai, v128.load(a + j)), f64x2.mul(bi, v128.load(b + j)));
				const cd = f64x2.add(f64x2.mul(ci, v128.load(c + j)), f64x2.mul(di, v128.load(d + j)));
				v128.store(row + j, f64x2.add(v128.load(row + j), f64x2.add(ab, cd)));
			}
		}
	}
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < i; j++) store<f64>(at(product, size, j, i), load<f64>(at(product, size, i, j)));
	}
}

/** Position of the largest diagonal element from `step` on. */
function largest(product: usize, size: i32, step: i32): i32 {
	let best = step;
	let length = load<f64>(at(product, size, step, step));
	for (let index = step + 1; index < size; index++) {
		const other = load<f64>(at(product, size, index, index));
		if (other > length) {
			best = index;
			length = other;
		}
	}
	return best;
}

/** Exchanges two rows and the two columns of the same numbers. */
function swap(product: usize, size: i32, one: i32, other: i32): void {
	for (let k = 0; k < size; k++) exchange(at(product, size, one, k), at(product, size, other, k));
	for (let k = 0; k < size; k++) exchange(at(product, size, k, one), at(product, size, k, other));
}

// @ts-ignore: decorator
@inline
function exchange(one: usize, other: usize): void {
	const value = load<f64>(one);
	store<f64>(one, load<f64>(other));
	store<f64>(other, value);
}

/** Subtracts the step's row from the rows and columns after it. */
function eliminate(product: usize, size: i32, step: i32): void {
	const along = at(product, size, step, 0);
	const length = load<f64>(at(product, size, step, step));
	const bytes = <usize>size << 3;
	const first = (<usize>(step + 1) << 3) & ~15;
	for (let i = step + 1; i < size; i++) {
		const factor = load<f64>(along + (<usize>i << 3)) / length;
		if (factor == 0) continue;
		const factors = f64x2.splat(factor);
		const row = at(product, size, i, 0);
		for (let j = first; j < bytes; j += 16) {
			v128.store(row + j, f64x2.sub(v128.load(row + j), f64x2.mul(factors, v128.load(along + j))));
		}
	}
}
