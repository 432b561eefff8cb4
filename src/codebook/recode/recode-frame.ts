import type { Place } from "../../base/errors.js";
import type { Block, Dictionary } from "../../read/block.js";
import { canonicalCode, type Lookup, MISSING, type StateArray, UNKNOWN } from "../meaning/states.js";
import { lookUpStates } from "./state-loops.js";

/** The state of an unknown code, where there are many states; as a byte it is UNKNOWN. */
export const UNKNOWN_VALUE = -1;

export interface UnknownCode {
	file: string;
	/** Place of its column among the wanted ones. */
	slot: number;
	code: string;
	rows: number;
	/** Its first position; null if rows have no order. */
	place: Place | null;
}

/** Codes the codebook does not know, counted. */
export class UnknownCodes {
	private readonly found = new Map<string, UnknownCode>();

	count(file: string, slot: number, code: string, place: Place | null, rows = 1): void {
		const key = `${slot} ${code}`;
		const known = this.found.get(key);
		if (known === undefined) this.found.set(key, { file, slot, code, rows, place });
		else known.rows += rows;
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
	/** Cells with an unknown code, each told once however many read it. */
	private readonly told = new Set<string>();

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
		for (const index of this.codes(slot)) rows[index] = (rows[index] as number) + 1;
		for (const [index, count] of rows.entries()) {
			if (count === 0) continue;
			const code = canonicalCode(texts[index] as string);
			counts.set(code, (counts.get(code) ?? 0) + count);
		}
	}

	/**
	 * What each row's code in a column stands for, of answers. An unknown code is replaced.
	 * @param reported Whether it is counted, where its row is kept.
	 */
	answers(slot: number, lookup: Lookup<number>, reported: boolean): Uint8Array {
		const { states, first } = lookUpStates(
			this.codes(slot),
			Uint8Array.from(this.meanings(slot, lookup)),
			UNKNOWN,
		);
		return this.replace(states, first, UNKNOWN, slot, reported);
	}

	/** The same of values, of which there may be many. */
	values(slot: number, lookup: Lookup<number>, reported: boolean): Int32Array {
		return this.replace(this.numbers(slot, lookup), 0, UNKNOWN_VALUE, slot, reported);
	}

	/** The number that each row's code stands for. */
	numbers(slot: number, lookup: Lookup<number>): Int32Array {
		const meanings = this.meanings(slot, lookup);
		const numbers = this.codes(slot).slice();
		for (let row = 0; row < numbers.length; row++) numbers[row] = meanings[numbers[row] as number] as number;
		return numbers;
	}

	/** Meanings of a column's texts, in the order of their codes. */
	meanings(slot: number, lookup: Lookup<number>): readonly number[] {
		return lookup.of(this.dictionaries[slot] as Dictionary);
	}

	/** @param first The first row that may be unknown. */
	private replace<T extends StateArray>(
		states: T,
		first: number,
		unknown: number,
		slot: number,
		reported: boolean,
	): T {
		for (let row = first; row < states.length; row++) {
			if (states[row] !== unknown) continue;
			states[row] = MISSING;
			if (reported && this.kept[row] === 1) this.reportUnknown(slot, row);
		}
		return states;
	}

	/** Places of a column's texts, row by row. */
	codes(slot: number): Int32Array {
		return (this.block.codes[slot] as Int32Array).subarray(0, this.block.rows);
	}

	reportUnknown(slot: number, row: number): void {
		const cell = `${slot} ${row}`;
		if (this.told.has(cell)) return;
		this.told.add(cell);
		const code = this.dictionaries[slot]?.texts[this.codes(slot)[row] as number] ?? "";
		this.unknown.count(this.file, slot, code, this.block.place(row));
	}
}
