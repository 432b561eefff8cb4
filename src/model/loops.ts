import { sharedWasm } from "../platform/wasm.js";
import type { WeightVector } from "./cross-products.js";
import type { CompiledRows } from "./model-rows.js";

/** The loops of models over rows (src/loops/model.ts); addresses are bytes in their memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	clear(at: number, bytes: number): void;
	addMoments(
		rows: number,
		cells: number,
		numbers: number,
		size: number,
		vector: number,
		weights: number,
		width: number,
		sums: number,
	): void;
	addScores(rows: number, score: number): void;
	addTotals(rows: number, totals: number): void;
}

const NUMBER_BYTES = 8;
const WORD_BYTES = 4;

const loadModelLoops = sharedWasm<Exports>("model.wasm");

/** Memory of the loops, allocated from its beginning. */
class Room {
	private end = 0;

	/** @returns Where `bytes` begin. */
	take(bytes: number): number {
		const start = this.end;
		this.end = Math.ceil((start + bytes) / 16) * 16;
		return start;
	}

	get bytes(): number {
		return this.end;
	}
}

/** A multiple of four; the last weights may be padding. */
function padded(width: number): number {
	return Math.ceil(width / 4) * 4;
}

/** Vectors of `width` numbers, and which of those are wanted; without it, all. */
interface Vectors {
	values: Float64Array;
	width: number;
	count: number;
	kept?: readonly number[] | undefined;
}

function putVectors(
	{ buffer }: Exports["memory"],
	at: number,
	{ values, width, count, kept }: Vectors,
): void {
	const wanted = kept === undefined ? width : kept.length;
	const own = padded(wanted);
	const into = new Float64Array(buffer, at, count * own);
	if (kept === undefined && own === width) {
		into.set(values.subarray(0, count * width));
		return;
	}
	for (let vector = 0; vector < count; vector++) {
		const [from, to] = [vector * width, vector * own];
		if (kept === undefined) into.set(values.subarray(from, from + width), to);
		else for (let r = 0; r < wanted; r++) into[to + r] = values[from + (kept[r] as number)] as number;
		into.fill(0, to + wanted, to + own);
	}
}

/** Rows whose products of numbers are added up by cell. */
export interface MomentRows {
	rows: number;
	/** By row, the number of its cell, from 1; 0 leaves it out. */
	cells: Int32Array;
	/** Number of cells. */
	count: number;
	/** By row, `size` numbers. */
	numbers: Float64Array;
	size: number;
	/** By row, the number of its vector of weights. */
	vector: Int32Array;
	/** `vectors` of `width` weights. */
	weights: Float64Array;
	vectors: number;
	width: number;
}

/** Products of `size` numbers: each with itself and with those behind it. */
export function momentCount(size: number): number {
	return (size * (size + 1)) / 2;
}

/**
 * Σ w·fᵢ·fⱼ, i ≤ j, by cell, under every weight.
 * @returns Takes a cell, from 1, and a product, from 0, and gives its vector; valid until the loops are used again.
 */
export function sumMoments(from: MomentRows): (cell: number, product: number) => WeightVector {
	const { rows, count, size, width, vectors } = from;
	const wasm = loadModelLoops();
	const room = new Room();
	const own = padded(width);
	const cellBytes = momentCount(size) * own * NUMBER_BYTES;
	const at = {
		cells: room.take(rows * WORD_BYTES),
		vector: room.take(rows * WORD_BYTES),
		numbers: room.take(rows * size * NUMBER_BYTES),
		weights: room.take(vectors * own * NUMBER_BYTES),
		sums: room.take(count * cellBytes),
	};
	wasm.reserve(room.bytes);
	const { buffer } = wasm.memory;
	new Int32Array(buffer, at.cells, rows).set(from.cells.subarray(0, rows));
	new Int32Array(buffer, at.vector, rows).set(from.vector.subarray(0, rows));
	new Float64Array(buffer, at.numbers, rows * size).set(from.numbers.subarray(0, rows * size));
	putVectors(wasm.memory, at.weights, { values: from.weights, width, count: vectors });
	wasm.clear(at.sums, count * cellBytes);
	wasm.addMoments(rows, at.cells, at.numbers, size, at.vector, at.weights, own, at.sums);
	const values = new Float64Array(buffer, at.sums, (count * cellBytes) / NUMBER_BYTES);
	return (cell, product) => ({ values, start: ((cell - 1) * momentCount(size) + product) * own });
}

