import { loadWasm } from "../../platform/wasm.js";
import { BLOCK_ROWS, type Block, type Dictionary, placesOf, type Wanted } from "../block.js";
import { plainText } from "../block-builder.js";
import { Letters } from "./letters.js";
import type { TextPiece } from "./text-pieces.js";
import { plainNumber, Unusual } from "./unusual-cells.js";

/** What the scanner (src/loops/scan.ts) offers; addresses are bytes in its memory. */
interface Exports {
	memory: { buffer: ArrayBuffer };
	OK: Global;
	RAGGED: Global;
	FULL: Global;
	BROKEN: Global;
	rows: Global;
	position: Global;
	fault: Global;
	faulty: Global;
	hard: Global;
	odd: Global;
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
		watchful: boolean,
	): void;
	wantedAt(): number;
	inputAt(): number;
	codesAt(slot: number): number;
	weightsAt(): number;
	vectorAt(): number;
	spansAt(): number;
	linesAt(): number;
	hardAt(): number;
	oddAt(): number;
	logAt(): number;
	arenaAt(): number;
	begin(): void;
	forget(): void;
	scan(from: number, length: number, firstLine: number, isLast: boolean, isUtf8: boolean): number;
}

interface Global {
	value: number;
}

const CODE = 0;
const WEIGHT = 1;
const TEXT = 2;
/** Marks where a field ends whose quotation marks are doubled or whose line ends are not bare. */
const TO_MEND = 1 << 31;
/** Stands for bytes that are no letters: two different texts may read the same. */
const LOST = "\ufffd";

/** Takes what the scanner does not decide itself. */
export interface ScanHost {
	/** A weight that is not plain digits with a decimal point or comma, as a number; throws where it is none. */
	weight(text: string, line: number, place: number): number;
	/** A record has another number of fields than the header; it is left out where this does not throw. */
	ragged(line: number, fields: number): void;
	/** A record has a quotation mark in the wrong place; its first line is left out where this does not throw. */
	openQuote(line: number): void;
}

/** How much of a piece has been read. */
export interface Taken {
	lines: number;
	bytes: number;
}

