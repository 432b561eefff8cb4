import { BLOCK_ROWS, type Block, type Dictionary, type Wanted } from "./block.js";
import { loadWasm } from "./open.js";

/** What the scanner (assembly/scan.ts) offers; addresses are bytes in its memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	OK: Global;
	RAGGED: Global;
	FULL: Global;
	rows: Global;
	position: Global;
	fault: Global;
	hard: Global;
	entries: Global;
	line: Global;
	configure(
		count: number,
		slots: number,
		weights: number,
		fields: number,
		capacity: number,
		delimiter: number,
		input: number,
	): void;
	wantedAt(): number;
	inputAt(): number;
	codesAt(slot: number): number;
	weightsAt(): number;
	linesAt(): number;
	hardAt(): number;
	logAt(): number;
	arenaAt(): number;
	scan(from: number, length: number): number;
}

interface Global {
	value: number;
}

const CODE = 0;
const WEIGHT = 1;

/** What the scanner hands back what it does not decide itself to. */
export interface ScanHost {
	/** The bytes of a field as text, outer blanks cut. */
	text(bytes: Uint8Array): string;
	/** A weight that is not plain digits with a decimal point, as a number; throws where it is none. */
	weight(text: string, line: number, place: number): number;
	/** A line has another number of fields than the header. */
	ragged(line: number, fields: number): never;
}

/** Lines without quotation marks → blocks, by the scanner in WebAssembly. One of them reads one file. */
export class Scanner {
	private readonly wasm = loadWasm<Exports>("scan.wasm");
	/** Index in the slot's dictionary, by the scanner's own. */
	private readonly indexes: number[][];
	/** Whether the two are the same so far, slot by slot. */
	private readonly same: boolean[];
	private entries = 0;

	/**
	 * @param input Bytes the longest piece has.
	 */
	constructor(
		private readonly wanted: Wanted,
		private readonly dictionaries: readonly Dictionary[],
		fields: number,
		delimiter: string,
		input: number,
		private readonly host: ScanHost,
	) {
		const columns = [
			...wanted.coded.map((column, slot) => [column, CODE, slot] as const),
			...wanted.weights.map((column, place) => [column, WEIGHT, place] as const),
		].sort((a, b) => a[0] - b[0]);
		const { configure, wantedAt } = this.wasm;
		configure(
			columns.length,
			wanted.coded.length,
			wanted.weights.length,
			fields,
			BLOCK_ROWS,
			delimiter.charCodeAt(0),
			input,
		);
		this.ints(wantedAt(), 3 * columns.length).set(columns.flat());
		this.indexes = wanted.coded.map(() => []);
		this.same = wanted.coded.map(() => true);
	}

	/**
	 * Blocks of a piece of whole lines. Each is good until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns Lines of the piece.
	 */
	*blocks(piece: Uint8Array, firstLine: number): Generator<Block, number> {
		const { wasm } = this;
		new Uint8Array(wasm.memory.buffer, wasm.inputAt(), piece.length).set(piece);
		let from = 0;
		for (;;) {
			const outcome = wasm.scan(from, piece.length);
			this.takeTexts();
			if (wasm.rows.value > 0) yield this.block(piece, firstLine);
			if (outcome === wasm.OK.value) return wasm.line.value;
			if (outcome === wasm.RAGGED.value) this.host.ragged(firstLine + wasm.line.value, wasm.fault.value);
			from = wasm.position.value;
		}
	}

	/** The texts that the last scan met for the first time. */
	private takeTexts(): void {
		const { wasm } = this;
		const count = wasm.entries.value;
		if (count === this.entries) return;
		const log = this.ints(wasm.logAt(), 4 * count);
		for (; this.entries < count; this.entries++) {
			const [slot, start, length] = four(log, 4 * this.entries);
			const text = this.host.text(new Uint8Array(wasm.memory.buffer, wasm.arenaAt() + start, length));
			const index = (this.dictionaries[slot] as Dictionary).index(text);
			const own = (this.indexes[slot] as number[]).push(index) - 1;
			// Texts that differ in outer blanks alone are one, and other pieces may have been read otherwise.
			if (own !== index) this.same[slot] = false;
		}
	}

	private block(piece: Uint8Array, firstLine: number): Block {
		const { wasm, wanted } = this;
		const rows = wasm.rows.value;
		const width = wanted.weights.length;
		const lines = this.ints(wasm.linesAt(), rows).slice();
		const line = (row: number) => firstLine + (lines[row] as number);
		const weights = new Float64Array(wasm.memory.buffer, wasm.weightsAt(), BLOCK_ROWS * width);
		const hard = this.ints(wasm.hardAt(), 3 * wasm.hard.value);
		for (let at = 0; at < hard.length; at += 3) {
			const [place, start, end] = four(hard, at);
			const text = this.host.text(piece.subarray(start, end));
			weights[place] = this.host.weight(text, line(Math.floor(place / width)), place % width);
		}
		const codes = wanted.coded.map((_, slot) => this.codes(slot, rows));
		return { rows, codes, weights, texts: [], width, place: (row) => ({ line: line(row) }) };
	}

	private codes(slot: number, rows: number): Int32Array {
		const codes = this.ints(this.wasm.codesAt(slot), rows);
		if (this.same[slot]) return codes;
		const indexes = this.indexes[slot] as number[];
		return codes.map((code) => indexes[code] as number);
	}

	private ints(address: number, length: number): Int32Array {
		return new Int32Array(this.wasm.memory.buffer, address, length);
	}
}

function four(values: Int32Array, at: number): [number, number, number, number] {
	return [values[at], values[at + 1], values[at + 2], values[at + 3]] as [number, number, number, number];
}
