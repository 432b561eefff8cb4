import Papa from "papaparse";
import { UserError } from "../../base/errors.js";
import type { Block, Source } from "../block.js";
import type { ByteReader } from "../bytes.js";
import type { OnFault } from "./faults.js";
import { openQuote, PieceReader, type TextLayout } from "./piece-reader.js";
import { type Piece, piecesOf, recordEnd } from "./text-pieces.js";

const LF = 10;

/**
 * CSV bytes → columns. Delimiter comma, semicolon or tab, told from the header; blank lines are skipped.
 * @param bytes Text in an encoding whose delimiters and line ends are ASCII.
 * @param onFault Takes what a ragged row or an open quotation mark would otherwise throw.
 * @throws UserError with file and line: empty file, header alone, ragged row, open quotation mark.
 */
export async function openCsv(
	bytes: ByteReader,
	name: string,
	sha256: () => string,
	onFault?: OnFault,
): Promise<Source> {
	const pieces = piecesOf(bytes, name, guessDelimiter, onFault !== undefined);
	const first = await pieces.next();
	const header = first.done ? undefined : readHeader(first.value, name);
	if (first.done || header === undefined) {
		throw new UserError("is empty", { where: { file: name }, hint: "give a CSV file with a header row" });
	}
	const { delimiter, columns, lines, rest } = header;
	const layout: TextLayout = { name, columns, delimiter, onFault };
	return {
		name,
		format: "csv",
		columns,
		sha256: async () => sha256(),
		read(wanted) {
			const reader = new PieceReader(layout, wanted);
			return { blocks: readBlocks(reader, rest, pieces, lines + 1, name), dictionaries: reader.dictionaries };
		},
	};
}

interface Header {
	columns: string[];
	delimiter: string;
	/** Lines up to its end. */
	lines: number;
	/** What follows it in the first piece. */
	rest: Piece;
}

/** The first record that is not blank. */
function readHeader({ bytes, encoding }: Piece, name: string): Header | undefined {
	const begin = bytes.findIndex((byte) => byte > 32);
	if (begin < 0) return undefined;
	// Blanks before the first name belong to it.
	const from = bytes.lastIndexOf(LF, begin) + 1;
	const delimiter = guessDelimiter(bytes);
	const found = recordEnd(bytes, from, delimiter);
	const end = found < 0 ? bytes.length : found;
	const lines = bytes.subarray(0, end).filter((byte) => byte === LF).length;
	const text = new TextDecoder(encoding).decode(bytes.subarray(from, end)).replace(/\r\n?/g, "\n");
	const { data, errors } = Papa.parse<string[]>(text.replace(/\n$/, ""), { delimiter, newline: "\n" });
	if (errors.some(({ type }) => type === "Quotes")) throw openQuote(name, 1);
	const columns = (data[0] ?? [""]).map((column) => column.trim());
	return { columns, delimiter, lines, rest: { bytes: bytes.subarray(end), encoding } };
}

/** The one of `,` `;` tab that cuts the header into most columns. */
function guessDelimiter(bytes: Uint8Array): string {
	const begin = Math.max(
		0,
		bytes.findIndex((byte) => byte > 32),
	);
	const end = bytes.indexOf(LF, begin);
	const line = Buffer.from(bytes.subarray(begin, end < 0 ? bytes.length : end)).toString("latin1");
	const header = line.replace(/"[^"]*"/g, "");
	const counts = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length }));
	return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

async function* readBlocks(
	reader: PieceReader,
	first: Piece,
	rest: AsyncIterable<Piece>,
	firstLine: number,
	name: string,
): AsyncGenerator<Block> {
	let any = false;
	for await (const block of allBlocks(reader, first, rest, firstLine)) {
		any = true;
		yield block;
	}
	if (any) return;
	throw new UserError("has a header but no rows", { where: { file: name }, hint: "export the data again" });
}

async function* allBlocks(
	reader: PieceReader,
	first: Piece,
	rest: AsyncIterable<Piece>,
	firstLine: number,
): AsyncGenerator<Block> {
	let line = firstLine + (yield* reader.blocks(first, firstLine));
	for await (const piece of rest) line += yield* reader.blocks(piece, line);
	yield* reader.finish();
}
