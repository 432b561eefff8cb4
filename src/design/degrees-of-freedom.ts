import { Vectors } from "./vectors.js";

/** Directions shorter than this, relative to the longest, are rounding; R's survey uses the same bound. */
const TOLERANCE = 1e-5;

/**
 * The distinct vectors of replicate factors w_r / w_0 among some rows. Teachers of one school, and schools
 * of one half of a zone, share a vector, so there are far fewer vectors than rows.
 */
export class ReplicateVectors {
	/** Numbers of the vectors. */
	private readonly own: number[] = [];
	/** The same by hash. */
	private readonly byHash = new Map<number, number[]>();
	/** True once the vectors span all R dimensions: more rows cannot add to the rank. */
	private full = false;
	/** The row that was taken in last. */
	private readonly last: Float64Array;
	/** Rank of the first so many vectors. */
	private ranked = { count: 0, rank: 0 };

	/** @param vectors Where vectors of 1 + R numbers are kept. */
	constructor(
		private readonly replicates: number,
		private readonly vectors = new Vectors(replicates + 1),
	) {
		this.last = new Float64Array(replicates + 1);
	}

	/** Takes in one row of weights: the full-sample weight at `offset`, then its replicates. */
	add(weights: Float64Array, offset: number): void {
		if (this.full || this.isLast(weights, offset)) return;
		const weight = weights[offset] as number;
		const divisor = weight === 0 ? 1 : weight;
		let hash = 0;
		let any = false;
		for (let r = 1; r <= this.replicates; r++) {
			const value = Math.round(((weights[offset + r] as number) / divisor) * 1000);
			hash = (Math.imul(hash, 31) + value) | 0;
			any ||= value !== 0;
		}
		if (any) this.remember(hash, weights, offset, divisor);
	}

	/** Teachers of one school mostly follow each other with the same weights. */
	private isLast(weights: Float64Array, offset: number): boolean {
		const { last } = this;
		for (let r = 0; r < last.length; r++) {
			if (weights[offset + r] === last[r]) continue;
			for (; r < last.length; r++) last[r] = weights[offset + r] as number;
			return false;
		}
		return true;
	}

	merge(other: ReplicateVectors): void {
		for (const number of other.own) this.add(other.vectors.at(number), 0);
		this.full ||= other.full;
	}

	/** Rank of the replicate weights of these rows. */
	rank(): number {
		const { own, vectors, replicates, ranked } = this;
		if (this.full) return replicates;
		if (ranked.count !== own.length) {
			const rows = own.map((number) => vectors.at(number));
			this.ranked = { count: own.length, rank: rankOf(rows, replicates) };
		}
		return this.ranked.rank;
	}

	private remember(hash: number, weights: Float64Array, offset: number, divisor: number): void {
		const { own, vectors, replicates, byHash } = this;
		const same = byHash.get(hash);
		if (same?.some((number) => this.equal(vectors.at(number), weights, offset, divisor))) return;
		const number = vectors.make();
		own.push(number);
		const vector = vectors.at(number);
		vector[0] = 1;
		for (let r = 1; r <= replicates; r++) vector[r] = (weights[offset + r] as number) / divisor;
		if (same === undefined) byHash.set(hash, [number]);
		else same.push(number);
		if (own.length % (8 * replicates) === 0) this.full = this.rank() === replicates;
		if (this.full) byHash.clear();
	}

	/** Equal to three decimals, which is finer than any factor in use and coarser than printed weights. */
	private equal(vector: Float64Array, weights: Float64Array, offset: number, divisor: number): boolean {
		for (let r = 1; r <= this.replicates; r++) {
			const value = (weights[offset + r] as number) / divisor;
			if (Math.round(value * 1000) !== Math.round((vector[r] as number) * 1000)) return false;
		}
		return true;
	}
}

/**
 * Rank of row vectors: that of their cross-product, by Cholesky's method with the largest pivot first. Its pivots are
 * squares of the lengths that a QR decomposition would leave, so the bound is squared.
 * @param vectors First element unused, R components from index 1.
 */
function rankOf(vectors: readonly Float64Array[], size: number): number {
	const product = crossProduct(vectors, size);
	const left = Array.from({ length: size }, (_, index) => index);
	const longest = Math.max(...left.map((index) => product[index * size + index] as number));
	for (let step = 0; step < size; step++) {
		const place = largest(product, size, left);
		const pivot = left[place] as number;
		if (!((product[pivot * size + pivot] as number) > TOLERANCE ** 2 * longest)) return step;
		left.splice(place, 1);
		eliminate(product, size, pivot, left);
	}
	return size;
}

/** Which of the indexes has the largest element on the diagonal. */
function largest(product: Float64Array, size: number, left: readonly number[]): number {
	let best = 0;
	for (let place = 1; place < left.length; place++) {
		const [one, other] = [left[place] as number, left[best] as number];
		if ((product[one * size + one] as number) > (product[other * size + other] as number)) best = place;
	}
	return best;
}

/** Takes what is along the pivot away from the rows and columns that are left. */
function eliminate(product: Float64Array, size: number, pivot: number, left: readonly number[]): void {
	const length = product[pivot * size + pivot] as number;
	for (let a = 0; a < left.length; a++) {
		const i = left[a] as number;
		const factor = (product[pivot * size + i] as number) / length;
		if (factor === 0) continue;
		for (let b = 0; b < left.length; b++) {
			const j = left[b] as number;
			const at = i * size + j;
			product[at] = (product[at] as number) - factor * (product[pivot * size + j] as number);
		}
	}
}

/** Σ v vᵀ, row-major. */
function crossProduct(vectors: readonly Float64Array[], size: number): Float64Array {
	const product = new Float64Array(size * size);
	for (const vector of vectors) {
		for (let i = 0; i < size; i++) {
			const factor = vector[i + 1] as number;
			// The product is symmetric: what is above the diagonal is filled in at the end.
			for (let j = 0; j <= i; j++) {
				product[i * size + j] = (product[i * size + j] as number) + factor * (vector[j + 1] as number);
			}
		}
	}
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < i; j++) product[j * size + i] = product[i * size + j] as number;
	}
	return product;
}
