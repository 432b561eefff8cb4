import { UserError } from "../base/errors.js";
import { FIRST_COUNT, NO, type StateArray } from "../codebook/meaning/states.js";
import type { CodedBlock } from "../codebook/recode/recoder.js";
import { sharedWasm } from "../platform/wasm.js";
import { vectorCount } from "../read/block.js";
import type { TableLayout } from "./cells.js";
import { bitWords } from "./school-answers.js";

/** The loops over rows (src/loops/tabulate.ts); addresses are bytes in their memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	clear(at: number, bytes: number): void;
	addStates(keys: number, rows: number, states: number, radix: number): void;
	spanOf(keys: number, rows: number): number;
	placeKeys(keys: number, rows: number, places: number, span: number): void;
	enumerate(
		keys: number,
		rows: number,
		numbers: number,
		met: number,
		counts: number,
		targets: number,
		first: number,
	): number;
	addRows(
		targets: number,
		tables: number,
		rows: number,
		vector: number,
		weights: number,
		width: number,
		sums: number,
	): void;
	numberTurns(
		turns: number,
		rows: number,
		vector: number,
		weights: number,
		width: number,
		near: number,
	): void;
	listFactors(
		list: number,
		count: number,
		vector: number,
		weights: number,
		width: number,
		factors: number,
		hashes: number,
	): void;
	listRuns(list: number, rows: number, places: number, others: number): number;
	markValid(
		bits: number,
		step: number,
		bit: number,
		rows: number,
		states: number,
		no: number,
		first: number,
	): void;
	gatherBits(bits: number, step: number, rows: number, places: number, list: number, count: number): void;
}

const NUMBER_BYTES = 8;
const WORD_BYTES = 4;

/** Upper limit of one WebAssembly memory. */
const MOST_BYTES = 0xffff0000;

/**
 * Highest number of keys that are looked up by position. Their space lies at the start of the memory and is all zeros
 * between uses.
 */
const MOST_KEYS = 1 << 21;

/**
 * Replicate factors that differ by less than this are treated as equal. The bound is far below the tolerance of the
 * rank.
 */
const NEAR = 1e-6;

export const loadBlockLoops = sharedWasm<Exports>("tabulate.wasm");

/** A key found in the block, its number of rows, and its own number (from 1). */
export interface MetKey {
	key: number;
	rows: number;
	number: number;
}

/** The same for a pattern of states, with the position of its group in the block. */
export interface Pattern extends MetKey {
	place: number;
}

/** Memory layout of a block: bytes per array. */
const ARRAYS = {
	weights: ({ vectors, width }: Lengths) => vectors * width * NUMBER_BYTES,
	vector: ({ rows }: Lengths) => rows * WORD_BYTES,
	/** The column of states being processed. */
	states: ({ rows }: Lengths) => rows,
	keys: ({ rows }: Lengths) => rows * WORD_BYTES,
	/** Group numbers. */
	places: ({ rows }: Lengths) => rows * WORD_BYTES,
	/** What separates runs besides their group. */
	others: ({ rows }: Lengths) => rows * WORD_BYTES,
	/** First row of each run. */
	list: ({ rows }: Lengths) => rows * WORD_BYTES,
	/** One bit per valid answer. */
	valid: ({ rows, words }: Lengths) => rows * words * WORD_BYTES,
	/** Numbers of groups and patterns, by table. */
	targets: ({ rows, tables }: Lengths) => rows * tables * WORD_BYTES,
	met: ({ rows }: Lengths) => rows * WORD_BYTES,
	counts: ({ rows }: Lengths) => rows * WORD_BYTES,
};

interface Lengths {
	rows: number;
	/** Vectors of weights. */
	vectors: number;
	/** Length of a vector. */
	width: number;
	tables: number;
	/** Words of bits per row. */
	words: number;
}

/**
 * Sums vectors by number with the same loop that sums rows.
 * @param copy Writes the vectors one after another.
 * @param targets For each table and vector, a number from 1.
 * @returns The sums by number, one after another; valid until the loops are used again.
 */
export function sumVectors(
	{ rows, width }: { rows: number; width: number },
	copy: (into: Float64Array) => void,
	targets: readonly Int32Array[],
	numbers: number,
): Float64Array {
	const wasm = loadBlockLoops();
	const ownAt = MOST_KEYS * WORD_BYTES;
	const targetsAt = ownAt + ceiling(rows * WORD_BYTES);
	const weightsAt = targetsAt + ceiling(targets.length * rows * WORD_BYTES);
	const sumsAt = weightsAt + ceiling(rows * width * NUMBER_BYTES);
	wasm.reserve(sumsAt + numbers * width * NUMBER_BYTES);
	const { buffer } = wasm.memory;
	const own = new Int32Array(buffer, ownAt, rows);
	for (let row = 0; row < rows; row++) own[row] = row;
	for (const [table, one] of targets.entries()) {
		new Int32Array(buffer, targetsAt + table * rows * WORD_BYTES, rows).set(one);
	}
	copy(new Float64Array(buffer, weightsAt, rows * width));
	const sums = new Float64Array(buffer, sumsAt, numbers * width).fill(0);
	wasm.addRows(targetsAt, targets.length, rows, ownAt, weightsAt, width, sumsAt);
	return sums;
}

