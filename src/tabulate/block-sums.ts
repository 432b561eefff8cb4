import { loadWasm } from "../read/open.js";

interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	clear(at: number, bytes: number): void;
	addRows(targets: number, rows: number, weights: number, width: number): void;
}

const NUMBER_BYTES = 8;
/** Address 0 stands for "no sums", so nothing is kept there. */
const FIRST_ADDRESS = 16;

let exports: Exports | undefined;

/**
 * Vectors of 1 + R sums for one block of rows, in the memory of the loop that adds to them (assembly/add.ts). They
 * are good until the next block begins.
 */
export class BlockSums {
	private readonly wasm: Exports;
	private readonly weights: number;
	private next: number;

	/**
	 * @param weights Row-major, `width` numbers a row.
	 * @param most Vectors that can be taken.
	 */
	constructor(
		weights: Float64Array,
		private readonly rows: number,
		private readonly width: number,
		most: number,
	) {
		exports ??= loadWasm<Exports>("add.wasm");
		this.wasm = exports;
		this.weights = align(FIRST_ADDRESS + rows * Uint32Array.BYTES_PER_ELEMENT);
		this.next = align(this.weights + rows * width * NUMBER_BYTES);
		this.wasm.reserve(this.next + most * width * NUMBER_BYTES);
		const staged = new Float64Array(this.wasm.memory.buffer, this.weights, rows * width);
		staged.set(weights.subarray(0, rows * width));
	}

	/** A vector of zeros. */
	take(): Float64Array {
		const at = this.next;
		this.next += this.width * NUMBER_BYTES;
		this.wasm.clear(at, this.width * NUMBER_BYTES);
		return new Float64Array(this.wasm.memory.buffer, at, this.width);
	}

	/**
	 * Adds each row's weights to the vector `sumsOf` says, or to none.
	 */
	add(sumsOf: (row: number) => Float64Array | undefined): void {
		const { wasm, rows, weights, width } = this;
		const targets = new Uint32Array(wasm.memory.buffer, FIRST_ADDRESS, rows);
		for (let row = 0; row < rows; row++) targets[row] = sumsOf(row)?.byteOffset ?? 0;
		wasm.addRows(FIRST_ADDRESS, rows, weights, width);
	}
}

function align(address: number): number {
	return Math.ceil(address / 16) * 16;
}
