import Papa from "papaparse";
import { counted, UserError } from "../../base/errors.js";
import { BLOCK_ROWS, type Block, Dictionary, type Wanted } from "../block.js";
import { BlockBuilder, notANumber, parseNumber } from "../block-builder.js";
import type { OnFault } from "./faults.js";
import { Scanner } from "./scanner.js";
import { type Encoding, PIECE_BYTES, type Piece } from "./text-pieces.js";
import { isUnusual, mayBeUnusual, plainNumber } from "./unusual-cells.js";

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** What a reader must know of a file's text. */
export interface TextLayout {
	name: string;
	columns: readonly string[];
	delimiter: string;
	onFault?: OnFault | undefined;
}

/**
 * Pieces → blocks: plain lines by the scanner, all else by papaparse. A reader can be made wherever pieces arrive;
 * its dictionaries fill as they do.
 */
export class PieceReader {
	readonly dictionaries: readonly Dictionary[];
	private builder: BlockBuilder | undefined;
	private scanner: Scanner | undefined;
	private decoder = decoderOf("utf-8");
	/** Whether a cell of the piece at hand may be unusual. */
	private watchful = false;

	constructor(
		private readonly layout: TextLayout,
		private readonly wanted: Wanted,
	) {
		this.dictionaries = wanted.coded.map(() => new Dictionary());
	}

	/**
	 * The blocks of BLOCK_ROWS rows that a piece completes, each good until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns Lines of the piece.
	 * @throws UserError with file and line: ragged row, open quotation mark, weight that is no number.
	 */
	*blocks({ bytes, encoding }: Piece, firstLine: number): Generator<Block, number> {
		if (this.decoder.encoding !== encoding) this.decoder = decoderOf(encoding);
		const { texts, unusual } = this.wanted;
		const scannable = (texts === undefined || unusual) && isPlain(bytes);
		// A block is of one reader, so what the other began is handed over first.
		if (scannable) yield* this.finishParsed();
		else if (this.scanner !== undefined) yield* this.scanner.finish();
		return yield* scannable ? this.scan(bytes, firstLine) : this.parse(bytes, firstLine);
	}

	/** The rows left at the end of the file. */
	*finish(): Generator<Block> {
		yield* this.finishParsed();
		if (this.scanner !== undefined) yield* this.scanner.finish();
	}

	private *finishParsed(): Generator<Block> {
		if (this.builder !== undefined && this.builder.rows > 0) yield this.builder.block();
	}

	private scan(bytes: Uint8Array, firstLine: number): Generator<Block, number> {
		const { columns, delimiter } = this.layout;
		this.scanner ??= new Scanner(this.wanted, this.dictionaries, columns.length, delimiter, PIECE_BYTES, {
			text: (field) => this.decoder.decode(field).trim(),
			weight: (text, line, place) => this.weight(text, line, this.wanted.weights[place] as number),
			ragged: (line, fields) => this.ragged(line, fields),
		});
		return this.scanner.blocks(bytes, firstLine);
	}

	private *parse(bytes: Uint8Array, firstLine: number): Generator<Block, number> {
		this.watchful = this.wanted.unusual === true && mayBeUnusual(bytes);
		const text = this.decoder.decode(bytes).replace(/\r\n?/g, "\n").replace(/\n$/, "");
		const { data, errors } = this.records(text);
		let line = firstLine;
		const broken = errors.find(({ type }) => type === "Quotes")?.row;
		for (const [index, row] of data.entries()) {
			if (index === broken) {
				if (this.layout.onFault === undefined) throw openQuote(this.layout.name, line);
				return line - firstLine + (yield* this.parseLines(text.split("\n").slice(line - firstLine), line));
			}
			this.addRecord(row, line);
			line += 1;
			for (const field of row) if (field.includes("\n")) line += field.split("\n").length - 1;
			if (this.builder?.rows === BLOCK_ROWS) yield* this.finishParsed();
		}
		return line - firstLine;
	}

