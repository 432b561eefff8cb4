import { loadWasm } from "../../platform/wasm.js";
import { BLOCK_ROWS, type Block, type Dictionary, placesOf, type Wanted } from "../block.js";
import { type Field, Unusual, unusualFields } from "./unusual-cells.js";

/** What the scanner (src/loops/scan.ts) offers; addresses are bytes in its memory. */
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
		texts: number,
		fields: number,
		capacity: number,
		delimiter: number,
		input: number,
	): void;
	wantedAt(): number;
	inputAt(): number;
	codesAt(slot: number): number;
	weightsAt(): number;
	vectorAt(): number;
	spansAt(): number;
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
const TEXT = 2;
const LF = 10;

/** What the scanner hands back what it does not decide itself to. */
export interface ScanHost {
	/** The bytes of a field as text, outer blanks cut. */
	text(bytes: Uint8Array): string;
	/** A weight that is not plain digits with a decimal point, as a number; throws where it is none. */
	weight(text: string, line: number, place: number): number;
	/** A line has another number of fields than the header; it is left out where this does not throw. */
	ragged(line: number, fields: number): void;
}

/** Lines without quotation marks → blocks of BLOCK_ROWS rows, by the scanner in WebAssembly; one a file. */
export class Scanner {
	private readonly wasm = loadWasm<Exports>("scan.wasm");
	/** Index in the slot's dictionary, by the scanner's own. */
	private readonly indexes: number[][];
	/** Whether the two are the same so far, slot by slot. */
	private readonly same: boolean[];
	private entries = 0;
	/** Of the block at hand. */
	private texts: string[][];
	private unusual = new Unusual();
	private unsigned = true;

	/**
	 * @param input Bytes the longest piece has.
	 */
	constructor(
		private readonly wanted: Wanted,
		private readonly dictionaries: readonly Dictionary[],
		fields: number,
		private readonly delimiter: string,
		input: number,
		private readonly host: ScanHost,
	) {
		const { coded, weights, texts = [] } = wanted;
		const columns = [
			...coded.map((column, slot) => [column, CODE, slot] as const),
			...weights.map((column, place) => [column, WEIGHT, place] as const),
			...texts.map((column, place) => [column, TEXT, place] as const),
		].sort((a, b) => a[0] - b[0]);
		const { configure, wantedAt } = this.wasm;
		configure(
			columns.length,
			coded.length,
			weights.length,
			texts.length,
			fields,
			BLOCK_ROWS,
			delimiter.charCodeAt(0),
			input,
		);
		this.ints(wantedAt(), 3 * columns.length).set(columns.flat());
		this.wasm.begin();
		this.indexes = coded.map(() => []);
		this.same = coded.map(() => true);
		this.texts = texts.map(() => []);
	}

	/**
	 * The full blocks that a piece of whole lines completes. Each is good until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns Lines of the piece.
	 */
	*blocks(piece: Uint8Array, firstLine: number): Generator<Block, number> {
		const { wasm } = this;
		new Uint8Array(wasm.memory.buffer, wasm.inputAt(), piece.length).set(piece);
		const unusual = this.wanted.unusual ? unusualFields(piece, this.delimiter, firstLine).reverse() : [];
		for (let from = 0; ; ) {
			const first = wasm.rows.value;
			const outcome = wasm.scan(from, piece.length, firstLine);
			this.takeDictionaryTexts();
			this.takeHard(piece);
			this.takeTexts(piece, first);
			this.takeUnusual(piece, first, unusual);
			if (outcome === wasm.OK.value) return wasm.line.value - firstLine;
			if (outcome === wasm.RAGGED.value) {
				this.host.ragged(wasm.line.value, wasm.fault.value);
				from = lineEnd(piece, wasm.position.value);
				wasm.line.value += 1;
			} else {
				yield* this.finish();
				from = wasm.position.value;
			}
		}
	}

	/** The block at hand, if it has rows. */
	*finish(): Generator<Block> {
		if (this.wasm.rows.value > 0) yield this.block();
		this.wasm.begin();
		this.unsigned = true;
		this.texts = this.texts.map(() => []);
		this.unusual = new Unusual();
	}

	/** The texts that the last scan met for the first time. */
	private takeDictionaryTexts(): void {
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
		this.unsigned &&= hard.length === 0;
		const lines = this.ints(wasm.linesAt(), BLOCK_ROWS);
		const weights = this.weights();
		const vector = this.ints(wasm.vectorAt(), BLOCK_ROWS);
		for (let at = 0; at < hard.length; at += 3) {
			const [number, start, end] = four(hard, at);
			const row = Math.floor(number / width);
			const place = number % width;
			// Of a line that turned out to be ragged.
			if (row >= wasm.rows.value) break;
			const text = this.host.text(piece.subarray(start, end));
			if (wanted.unusual) this.unusual.add(wanted.weights[place] as number, row, text);
			weights[(vector[row] as number) * width + place] = wanted.unusual
				? Number.NaN
				: this.host.weight(text, lines[row] as number, place);
		}
	}

	/** The texts of the rows that the last scan read. */
	private takeTexts(piece: Uint8Array, first: number): void {
		const { wasm, texts } = this;
		if (texts.length === 0) return;
		const spans = this.ints(wasm.spansAt(), 2 * texts.length * wasm.rows.value);
		for (let at = 2 * texts.length * first; at < spans.length; ) {
			for (const column of texts) {
				column.push(this.host.text(piece.subarray(spans[at], spans[at + 1])));
				at += 2;
			}
		}
	}

	/**
	 * What is unusual on the rows that the last scan read; numbers have been seen to.
	 * @param left Fields of the piece that have not been taken, the last one first.
	 */
	private takeUnusual(piece: Uint8Array, first: number, left: Field[]): void {
		const { rows, linesAt } = this.wasm;
		const lines = this.ints(linesAt(), rows.value);
		for (let row = first; row < lines.length && left.length > 0; row++) {
			while (left.length > 0) {
				const { line, column, start, end } = left.at(-1) as Field;
				if (line > (lines[row] as number)) break;
				left.pop();
				// A line before this row's is blank or ragged.
				if (line < (lines[row] as number) || this.wanted.weights.includes(column)) continue;
				this.unusual.add(column, row, this.host.text(piece.subarray(start, end)));
			}
		}
	}

	private block(): Block {
		const { wasm, wanted } = this;
		const rows = wasm.rows.value;
		const lines = Uint32Array.from(this.ints(wasm.linesAt(), rows));
		return {
			rows,
			codes: wanted.coded.map((_, slot) => this.codes(slot, rows)),
			weights: this.weights(),
			vector: this.ints(wasm.vectorAt(), BLOCK_ROWS),
			unsigned: this.unsigned,
			texts: this.texts,
			...(wanted.unusual && { unusual: this.unusual }),
			width: wanted.weights.length,
			...placesOf("line", lines),
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

/** Where the line ends that begins at a byte, behind its line feed. */
function lineEnd(piece: Uint8Array, from: number): number {
	const feed = piece.indexOf(LF, from);
	return feed < 0 ? piece.length : feed + 1;
}

function four(values: Int32Array, at: number): [number, number, number, number] {
	return [values[at], values[at + 1], values[at + 2], values[at + 3]] as [number, number, number, number];
}