/** Rounds up, because the loops read up to eight bytes at a time. */
function ceiling(bytes: number): number {
	return Math.ceil(bytes / 32 + 1) * 32;
}

/** One block in the memory of the summing loops. Its arrays are valid until the next request. */
export class BlockLoops {
	private readonly wasm = loadBlockLoops();
	/** Start of each array. */
	private readonly at: Readonly<Record<keyof typeof ARRAYS | "sums", number>>;
	private groups = 0;

	constructor(
		private readonly block: CodedBlock,
		private readonly tables: readonly TableLayout[],
	) {
		const { rows, width, weights, vector, states } = block;
		const vectors = vectorCount(block);
		const lengths = { rows, vectors, width, tables: tables.length, words: bitWords(states.length) };
		let end = MOST_KEYS * WORD_BYTES;
		const at: Record<string, number> = {};
		for (const [name, bytesOf] of Object.entries(ARRAYS)) {
			at[name] = end;
			end += ceiling(bytesOf(lengths));
		}
		this.at = { ...(at as Record<keyof typeof ARRAYS, number>), sums: end };
		this.reserve(end);
		this.numbers(this.at.weights, vectors * width).set(weights.subarray(0, vectors * width));
		this.ints(this.at.vector).set(vector.subarray(0, rows));
	}

	/** For each row, the number of its group in the block; 0 if it has none. */
	get places(): Int32Array {
		return this.ints(this.at.places);
	}

	/**
	 * Assigns rows to groups.
	 * @returns The groups by number.
	 */
	group(): MetKey[] {
		const { at, block } = this;
		this.ints(at.keys).set(block.group.subarray(0, block.rows));
		const tooMany = this.wasm.spanOf(at.keys, block.rows) > MOST_KEYS;
		const distinct = tooMany ? this.renumber((_, key) => key) : undefined;
		const met = this.enumerate(at.places, 1, distinct);
		this.groups = met.length;
		return met;
	}

	/**
	 * Sums the weights of all rows that share a group and a pattern of states.
	 * @returns Groups and patterns by table.
	 */
	add(): Pattern[][] {
		const { wasm, at, block, tables } = this;
		const { rows, width } = block;
		let first = 1;
		const met = tables.map((table, index) => {
			const own = this.patterns(table, this.targetsAt(index), first);
			first += own.length;
			return own;
		});
		const bytes = (first - 1) * width * NUMBER_BYTES;
		this.reserve(at.sums + bytes);
		wasm.clear(at.sums, bytes);
		wasm.addRows(at.targets, tables.length, rows, at.vector, at.weights, width, at.sums);
		return met;
	}

	/** The sums of a group and pattern, by their number. */
	sums(number: number): Float64Array {
		const { width } = this.block;
		return this.numbers(this.at.sums + (number - 1) * width * NUMBER_BYTES, width);
	}

	/** For each row, the number of its group and pattern in a table; 0 if it has none. */
	targets(table: number): Int32Array {
		return this.ints(this.targetsAt(table));
	}

	/**
	 * Replicate factors by run: consecutive rows with the same group and the same factors. Teachers of one school usually
	 * follow each other, with different weights but equal factors.
	 * @returns The first row of each run, its factors (vectors of 1 + R, one after another) and their hashes; valid until
	 * the loops are used again.
	 */
	turns(): { firsts: Int32Array; factors: Float64Array; hashes: Int32Array } {
		const { wasm, at, block } = this;
		const { rows, width } = block;
		if (width === 1) wasm.clear(at.others, rows * WORD_BYTES);
		else wasm.numberTurns(at.others, rows, at.vector, at.weights, width, NEAR);
		const firsts = this.runs();
		const count = firsts.length;
		const hashesAt = at.sums + ceiling(count * width * NUMBER_BYTES);
		this.reserve(hashesAt + count * WORD_BYTES);
		wasm.listFactors(at.list, count, at.vector, at.weights, width, at.sums, hashesAt);
		return {
			firsts: this.ints(at.list, count),
			factors: this.numbers(at.sums, count * width),
			hashes: this.ints(hashesAt, count),
		};
	}

