import { loadWasm } from "../read/open.js";
import type { PatternTable } from "./cells.js";

interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	clear(at: number, bytes: number): void;
	addRows(targets: number, rows: number, weights: number, width: number): void;
	markTurns(marks: number, rows: number, weights: number, width: number, near: number): void;
}

const NUMBER_BYTES = 8;
/** Address 0 stands for "no sums", so nothing is kept there. */
const FIRST_ADDRESS = 16;
/** Replicate factors nearer to each other than this are one: far below what the rank's own bound can tell apart. */
const NEAR = 1e-6;

let exports: Exports | undefined;

/**
 * Sums of one block of rows, by table and slot, in the memory of the loop that adds to them (assembly/add.ts).
 */
export class BlockSums {
	private readonly wasm: Exports;
	private readonly marks: number;
	private readonly weights: number;
	private readonly begun: { table: PatternTable; slot: number }[] = [];
	private next: number;

	/**
	 * @param weights Row-major, `width` numbers a row.
	 * @param most Pairs of table and slot there can be.
	 */
	constructor(
		weights: Float64Array,
		private readonly rows: number,
		private readonly width: number,
		most: number,
	) {
		exports ??= loadWasm<Exports>("add.wasm");
		this.wasm = exports;
		this.marks = FIRST_ADDRESS + rows * Uint32Array.BYTES_PER_ELEMENT;
		this.weights = align(this.marks + rows);
		this.next = align(this.weights + rows * width * NUMBER_BYTES);
		this.wasm.reserve(this.next + most * width * NUMBER_BYTES);
		this.numbers(this.weights, rows * width).set(weights.subarray(0, rows * width));
	}

	/**
	 * Which rows have other replicate factors than the one before, the first included: 1 where they do. Teachers of one
	 * school mostly follow each other, with weights of their own and the same factors.
	 */
	turns(): Uint8Array {
		const { wasm, marks, rows, weights, width } = this;
		if (width === 1) return new Uint8Array(rows);
		wasm.markTurns(marks, rows, weights, width, NEAR);
		return new Uint8Array(wasm.memory.buffer, marks, rows);
	}

	/** Where the sums of a slot stand. */
	address(table: PatternTable, slot: number): number {
		const known = table.pending[slot] as number;
		if (known !== 0) return known;
		const at = this.next;
		this.next += this.width * NUMBER_BYTES;
		this.wasm.clear(at, this.width * NUMBER_BYTES);
		table.pending[slot] = at;
		this.begun.push({ table, slot });
		return at;
	}

	/**
	 * Adds each row's weights to sums.
	 * @param aim Writes where they stand, row by row; rows it passes over belong to none.
	 */
	add(aim: (targets: Uint32Array) => void): void {
		const { wasm, rows, weights, width } = this;
		const targets = new Uint32Array(wasm.memory.buffer, FIRST_ADDRESS, rows).fill(0);
		aim(targets);
		wasm.addRows(FIRST_ADDRESS, rows, weights, width);
	}

	/** Adds the block's sums to those of the tables. */
	finish(): void {
		for (const { table, slot } of this.begun) {
			const at = table.pending[slot] as number;
			table.add(slot, this.numbers(at, this.width));
			table.pending[slot] = 0;
		}
	}

	private numbers(address: number, length: number): Float64Array {
		return new Float64Array(this.wasm.memory.buffer, address, length);
	}
}

function align(address: number): number {
	return Math.ceil(address / 16) * 16;
}