	/** After a stray quotation mark each line is a record: else the mark would swallow all that follow. */
	private *parseLines(lines: readonly string[], firstLine: number): Generator<Block, number> {
		for (const [index, text] of lines.entries()) {
			const line = firstLine + index;
			const { data, errors } = this.records(text);
			if (errors.some(({ type }) => type === "Quotes")) this.layout.onFault?.({ code: "open-quote", line });
			else this.addRecord(data[0] ?? [""], line);
			if (this.builder?.rows === BLOCK_ROWS) yield* this.finishParsed();
		}
		return lines.length;
	}

	private records(text: string): Papa.ParseResult<string[]> {
		// The parser takes a byte order mark away; with one of ours before it the file's own, further down, stays.
		return Papa.parse<string[]>(`\ufeff${text}`, { delimiter: this.layout.delimiter, newline: "\n" });
	}

	/** Blank lines are no records; the scanner takes the same ones for blank. */
	private addRecord(row: string[], line: number): void {
		if (row.length > 1 || !/^[ \t]*$/.test(row[0] as string)) this.add(row, line);
	}

	private add(record: string[], line: number): void {
		if (record.length !== this.layout.columns.length) {
			this.ragged(line, record.length);
			return;
		}
		this.builder ??= new BlockBuilder(this.wanted, "line");
		const { codes, weights, texts, rows, free } = this.builder;
		const { coded, weights: numbers, texts: handedOn = [] } = this.wanted;
		const text = (column: number) => (record[column] as string).trim();
		for (const [index, column] of coded.entries()) {
			(codes[index] as Int32Array)[rows] = (this.dictionaries[index] as Dictionary).index(text(column));
		}
		for (const [index, column] of numbers.entries()) {
			const value = this.wanted.unusual
				? this.watched(text(column), column)
				: this.weight(record[column] as string, line, column);
			weights[free + index] = value;
		}
		if (this.watchful) this.watch(record);
		for (const [index, column] of handedOn.entries()) (texts[index] as string[]).push(text(column));
		this.builder.end(line);
	}

	/** A number that may be none, which is handed on then. */
	private watched(text: string, column: number): number {
		const value = plainNumber(text);
		if (Number.isNaN(value)) this.builder?.unusual?.add(column, this.builder.rows, text);
		return value;
	}

	/** Hands on what is unusual in other columns than those of numbers. */
	private watch(record: readonly string[]): void {
		for (const [column, text] of record.entries()) {
			if (!isUnusual(text) || this.wanted.weights.includes(column)) continue;
			this.builder?.unusual?.add(column, this.builder.rows, text.trim());
		}
	}

	private weight(text: string, line: number, column: number): number {
		const value = parseNumber(text);
		if (!Number.isNaN(value)) return value;
		const { name, columns } = this.layout;
		throw notANumber(text, { file: name, line, column: (columns[column] as string).toUpperCase() });
	}

	private ragged(line: number, fields: number): void {
		const { name, columns, onFault } = this.layout;
		if (onFault !== undefined) {
			onFault({ code: "ragged-row", line, fields });
			return;
		}
		throw new UserError(`has ${counted(fields, "field")} where the header has ${columns.length}`, {
			where: { file: name, line },
			hint: "look for a missing or a stray delimiter on this line",
		});
	}
}

/** A byte order mark in the middle of a file is a letter like others, wherever pieces are cut. */
function decoderOf(encoding: Encoding) {
	return new TextDecoder(encoding, { ignoreBOM: true });
}

/** Whether a piece has no quotation mark, and no carriage return but before line feeds. */
function isPlain(bytes: Uint8Array): boolean {
	if (bytes.includes(QUOTE)) return false;
	for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
		if (bytes[at + 1] !== LF) return false;
	}
	return true;
}

export function openQuote(name: string, line: number): UserError {
	return new UserError("a quotation mark is opened or closed in the wrong place", {
		where: { file: name, line },
		hint: 'a quoted field begins and ends with ", and a " inside it is doubled',
	});
}
