import type { Place } from "../../base/errors.js";
import type { Block, Dictionary } from "../../read/block.js";
import { canonicalCode, type Lookup, type StateArray, UNKNOWN } from "../meaning/states.js";
import { lookUpStates, runsOf } from "./state-loops.js";

export interface UnknownCode {
	file: string;
	/** Place of its column among the wanted ones. */
	slot: number;
	code: string;
	rows: number;
	/** Where it first stands. */
	place: Place;
}

/** Codes the codebook does not know, counted. */
export class UnknownCodes {
	private readonly found = new Map<string, UnknownCode>();

	count(file: string, slot: number, code: string, place: Place): void {
		const key = `${slot} ${code}`;
		const known = this.found.get(key);
		if (known === undefined) this.found.set(key, { file, slot, code, rows: 1, place });
		else known.rows += 1;
	}

	/** In the order they were met. */
	list(): UnknownCode[] {
		return [...this.found.values()];
	}
}

/** One block while it is recoded. */
export class Frame {
	/** 1 where the row satisfies every condition and has a weight. */
	readonly kept: Uint8Array;
	/** Rows that are not kept. */
	dropped = 0;

	constructor(
		readonly block: Block,
		private readonly file: string,
		readonly dictionaries: readonly Dictionary[],
		private readonly unknown: UnknownCodes,
	) {
		this.kept = new Uint8Array(block.rows).fill(1);
	}

	/** Leaves a row out. */
	drop(row: number): void {
		this.dropped += this.kept[row] as number;
		this.kept[row] = 0;
	}

	/** Adds to the rows that each code of a column has. */
	countCodes(slot: number, counts: Map<string, number>): void {
		const { texts } = this.dictionaries[slot] as Dictionary;
		const rows = new Int32Array(texts.length);
		for (const index of this.indexes(slot)) rows[index] = (rows[index] as number) + 1;
		for (const [index, count] of rows.entries()) {
			if (count === 0) continue;
			const code = canonicalCode(texts[index] as string);
			counts.set(code, (counts.get(code) ?? 0) + count);
		}
	}

	/** First rows of runs of rows with the same codes in some columns. */
	runs(slots: readonly number[]): Int32Array {
		return runsOf(
			slots.map((slot) => this.indexes(slot)),
			this.block.rows,
		);
	}

	/** What the codes of some rows in a column stand for, as numbers. */
	numbersAt(rows: Int32Array, slot: number, lookup: Lookup<number>): Int32Array {
		const meaning = lookup.of(this.dictionaries[slot] as Dictionary);
		const codes = this.indexes(slot);
		return rows.map((row) => meaning[codes[row] as number] as number);
	}

	/** What each row's code in a column stands for, as a number. */
	numbers(slot: number, lookup: Lookup<number>): Int32Array {
		const meaning = lookup.of(this.dictionaries[slot] as Dictionary);
		const numbers = this.indexes(slot).slice();
		for (let row = 0; row < numbers.length; row++) numbers[row] = meaning[numbers[row] as number] as number;
		return numbers;
	}

	/** The same for codes that stand for texts, row by row. */
	values(slot: number, lookup: Lookup<string>): (row: number) => string {
		const meaning = lookup.of(this.dictionaries[slot] as Dictionary);
		const codes = this.indexes(slot);
		return (row) => meaning[codes[row] as number] as string;
	}

	/** The same as states of an item; a kept row's unknown code is counted and replaced. */
	states(slot: number, lookup: Lookup<number>, instead: number): Uint8Array {
		const meanings = Uint8Array.from(lookup.of(this.dictionaries[slot] as Dictionary));
		const { states, first } = lookUpStates(this.indexes(slot), meanings, UNKNOWN);
		return this.replace(states, first, { slot, unknown: UNKNOWN, instead });
	}

	/** The same as states of a measure. */
	measure(slot: number, lookup: Lookup<number>, unknown: number, instead: number): Int32Array {
		return this.replace(this.numbers(slot, lookup), 0, { slot, unknown, instead });
	}

	/** @param first The first row that may be unknown. */
	private replace<T extends StateArray>(
		states: T,
		first: number,
		{ slot, unknown, instead }: { slot: number; unknown: number; instead: number },
	): T {
		for (let row = first; row < states.length; row++) {
			if (states[row] !== unknown) continue;
			states[row] = instead;
			if (this.kept[row] === 1) this.reportUnknown(slot, row);
		}
		return states;
	}

	private indexes(slot: number): Int32Array {
		return (this.block.codes[slot] as Int32Array).subarray(0, this.block.rows);
	}

	reportUnknown(slot: number, row: number): void {
		const code = this.dictionaries[slot]?.texts[this.indexes(slot)[row] as number] ?? "";
		this.unknown.count(this.file, slot, code, this.block.place(row));
	}
}
