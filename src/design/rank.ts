/** Directions shorter than this, relative to the longest, are rounding; R's survey uses the same bound. */
const TOLERANCE = 1e-5;

/**
 * Rank of row vectors: that of their cross-product, by Cholesky's method with the largest pivot first. Its pivots are
 * squares of the lengths that a QR decomposition would leave, so the bound is squared.
 * @param vectors First element unused, R components from index 1.
 */
export function rankOf(vectors: readonly Float64Array[], size: number): number {
	const product = crossProduct(vectors, size);
	let bound = 0;
	for (let step = 0; step < size; step++) {
		const pivot = largest(product, size, step);
		const length = product[pivot * size + pivot] as number;
		if (step === 0) bound = TOLERANCE ** 2 * length;
		if (!(length > bound)) return step;
		swap(product, size, step, pivot);
		eliminate(product, size, step);
	}
	return size;
}

/** Where from `step` on the diagonal is largest. */
function largest(product: Float64Array, size: number, step: number): number {
	let best = step;
	for (let index = step + 1; index < size; index++) {
		if ((product[index * size + index] as number) > (product[best * size + best] as number)) best = index;
	}
	return best;
}

/** Exchanges two rows and the two columns of the same numbers. */
function swap(product: Float64Array, size: number, one: number, other: number): void {
	if (one === other) return;
	for (let column = 0; column < size; column++) exchange(product, one * size + column, other * size + column);
	for (let row = 0; row < size; row++) exchange(product, row * size + one, row * size + other);
}

function exchange(values: Float64Array, one: number, other: number): void {
	const value = values[one] as number;
	values[one] = values[other] as number;
	values[other] = value;
}

/** Takes what is along the step's row away from the rows and columns behind it. */
function eliminate(product: Float64Array, size: number, step: number): void {
	const along = product.subarray(step * size, (step + 1) * size);
	const length = along[step] as number;
	for (let i = step + 1; i < size; i++) {
		const factor = (along[i] as number) / length;
		if (factor === 0) continue;
		const row = i * size;
		for (let j = step + 1; j < size; j++) {
			product[row + j] = (product[row + j] as number) - factor * (along[j] as number);
		}
	}
}

/** Σ v vᵀ, row-major; two vectors at a time, so that the sums are fetched half as often. */
function crossProduct(vectors: readonly Float64Array[], size: number): Float64Array {
	const product = new Float64Array(size * size);
	const none = new Float64Array(size + 1);
	for (let at = 0; at < vectors.length; at += 2) {
		addProducts(product, size, vectors[at] as Float64Array, vectors[at + 1] ?? none);
	}
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < i; j++) product[j * size + i] = product[i * size + j] as number;
	}
	return product;
}

/** The product is symmetric: only what is below the diagonal is added to. */
function addProducts(product: Float64Array, size: number, one: Float64Array, other: Float64Array): void {
	for (let i = 0; i < size; i++) {
		const row = i * size;
		const a = one[i + 1] as number;
		const b = other[i + 1] as number;
		for (let j = 0; j <= i; j++) {
			const sum = (product[row + j] as number) + a * (one[j + 1] as number);
			product[row + j] = sum + b * (other[j + 1] as number);
		}
	}
}