/** Records → blocks of BLOCK_ROWS rows, by the scanner in WebAssembly; one per file. */
export class Scanner {
	private readonly wasm = loadWasm<Exports>("scan.wasm");
	/** Index in the slot's dictionary, by the scanner's own. */
	private indexes: number[][];
	/** Whether the two are the same so far, slot by slot. */
	private same: boolean[];
	private entries = 0;
	private generation = 0;
	private readonly letters = new Letters();
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
		delimiter: string,
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
			wanted.unusual === true,
		);
		this.ints(wantedAt(), 3 * columns.length).set(columns.flat());
		this.wasm.begin();
		this.indexes = coded.map(() => []);
		this.same = coded.map(() => true);
		this.texts = texts.map(() => []);
	}

	/**
	 * The full blocks that the records of a piece complete. Each is valid until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns What was read: all but a record that goes on behind the piece.
	 */
	*blocks({ bytes, encoding, isLast }: TextPiece, firstLine: number): Generator<Block, Taken> {
		const { wasm, host } = this;
		const isUtf8 = encoding === "utf-8";
		this.letters.use(encoding);
		new Uint8Array(wasm.memory.buffer, wasm.inputAt(), bytes.length).set(bytes);
		for (let from = 0; ; from = wasm.position.value) {
			this.forgetAlike();
			const first = wasm.rows.value;
			const outcome = wasm.scan(from, bytes.length, firstLine, isLast, isUtf8);
			this.takeDictionaryTexts();
			this.takeHard(bytes);
			this.takeTexts(bytes, first);
			this.takeOdd(bytes);
			if (outcome === wasm.FULL.value) yield* this.finish();
			else if (outcome === wasm.RAGGED.value) host.ragged(wasm.faulty.value, wasm.fault.value);
			else if (outcome === wasm.BROKEN.value) host.openQuote(wasm.faulty.value);
			else return { lines: wasm.line.value - firstLine, bytes: wasm.position.value };
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

	/** Forgets what the dictionaries have forgotten. */
	private forgetAlike(): void {
		const { wasm, dictionaries } = this;
		const generation = dictionaries[0]?.generation ?? 0;
		if (generation === this.generation) return;
		this.generation = generation;
		this.entries = 0;
		this.indexes = dictionaries.map(() => []);
		this.same = dictionaries.map(() => true);
		wasm.forget();
	}

	/** The texts that the last scan met for the first time. */
	private takeDictionaryTexts(): void {
		const { wasm } = this;
		const count = wasm.entries.value;
		if (count === this.entries) return;
		const log = this.ints(wasm.logAt(), 3 * count);
		const arena = Buffer.from(wasm.memory.buffer, wasm.arenaAt());
		for (; this.entries < count; this.entries++) {
			const [key, start, length] = three(log, 3 * this.entries);
			const slot = key & ~TO_MEND;
			const index = this.enter(
				this.dictionaries[slot] as Dictionary,
				arena,
				start,
				(start + length) | (key & TO_MEND),
			);
			const own = (this.indexes[slot] as number[]).push(index) - 1;
			if (own !== index) this.same[slot] = false;
		}
	}

	/** Puts a text that the scanner has met first into a dictionary, which may have it with other outer blanks or marks. */
	private enter(dictionary: Dictionary, arena: Buffer, start: number, end: number): number {
		const stored = this.letters.of(arena, start, end & ~TO_MEND);
		const text = mended(stored, end, this.wanted.exact);
		return text === stored && !text.includes(LOST) ? dictionary.add(text) : dictionary.index(text);
	}

	/** The weights that the last scan left over. */
	private takeHard(piece: Buffer): void {
		const { wasm, wanted } = this;
		const width = wanted.weights.length;
		const hard = this.ints(wasm.hardAt(), 3 * wasm.hard.value);
		this.unsigned &&= hard.length === 0;
		const lines = this.ints(wasm.linesAt(), BLOCK_ROWS);
		const weights = this.weights();
		const vector = this.ints(wasm.vectorAt(), BLOCK_ROWS);
		for (let at = 0; at < hard.length; at += 3) {
			const [number, start, end] = three(hard, at);
			const row = Math.floor(number / width);
			const place = number % width;
			const text = this.text(piece, start, end);
			const value = wanted.unusual ? plainNumber(text) : this.host.weight(text, lines[row] as number, place);
			weights[(vector[row] as number) * width + place] = value;
			if (wanted.unusual && Number.isNaN(value)) this.unusual.add(wanted.weights[place] as number, row, text);
		}
	}

	/** The texts of the rows that the last scan read. */
	private takeTexts(piece: Buffer, first: number): void {
		const { wasm, texts } = this;
		if (texts.length === 0) return;
		const spans = this.ints(wasm.spansAt(), 2 * texts.length * wasm.rows.value);
		for (let at = 2 * texts.length * first; at < spans.length; ) {
			for (const column of texts) {
				column.push(this.text(piece, spans[at] as number, spans[at + 1] as number));
				at += 2;
			}
		}
	}

	/** The cells that may be damaged of the rows that the last scan read; numbers have been seen to. */
	private takeOdd(piece: Buffer): void {
		const { wasm, wanted } = this;
		const odd = this.ints(wasm.oddAt(), 4 * wasm.odd.value);
		for (let at = 0; at < odd.length; at += 4) {
			const [row, column, start] = three(odd, at);
			if (wanted.weights.includes(column)) continue;
			this.unusual.add(column, row, this.text(piece, start, odd[at + 3] as number));
		}
	}

	/** The content of a field. @param end Where it ends, marked where it has to be mended. */
	private text(piece: Buffer, start: number, end: number): string {
		return mended(this.letters.of(piece, start, end & ~TO_MEND), end, this.wanted.exact);
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

/** Without doubled quotation marks and carriage returns at the ends of lines, and outer blanks unless they are wanted. */
function mended(text: string, end: number, exact?: true): string {
	const marked = (end & TO_MEND) === 0 ? text : text.replaceAll('""', '"').replaceAll("\r\n", "\n");
	return exact ? marked : plainText(marked);
}

function three(values: Int32Array, at: number): [number, number, number] {
	return [values[at], values[at + 1], values[at + 2]] as [number, number, number];
}
