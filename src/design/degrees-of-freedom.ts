/** Directions shorter than this, relative to the vector, are rounding; R's survey uses the same bound. */
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

	constructor(private readonly replicates: number) {
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
		const vector = new Float64Array(this.replicates + 1);
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
 * Rank of row vectors by Gram–Schmidt, each made orthogonal twice to those kept before it
 * (Giraud, Langou & Rozložník 2005: twice is enough).
 * @param vectors First element unused, R components from index 1.
 */
function rank(vectors: readonly Float64Array[], replicates: number): number {
	const kept: Float64Array[] = [];
	for (const vector of vectors) {
		if (kept.length === replicates) break;
		const rest = vector.slice(1);
		const length = norm(rest);
		for (const axis of kept) subtractProjection(rest, axis);
		// What is in the span already cannot come back, so only what seems new is made orthogonal again.
		if (norm(rest) <= TOLERANCE * length) continue;
		for (const axis of kept) subtractProjection(rest, axis);
		const left = norm(rest);
		if (left > TOLERANCE * length) kept.push(rest.map((value) => value / left));
	}
	return kept.length;
}

function norm(vector: Float64Array): number {
	return Math.sqrt(dot(vector, vector));
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let r = 0; r < a.length; r++) sum += (a[r] as number) * (b[r] as number);
	return sum;
}

function subtractProjection(vector: Float64Array, axis: Float64Array): void {
	const along = dot(vector, axis);
	for (let r = 0; r < vector.length; r++) vector[r] = (vector[r] as number) - along * (axis[r] as number);
}
