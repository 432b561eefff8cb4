import Papa from "papaparse";
import { UserError } from "../../base/errors.js";
import { type Block, NOTHING_SAID, type Source } from "../block.js";
import type { ByteReader } from "../bytes.js";
import { type Decode, decoderOf } from "../encoding.js";
import { type Headed, MOST_EXTRA, withHeaderRows } from "../header-rows.js";
import type { OnFault } from "./faults.js";
import { openQuote, PieceReader, type TextLayout } from "./piece-reader.js";
import { Pieces, recordEnd, type TextPiece } from "./text-pieces.js";

const LF = 10;

/**
 * CSV bytes → columns. The delimiter is told from the header; blank lines are skipped.
 * @param bytes Text in an encoding whose delimiters and line ends are ASCII.
 * @param options `onFault` takes what a ragged row or an open quotation mark would otherwise throw; `told` says that the
 * text is UTF-8, whatever it looks like.
 * @throws UserError with file and line: empty file, header alone, ragged row, open quotation mark.
 */
export async function openCsv(
	bytes: ByteReader,
	name: string,
	sha256: () => string,
	{ onFault, told = false }: { onFault?: OnFault | undefined; told?: boolean } = {},
): Promise<Source> {
	const pieces = new Pieces(bytes, name, { mixed: onFault !== undefined, told });
	const first = await pieces.next();
	const header = first && readHeader(first, name);
	if (first === undefined || header === undefined) {
		throw new UserError("is empty", { where: { file: name }, hint: "give a CSV file with a header row" });
	}
	const { delimiter, columns, labels, lines, extra } = header;
	pieces.take(header.bytes);
	const layout: TextLayout = { name, columns, delimiter, onFault };
	return {
		name,
		format: "csv",
		columns,
		...(labels && { variables: labels.map((label) => ({ ...NOTHING_SAID, label })) }),
		sha256: async () => sha256(),
		remarks: () => [
			...(extra === null ? [] : [{ code: "header-rows" as const, ...extra }]),
			...(pieces.told === "utf-8" ? [] : [{ code: "encoding-told" as const, encoding: pieces.told }]),
		],
		read(wanted) {
			const reader = new PieceReader(layout, wanted);
			return { blocks: readBlocks(reader, pieces, lines + 1, name), dictionaries: reader.dictionaries };
		},
	};
}

interface Header extends Pick<Headed, "columns" | "labels"> {
	delimiter: string;
	/** Lines and bytes up to its end. */
	lines: number;
	bytes: number;
	/** Rows of texts and ids that it ends with, and the line of the first. */
	extra: { rows: number; first: number } | null;
}

/** The first record that is not blank, with rows below it that belong to it. */
function readHeader({ bytes, encoding }: TextPiece, name: string): Header | undefined {
	const said = saidDelimiter(bytes);
	const begin = bytes.findIndex((byte, at) => at >= said.bytes && byte > 32);
	if (begin < 0) return undefined;
	// Blanks before the first name belong to it.
	const from = Math.max(said.bytes, bytes.lastIndexOf(LF, begin) + 1);
	const delimiter = said.delimiter ?? guessDelimiter(bytes);
	const records = [...recordsFrom(bytes, from, delimiter, 1 + MOST_EXTRA)];
	const rows = records.map(({ start, end }) => {
		const text = (decoderOf(encoding) as Decode)(bytes.subarray(start, end)).replace(/\r\n?/g, "\n");
		const { data, errors } = Papa.parse<string[]>(text.replace(/\n$/, ""), { delimiter, newline: "\n" });
		return { cells: data[0] ?? [""], isBroken: errors.some(({ type }) => type === "Quotes") };
	});
	const [{ cells: names, isBroken } = { cells: [""], isBroken: false }, ...below] = rows;
	if (isBroken) throw openQuote(name, 1);
	// A row that has lost a quotation mark or a field does not belong to the header: it is reported when it is read.
	const broken = below.findIndex((row) => row.isBroken || row.cells.length !== names.length);
	const next = below.slice(0, broken < 0 ? below.length : broken).map(({ cells }) => cells);
	const headed = withHeaderRows(
		names.map((column) => column.trim()),
		next,
	);
	const lineAt = (at: number) => bytes.subarray(0, at).filter((byte) => byte === LF).length;
	const end = records[headed.extra]?.end ?? bytes.length;
	const first = lineAt(records[0]?.end ?? 0) + 1;
	const extra = headed.extra === 0 ? null : { rows: headed.extra, first };
	return { ...headed, delimiter, lines: lineAt(end), bytes: end, extra };
}

function* recordsFrom(bytes: Uint8Array, from: number, delimiter: string, most: number) {
	for (let start = from, count = 0; start < bytes.length && count < most; count++) {
		const found = recordEnd(bytes, start, delimiter);
		const end = found < 0 ? bytes.length : found;
		yield { start, end };
		start = end;
	}
}

/** The line `sep=;`, which sets Excel's delimiter and does not belong to the table. */
function saidDelimiter(bytes: Buffer): { bytes: number; delimiter?: string } {
	const [line, delimiter] = /^"?sep=([,;\t|])"?\r?\n/i.exec(bytes.subarray(0, 16).toString("latin1")) ?? [];
	return line === undefined || delimiter === undefined ? { bytes: 0 } : { bytes: line.length, delimiter };
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
