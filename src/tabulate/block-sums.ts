import { loadWasm } from "../read/open.js";
import type { PatternTable } from "./cells.js";

interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	clear(at: number, bytes: number): void;
	addRows(targets: number, rows: number, weights: number, width: number, sums: number): void;
	markTurns(marks: number, rows: number, weights: number, width: number, near: number): void;
}

const NUMBER_BYTES = 8;
/** Replicate factors nearer to each other than this are one: far below what the rank's own bound can tell apart. */
const NEAR = 1e-6;

let exports: Exports | undefined;

/** Sums of one block of rows, numbered from 1, in the memory of the loop that adds to them (assembly/add.ts). */
export class BlockSums {
	private readonly wasm: Exports;
	private readonly marks: number;
	private readonly weights: number;
	private readonly first: number;
	/** Where each of the sums belongs, and how many rows it has. */
	private readonly begun: { table: PatternTable; slot: number }[] = [];
	private readonly counts: Uint32Array;

	/**
	 * @param weights Row-major, `width` numbers a row.
	 * @param most Sums there can be.
	 */
	constructor(
		weights: Float64Array,
		private readonly rows: number,
		private readonly width: number,
		most: number,
	) {
		exports ??= loadWasm<Exports>("add.wasm");
		this.wasm = exports;
		this.marks = rows * Uint32Array.BYTES_PER_ELEMENT;
		this.weights = align(this.marks + rows);
		this.first = align(this.weights + rows * width * NUMBER_BYTES);
		this.counts = new Uint32Array(most + 1);
		this.wasm.reserve(this.first + most * width * NUMBER_BYTES);
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

	/** Begins sums for a slot of a table. @returns their number. */
	begin(table: PatternTable, slot: number): number {
		const number = this.begun.push({ table, slot });
		this.wasm.clear(this.address(number), this.width * NUMBER_BYTES);
		return number;
	}

	/**
	 * Adds each row's weights to sums.
	 * @param aim Writes their numbers, row by row; rows it passes over belong to none.
	 */
	add(aim: (targets: Uint32Array) => void): void {
		const { wasm, rows, weights, width, counts } = this;
		const targets = new Uint32Array(wasm.memory.buffer, 0, rows).fill(0);
		aim(targets);
		for (let row = 0; row < rows; row++) {
			const target = targets[row] as number;
			counts[target] = (counts[target] as number) + 1;
		}
		wasm.addRows(0, rows, weights, width, this.address(1));
	}

	/** Adds the block's sums and counts to those of the tables. */
	finish(): void {
		for (const [index, { table, slot }] of this.begun.entries()) {
			const number = index + 1;
			table.add(slot, this.counts[number] as number, this.numbers(this.address(number), this.width));
		}
	}

	private address(number: number): number {
		return this.first + (number - 1) * this.width * NUMBER_BYTES;
	}

	private numbers(address: number, length: number): Float64Array {
		return new Float64Array(this.wasm.memory.buffer, address, length);
	}
}

function align(address: number): number {
	return Math.ceil(address / 16) * 16;
}