/** Sums over rows that logistic models need, by weight. */
export interface LogisticTotals {
	/** Σ w·y. */
	yes: Float64Array;
	/** Σ w·y·μ. */
	yesShares: Float64Array;
	/** Σ w·μ. */
	shares: Float64Array;
	/** Σ w·μ(1 − μ). */
	spreads: Float64Array;
	/** Σ w·loss. */
	losses: Float64Array;
	/** Σ w. */
	all: Float64Array;
}

const TOTALS = ["yes", "yesShares", "shares", "spreads", "losses", "all"] as const;

/** Rows of a logistic model in the memory of the loops; valid until the loops are used for others. */
export class LogisticLoops {
	private readonly wasm = loadModelLoops();
	/** Weights that are worked with, and with those that pad them. */
	private readonly weights: number;
	private readonly width: number;
	private readonly at: Record<"rows" | "beta" | "into", number>;

	/** @param kept Weights to work with, by their numbers; without it, all. */
	constructor(
		private readonly rows: CompiledRows,
		kept?: readonly number[],
	) {
		const { count, columns, starts, places, entries, outcome, weights, vectors, width } = rows;
		this.weights = kept === undefined ? width : kept.length;
		const own = padded(this.weights);
		this.width = own;
		const vectorCount = vectors.reduce(
			(most, vector, row) => (row < count ? Math.max(most, vector + 1) : most),
			0,
		);
		const room = new Room();
		const arrays = {
			starts: room.take((count + 1) * WORD_BYTES),
			places: room.take(places.length * WORD_BYTES),
			entries: room.take(entries.length * NUMBER_BYTES),
			outcome: room.take(count * NUMBER_BYTES),
			vector: room.take(count * WORD_BYTES),
			weights: room.take(vectorCount * own * NUMBER_BYTES),
			beta: room.take(columns * own * NUMBER_BYTES),
		};
		const list = room.take(9 * WORD_BYTES);
		const into = room.take(Math.max(columns, TOTALS.length) * own * NUMBER_BYTES);
		this.wasm.reserve(room.bytes);
		const { buffer } = this.wasm.memory;
		new Int32Array(buffer, arrays.starts, count + 1).set(starts);
		new Int32Array(buffer, arrays.places, places.length).set(places);
		new Float64Array(buffer, arrays.entries, entries.length).set(entries);
		new Float64Array(buffer, arrays.outcome, count).set(outcome);
		new Int32Array(buffer, arrays.vector, count).set(vectors.subarray(0, count));
		putVectors(this.wasm.memory, arrays.weights, { values: weights, width, count: vectorCount, kept });
		new Uint32Array(buffer, list, 9).set([count, own, ...Object.values(arrays)]);
		this.at = { rows: list, beta: arrays.beta, into };
	}

	/**
	 * Σ w·x·(y − μ) by column, under every weight with its own coefficients.
	 * @param beta By column and weight.
	 */
	scores(beta: readonly Float64Array[]): Float64Array[] {
		const { columns } = this.rows;
		this.put(beta);
		this.wasm.clear(this.at.into, columns * this.width * NUMBER_BYTES);
		this.wasm.addScores(this.at.rows, this.at.into);
		return this.take(columns);
	}

	/** @param beta By column and weight. */
	totals(beta: readonly Float64Array[]): LogisticTotals {
		this.put(beta);
		this.wasm.clear(this.at.into, TOTALS.length * this.width * NUMBER_BYTES);
		this.wasm.addTotals(this.at.rows, this.at.into);
		const sums = this.take(TOTALS.length);
		return Object.fromEntries(TOTALS.map((name, place) => [name, sums[place]])) as unknown as LogisticTotals;
	}

	private put(beta: readonly Float64Array[]): void {
		const { width, at, wasm } = this;
		for (const [column, own] of beta.entries()) {
			const into = new Float64Array(wasm.memory.buffer, at.beta + column * width * NUMBER_BYTES, width);
			into.set(own);
			into.fill(0, own.length);
		}
	}

	private take(vectors: number): Float64Array[] {
		const { width, weights, at, wasm } = this;
		return Array.from({ length: vectors }, (_, place) =>
			new Float64Array(wasm.memory.buffer, at.into + place * width * NUMBER_BYTES, weights).slice(),
		);
	}
}
