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
	begin(): void;
	scan(from: number, length: number, firstLine: number): number;
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

/** Lines without quotation marks → blocks of BLOCK_ROWS rows, by the scanner in WebAssembly; one a file. */
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
	 * The full blocks that a piece of whole lines completes. Each is good until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns Lines of the piece.
	 */
	*blocks(piece: Uint8Array, firstLine: number): Generator<Block, number> {
		const { wasm } = this;
		new Uint8Array(wasm.memory.buffer, wasm.inputAt(), piece.length).set(piece);
		for (let from = 0; ; ) {
			const outcome = wasm.scan(from, piece.length, firstLine);
			this.takeTexts();
			this.takeHard(piece);
			if (outcome === wasm.OK.value) return wasm.line.value - firstLine;
			if (outcome === wasm.RAGGED.value) this.host.ragged(wasm.line.value, wasm.fault.value);
			yield* this.finish();
			from = wasm.position.value;
		}
	}

	/** The block at hand, if it has rows. */
	*finish(): Generator<Block> {
		if (this.wasm.rows.value > 0) yield this.block();
		this.wasm.begin();
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

	/** The weights that the last scan left over. */
	private takeHard(piece: Uint8Array): void {
		const { wasm, wanted } = this;
		const width = wanted.weights.length;
		const hard = this.ints(wasm.hardAt(), 3 * wasm.hard.value);
		const lines = this.ints(wasm.linesAt(), BLOCK_ROWS);
		const weights = this.weights();
		for (let at = 0; at < hard.length; at += 3) {
			const [place, start, end] = four(hard, at);
			const line = lines[Math.floor(place / width)] as number;
			weights[place] = this.host.weight(this.host.text(piece.subarray(start, end)), line, place % width);
		}
	}

	private block(): Block {
		const { wasm, wanted } = this;
		const rows = wasm.rows.value;
		const lines = this.ints(wasm.linesAt(), rows).slice();
		return {
			rows,
			codes: wanted.coded.map((_, slot) => this.codes(slot, rows)),
			weights: this.weights(),
			texts: [],
			width: wanted.weights.length,
			place: (row) => ({ line: lines[row] as number }),
		};
	}

	private weights(): Float64Array {
		const { wasm, wanted } = this;
		return new Float64Array(wasm.memory.buffer, wasm.weightsAt(), BLOCK_ROWS * wanted.weights.length);
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
