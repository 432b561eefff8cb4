import { FIRST_COUNT, NO, type StateArray } from "../codebook/coding.js";
import type { CodedBlock } from "../codebook/recode.js";
import { loadWasm } from "../read/open.js";
import type { TableLayout } from "./cells.js";
import { wordsOf } from "./school-answers.js";

/** The loops over rows (assembly/tabulate.ts); addresses are bytes in their memory. */
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
	addRows(targets: number, tables: number, rows: number, weights: number, width: number, sums: number): void;
	numberTurns(turns: number, rows: number, weights: number, width: number, near: number): void;
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
/** Most keys that are looked up by place: their room is at the beginning of the memory, all zero between the uses. */
const MOST_KEYS = 1 << 22;
/** Replicate factors nearer to each other than this are one: far below what the rank's own bound can tell apart. */
const NEAR = 1e-6;

let exports: Exports | undefined;

/** A key that rows of the block have, how many have it, and its number, from 1. */
export interface Met {
	key: number;
	rows: number;
	number: number;
}

/** The same for a pattern of states, and the place of its group among those of the block. */
export interface Pattern extends Met {
	place: number;
}

/** One block in the memory of the loops that add it up. */
export class BlockLoops {
	/** By row, the number of its group among those of the block; 0 where it is in none. */
	readonly places: Int32Array;
	private readonly wasm: Exports;
	/** Where arrays of one element a row begin, and those by place. */
	private readonly at;
	private groups = 0;

	constructor(
		private readonly block: CodedBlock,
		private readonly tables: readonly TableLayout[],
	) {
		exports ??= loadWasm<Exports>("tabulate.wasm");
		this.wasm = exports;
		const { rows, width, weights, states } = block;
		let end = MOST_KEYS * WORD_BYTES;
		const room = (bytes: number) => {
			const start = end;
			// Some loops take the last rows eight at a time.
			end = Math.ceil((start + bytes) / 32 + 1) * 32;
			return start;
		};
		const words = (count = 1) => room(rows * count * WORD_BYTES);
		this.at = {
			weights: room(rows * width * NUMBER_BYTES),
			states: room(rows),
			keys: words(),
			places: words(),
			others: words(),
			targets: words(tables.length),
			list: words(),
			valid: words(wordsOf(states.length)),
			met: words(),
			counts: words(),
			sums: room(rows * tables.length * width * NUMBER_BYTES),
		};
		this.wasm.reserve(end);
		this.places = this.ints(this.at.places);
		this.numbers(this.at.weights, rows * width).set(weights.subarray(0, rows * width));
	}

	/** Gives rows their places. @returns the groups by place. */
	group(): Met[] {
		const { at, block } = this;
		this.ints(at.keys).set(block.group.subarray(0, block.rows));
		const met = this.enumerate(at.places, 1);
		this.groups = met.length;
		return met;
	}

	/**
	 * Sums the weights of all rows with one group and one pattern of states.
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
		wasm.clear(at.sums, (first - 1) * width * NUMBER_BYTES);
		wasm.addRows(at.targets, tables.length, rows, at.weights, width, at.sums);
		return met;
	}

	/** Sums of a group and pattern by their number. */
	sums(number: number): Float64Array {
		const { width } = this.block;
		return this.numbers(this.at.sums + (number - 1) * width * NUMBER_BYTES, width);
	}

	/** By row, the number of its group and pattern in a table; 0 where it has none. */
	targets(table: number): Int32Array {
		return this.ints(this.targetsAt(table));
	}

	/**
	 * The first rows of runs with the same group and replicate factors. Teachers of one school mostly follow each
	 * other, with weights of their own and the same factors.
	 */
	turns(): Int32Array {
		const { wasm, at, block } = this;
		const { rows, width } = block;
		if (width === 1) wasm.clear(at.others, rows * WORD_BYTES);
		else wasm.numberTurns(at.others, rows, at.weights, width, NEAR);
		return this.runs();
	}

	/**
	 * Which variables the rows of a school have a valid answer to, by runs of one group and school.
	 * @returns The first row of each run, and bits a row, good for those.
	 */
	valid(school: Int32Array): { firsts: Int32Array; bits: Uint32Array } {
		const { wasm, at, block } = this;
		const { rows, states } = block;
		const words = wordsOf(states.length);
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
		const distinct = this.groups * span > MOST_KEYS ? this.renumber(span) : undefined;
		if (distinct === undefined) wasm.placeKeys(at.keys, rows, at.places, span);
		return this.enumerate(targets, first).map(({ key: met, rows, number }) => {
			const key = distinct?.[met] ?? met;
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

	/** Brings a column of states where the loops read it. */
	private bytes(states: Uint8Array): number {
		const { wasm, at, block } = this;
		new Uint8Array(wasm.memory.buffer, at.states, block.rows).set(states.subarray(0, block.rows));
		return at.states;
	}

	private enumerate(targets: number, first: number): Met[] {
		const { wasm, at, block } = this;
		const count = wasm.enumerate(at.keys, block.rows, 0, at.met, at.counts, targets, first);
		const counts = this.ints(at.counts, count);
		const met: Met[] = [];
		for (const [index, key] of this.ints(at.met, count).entries()) {
			met.push({ key, rows: counts[index] as number, number: first + index });
		}
		return met;
	}

	/** Makes keys of place and key that are too many to look up by place: a block has fewer of them than rows. */
	private renumber(span: number): number[] {
		const known = new Map<number, number>();
		const distinct: number[] = [];
		const keys = this.ints(this.at.keys);
		for (let row = 0; row < keys.length; row++) {
			const place = this.places[row] as number;
			const key = (place - 1) * span + (keys[row] as number);
			let number = place === 0 ? -1 : known.get(key);
			if (number === undefined) {
				number = distinct.push(key) - 1;
				known.set(key, number);
			}
			keys[row] = number;
		}
		return distinct;
	}

	private ints(address: number, length = this.block.rows): Int32Array {
		return new Int32Array(this.wasm.memory.buffer, address, length);
	}

	private numbers(address: number, length: number): Float64Array {
		return new Float64Array(this.wasm.memory.buffer, address, length);
	}
}