	/**
	 * For each run of rows with the same group and school, the variables with a valid answer.
	 * @returns The first row of each run, and one row of bits for each; valid as long as those of `turns`.
	 */
	valid(school: Int32Array): { firsts: Int32Array; bits: Uint32Array } {
		const { wasm, at, block } = this;
		const { rows, states } = block;
		const words = bitWords(states.length);
		wasm.clear(at.valid, rows * words * WORD_BYTES);
		const bits = new Uint32Array(wasm.memory.buffer, at.valid, rows * words);
		for (const [variable, own] of states.entries()) this.markValid(own, variable, words, bits);
		this.ints(at.others).set(school.subarray(0, rows));
		const firsts = this.runs();
		wasm.gatherBits(at.valid, words * WORD_BYTES, rows, at.places, at.list, firsts.length);
		return { firsts, bits };
	}

	private targetsAt(table: number): number {
		return this.at.targets + table * this.block.rows * WORD_BYTES;
	}

	private patterns({ variables, radices }: TableLayout, targets: number, first: number): Pattern[] {
		const { wasm, at, block } = this;
		const { rows, states } = block;
		wasm.clear(at.keys, rows * WORD_BYTES);
		for (const [index, variable] of variables.entries()) {
			this.addStates(states[variable] as StateArray, radices[index] as number);
		}
		const span = wasm.spanOf(at.keys, rows);
		let distinct: number[] | undefined;
		if (this.groups * span <= MOST_KEYS) wasm.placeKeys(at.keys, rows, at.places, span);
		else distinct = this.renumber((place, key) => (place === 0 ? -1 : (place - 1) * span + key));
		return this.enumerate(targets, first, distinct).map(({ key, rows, number }) => {
			return { place: Math.floor(key / span), key: key % span, rows, number };
		});
	}

	private runs(): Int32Array {
		const { wasm, at, block } = this;
		return this.ints(at.list, wasm.listRuns(at.list, block.rows, at.places, at.others));
	}

	private addStates(states: StateArray, radix: number): void {
		const { wasm, at, block } = this;
		const keys = this.ints(at.keys);
		if (states instanceof Uint8Array) wasm.addStates(at.keys, block.rows, this.bytes(states), radix);
		else
			for (let row = 0; row < keys.length; row++)
				keys[row] = (keys[row] as number) + (states[row] as number) * radix;
	}

	private markValid(states: StateArray, variable: number, words: number, bits: Uint32Array): void {
		const { wasm, at, block } = this;
		const word = variable >>> 5;
		const bit = 1 << (variable & 31);
		if (states instanceof Uint8Array) {
			const first = at.valid + word * WORD_BYTES;
			const step = words * WORD_BYTES;
			wasm.markValid(first, step, bit, block.rows, this.bytes(states), NO, FIRST_COUNT);
			return;
		}
		for (let row = 0; row < block.rows; row++) {
			const state = states[row] as number;
			const place = row * words + word;
			if (state <= NO || state >= FIRST_COUNT) bits[place] = (bits[place] as number) | bit;
		}
	}

	/** Copies a column of states to where the loops read it. */
	private bytes(states: Uint8Array): number {
		const { wasm, at, block } = this;
		new Uint8Array(wasm.memory.buffer, at.states, block.rows).set(states.subarray(0, block.rows));
		return at.states;
	}

	/** @param distinct Original keys, if they have been renumbered. */
	private enumerate(targets: number, first: number, distinct?: readonly number[]): MetKey[] {
		const { wasm, at, block } = this;
		const count = wasm.enumerate(at.keys, block.rows, 0, at.met, at.counts, targets, first);
		const counts = this.ints(at.counts, count);
		const met: MetKey[] = [];
		for (const [index, key] of this.ints(at.met, count).entries()) {
			met.push({ key: distinct?.[key] ?? key, rows: counts[index] as number, number: first + index });
		}
		return met;
	}

	/**
	 * Renumbers keys when there are too many to look up by position: a block has fewer distinct keys than rows.
	 * @param keyOf Key from the row's group number and stored key; −1 for none.
	 * @returns The keys by number.
	 */
	private renumber(keyOf: (place: number, key: number) => number): number[] {
		const known = new Map([[-1, -1]]);
		const distinct: number[] = [];
		const { places } = this;
		const keys = this.ints(this.at.keys);
		for (let row = 0; row < keys.length; row++) {
			const key = keyOf(places[row] as number, keys[row] as number);
			let number = known.get(key);
			if (number === undefined) {
				number = distinct.push(key) - 1;
				known.set(key, number);
			}
			keys[row] = number;
		}
		return distinct;
	}

	private reserve(bytes: number): void {
		if (bytes > MOST_BYTES) {
			throw new UserError("a block of rows has more sums than fit into memory", {
				hint: "ask for fewer items or groups at a time",
			});
		}
		this.wasm.reserve(bytes);
	}

	private ints(address: number, length = this.block.rows): Int32Array {
		return new Int32Array(this.wasm.memory.buffer, address, length);
	}

	private numbers(address: number, length: number): Float64Array {
		return new Float64Array(this.wasm.memory.buffer, address, length);
	}
}
