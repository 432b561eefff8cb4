import { VectorPool } from "./vector-pool.js";

/** Directions shorter than this, relative to the longest, are rounding; R's survey uses the same bound. */
const TOLERANCE = 1e-5;

/**
 * The distinct vectors of replicate factors w_r / w_0 among some rows. Teachers of one school, and schools
 * of one half of a zone, share a vector, so there are far fewer vectors than rows.
 */
export class ReplicateVectors {
	private readonly byHash = new Map<number, Float64Array[]>();
	private size = 0;
	/** True once the vectors span all R dimensions: more rows cannot add to the rank. */
	private full = false;
	/** The row that was taken in last. */
	private readonly last: Float64Array;
	private readonly pool: VectorPool;

	constructor(private readonly replicates: number) {
		this.last = new Float64Array(replicates + 1);
		this.pool = new VectorPool(replicates + 1);
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
		for (const vectors of other.byHash.values()) {
			for (const vector of vectors) this.add(vector, 0);
		}
		this.full ||= other.full;
	}

	/** Rank of the replicate weights of these rows. */
	rank(): number {
		return this.full ? this.replicates : rank([...this.byHash.values()].flat(), this.replicates);
	}

	private remember(hash: number, weights: Float64Array, offset: number, divisor: number): void {
		const same = this.byHash.get(hash);
		if (same?.some((vector) => this.equal(vector, weights, offset, divisor))) return;
		const vector = this.pool.take();
		vector[0] = 1;
		for (let r = 1; r <= this.replicates; r++) vector[r] = (weights[offset + r] as number) / divisor;
		if (same === undefined) this.byHash.set(hash, [vector]);
		else same.push(vector);
		this.size += 1;
		if (this.size % (8 * this.replicates) === 0) this.full = this.rank() === this.replicates;
		if (this.full) this.byHash.clear();
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
function rank(vectors: readonly Float64Array[], replicates: number): number {
	const product = crossProduct(vectors, replicates);
	const order = Array.from({ length: replicates }, (_, index) => index);
	const diagonal = Float64Array.from(order, (index) => product[index]?.[index] as number);
	const bound = TOLERANCE ** 2 * Math.max(...diagonal);
	for (let step = 0; step < replicates; step++) {
		const rest = order.slice(step);
		const pivot = rest.reduce((best, next) =>
			(diagonal[next] as number) > (diagonal[best] as number) ? next : best,
		);
		if (!((diagonal[pivot] as number) > bound)) return step;
		order[order.indexOf(pivot, step)] = order[step] as number;
		order[step] = pivot;
		eliminate(product, diagonal, pivot, order.slice(step + 1));
	}
	return replicates;
}

/** Takes what is along the pivot away from the other rows and columns. */
function eliminate(
	product: Float64Array[],
	diagonal: Float64Array,
	pivot: number,
	others: readonly number[],
): void {
	const row = product[pivot] as Float64Array;
	const size = diagonal[pivot] as number;
	for (const i of others) {
		const target = product[i] as Float64Array;
		const factor = (row[i] as number) / size;
		if (factor === 0) continue;
		for (let j = 0; j < row.length; j++) target[j] = (target[j] as number) - factor * (row[j] as number);
		diagonal[i] = target[i] as number;
	}
}

/** Σ v vᵀ, row by row. */
function crossProduct(vectors: readonly Float64Array[], replicates: number): Float64Array[] {
	const rows = Array.from({ length: replicates }, () => new Float64Array(replicates));
	for (const vector of vectors) {
		for (const [i, row] of rows.entries()) {
			const factor = vector[i + 1] as number;
			for (let j = 0; j < replicates; j++) row[j] = (row[j] as number) + factor * (vector[j + 1] as number);
		}
	}
	return rows;
}
