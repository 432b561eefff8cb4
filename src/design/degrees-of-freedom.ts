import { rankOf } from "./rank.js";
import { Vectors } from "./vectors.js";

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
	/** Rank of the first so many vectors. */
	private ranked = { count: 0, rank: 0 };

	/** @param vectors Where vectors of 1 + R numbers are kept. */
	constructor(
		private readonly replicates: number,
		private readonly vectors = new Vectors(replicates + 1),
	) {}

	/** Takes in one row of weights: the full-sample weight at `offset`, then its replicates. */
	add(weights: Float64Array, offset: number): void {
		if (this.full) return;
		const weight = weights[offset] as number;
		const divisor = weight === 0 ? 1 : weight;
		const hash = hashOf(weights, offset + 1, offset + 1 + this.replicates, divisor);
		if (hash !== undefined) this.remember(hash, weights, offset, divisor);
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
		const alike = byHash.get(hash);
		if (alike?.some((number) => this.equal(vectors.at(number), weights, offset, divisor))) return;
		const number = vectors.make();
		own.push(number);
		const vector = vectors.at(number);
		vector[0] = 1;
		for (let r = 1; r <= replicates; r++) vector[r] = (weights[offset + r] as number) / divisor;
		if (alike === undefined) byHash.set(hash, [number]);
		else alike.push(number);
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

/** Hash of replicate factors to three decimals; none where all are zero. */
function hashOf(weights: Float64Array, from: number, to: number, divisor: number): number | undefined {
	let hash = 0;
	let any = 0;
	for (let place = from; place < to; place++) {
		const value = Math.round(((weights[place] as number) / divisor) * 1000);
		hash = (Math.imul(hash, 31) + value) | 0;
		any |= value;
	}
	return any === 0 ? undefined : hash;
}
