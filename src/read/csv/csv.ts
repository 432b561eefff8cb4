import Papa from "papaparse";
import { UserError } from "../../base/errors.js";
import type { Block, Source } from "../block.js";
import type { ByteReader } from "../bytes.js";
import type { OnFault } from "./faults.js";
import { openQuote, PieceReader, type TextLayout } from "./piece-reader.js";
import { type Piece, Pieces, recordEnd } from "./text-pieces.js";

const LF = 10;

/**
 * CSV bytes → columns. The delimiter is told from the header; blank lines are skipped.
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
	const pieces = new Pieces(bytes, name, onFault !== undefined);
	const first = await pieces.next();
	const header = first && readHeader(first, name);
	if (first === undefined || header === undefined) {
		throw new UserError("is empty", { where: { file: name }, hint: "give a CSV file with a header row" });
	}
	const { delimiter, columns, lines } = header;
	pieces.take(header.bytes);
	const layout: TextLayout = { name, columns, delimiter, onFault };
	return {
		name,
		format: "csv",
		columns,
		sha256: async () => sha256(),
		read(wanted) {
			const reader = new PieceReader(layout, wanted);
			return { blocks: readBlocks(reader, pieces, lines + 1, name), dictionaries: reader.dictionaries };
		},
	};
}

interface Header {
	columns: string[];
	delimiter: string;
	/** Lines and bytes up to its end. */
	lines: number;
	bytes: number;
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
	return { columns, delimiter, lines, bytes: end };
}

/** The one of `,` `;` `|` tab that cuts the header into most columns. */
function guessDelimiter(bytes: Uint8Array): string {
	const begin = Math.max(
		0,
		bytes.findIndex((byte) => byte > 32),
	);
	const end = bytes.indexOf(LF, begin);
	const line = Buffer.from(bytes.subarray(begin, end < 0 ? bytes.length : end)).toString("latin1");
	const header = line.replace(/"[^"]*"/g, "");
	const counts = [",", ";", "\t", "|"].map((mark) => ({ mark, count: header.split(mark).length }));
	return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

async function* readBlocks(
	reader: PieceReader,
	pieces: Pieces,
	firstLine: number,
	name: string,
): AsyncGenerator<Block> {
	let any = false;
	for await (const block of allBlocks(reader, pieces, firstLine)) {
		any = true;
		yield block;
	}
	if (any) return;
	throw new UserError("has a header but no rows", { where: { file: name }, hint: "export the data again" });
}

async function* allBlocks(reader: PieceReader, pieces: Pieces, firstLine: number): AsyncGenerator<Block> {
	let line = firstLine;
	for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
		const { lines, bytes } = yield* reader.blocks(piece, line);
		line += lines;
		pieces.take(bytes);
	}
	yield* reader.finish();
}
