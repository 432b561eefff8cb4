import { loadWasm } from "../../platform/wasm.js";

/** The loops over rows (src/loops/unpack.ts); addresses are bytes in their memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	reserve(bytes: number): void;
	unpack(bytes: number, shift: number, width: number, count: number, numbers: number): void;
	lookUp(places: number, count: number, table: number, length: number, found: number, fresh: number): number;
}

const WORD_BYTES = 4;

const wasm = loadWasm<Exports>("unpack.wasm");

/**
 * Packed numbers → numbers.
 * @param bytes From the one that the first begins in.
 * @param shift Its first bit there.
 * @param width Bits a number has, up to 24.
 * @returns The numbers, valid until the loops are used again.
 */
export function unpack(bytes: Uint8Array, shift: number, width: number, count: number): Int32Array {
	const numbersAt = Math.ceil((bytes.length + WORD_BYTES) / WORD_BYTES) * WORD_BYTES;
	wasm.reserve(numbersAt + count * WORD_BYTES);
	const { buffer } = wasm.memory;
	new Uint8Array(buffer, 0, bytes.length).set(bytes);
	wasm.unpack(0, shift, width, count, numbersAt);
	return new Int32Array(buffer, numbersAt, count);
}

/**
 * Numbers of a table by their places.
 * @param table The last number is that of a negative place; −1 where one is not known.
 * @returns Good until the loops are used again: the numbers, and the places whose number is not known, each once, in the
 *   order they are met; where there are any, the numbers are not complete.
 */
export function lookUp(places: Int32Array, table: Int32Array): { found: Int32Array; unknown: Int32Array } {
	const count = places.length;
	const tableAt = count * WORD_BYTES;
	const foundAt = tableAt + table.length * WORD_BYTES;
	const unknownAt = foundAt + count * WORD_BYTES;
	wasm.reserve(unknownAt + count * WORD_BYTES);
	const { buffer } = wasm.memory;
	new Int32Array(buffer, 0, count).set(places);
	new Int32Array(buffer, tableAt, table.length).set(table);
	const unknown = wasm.lookUp(0, count, tableAt, table.length - 1, foundAt, unknownAt);
	return {
		found: new Int32Array(buffer, foundAt, count),
		unknown: new Int32Array(buffer, unknownAt, unknown),
	};
}
