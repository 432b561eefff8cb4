import { rankOf } from "./rank.js";
import { Vectors } from "./vectors.js";

/**
 * The distinct vectors of replicate factors w_r / w_0 in a set of rows. Teachers of one school share a vector, as do
 * the schools of one half of a zone, so there are far fewer vectors than rows.
 */
export class ReplicateVectors {
	/** Numbers of the vectors. */
	private readonly own: number[] = [];
	private readonly hashes: number[] = [];
	/** The same numbers by hash. */
	private readonly byHash = new Map<number, number[]>();
	/** True once the vectors span all R dimensions: more rows cannot raise the rank. */
	private full = false;
	/** Rank of the first `count` vectors. */
	private ranked = { count: 0, rank: 0 };

	/** @param vectors Storage for vectors of 1 + R numbers. */
	constructor(
		private readonly replicates: number,
		private readonly vectors = new Vectors(replicates + 1),
	) {}

	/**
	 * Adds the factors of a set of rows.
	 * @param factors First 1, or 0 if all factors are 0; then the factors.
	 * @param hash Equal for factors that agree to three decimals.
	 */
	add(factors: Float64Array, hash: number): void {
		if (this.full || factors[0] === 0) return;
		const { own, vectors, hashes, byHash, replicates } = this;
		const alike = byHash.get(hash);
		if (alike?.some((number) => this.equal(vectors.at(number), factors))) return;
		const number = vectors.make();
		vectors.at(number).set(factors);
		own.push(number);
		hashes.push(hash);
		if (alike === undefined) byHash.set(hash, [number]);
		else alike.push(number);
		if (own.length % (8 * replicates) === 0) this.full = this.rank() === replicates;
		if (this.full) byHash.clear();
	}

	merge(other: ReplicateVectors): void {
		for (const [index, number] of other.own.entries()) {
			this.add(other.vectors.at(number), other.hashes[index] as number);
		}
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

	/** Whether vectors agree to three decimals. */
	private equal(one: Float64Array, other: Float64Array): boolean {
		for (let r = 1; r <= this.replicates; r++) {
			if (Math.round((one[r] as number) * 1000) !== Math.round((other[r] as number) * 1000)) return false;
		}
		return true;
	}
}
