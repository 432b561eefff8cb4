import type { Dictionary, Source, Wanted } from "../block.js";
import { type Rows, readInBlocks } from "../block-builder.js";
import { Cursor } from "../cursor.js";
import type { Input } from "../input.js";
import { BytecodeDecoder } from "./bytecode.js";
import { Cases } from "./cases.js";
import { SlabCells, watchedColumns } from "./cells.js";
import { type SavColumn, savColumns } from "./columns.js";
import { readDictionary } from "./dictionary.js";
import { type FileHeader, readHeader } from "./header.js";
import { PlainDecoder } from "./plain.js";
import { Slab } from "./slab.js";
import { type DecodeText, textDecoder } from "./text.js";
import { inflated } from "./zlib.js";

/**
 * An SPSS system file (.sav, .zsav) → columns. Layout after the PSPP developers' guide, "System File Format".
 * @param stated What its texts are said to be in, whatever the file says.
 * @throws UserError with file and byte or row: not a system file, cut off, damaged, an unsupported encoding.
 */
export async function openSav({ reader, name, sha256 }: Input, stated?: string): Promise<Source> {
	const cursor = new Cursor(reader, name, "SPSS");
	const header = await readHeader(cursor);
	const raw = await readDictionary(cursor, header.littleEndian);
	const { encoding, codePage, rows } = raw.extensions;
	const decode = textDecoder(stated ?? encoding, codePage, name);
	const columns = savColumns(raw, header.littleEndian, decode, cursor);
	const file = {
		cursor,
		header: { ...header, rows: header.rows ?? rows },
		columns,
		elements: raw.elements,
		decode,
	};
	return {
		name,
		format: "sav",
		columns: columns.map((column) => column.name),
		variables: columns.map(({ variable }) => variable),
		sha256: async () => sha256(),
		read: (wanted) => readInBlocks(wanted, name, (dictionaries) => readRows(file, wanted, dictionaries)),
	};
}

interface OpenFile {
	cursor: Cursor;
	header: FileHeader;
	columns: readonly SavColumn[];
	elements: number;
	decode: DecodeText;
}

async function* readRows(
	{ cursor, header, columns, elements, decode }: OpenFile,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Rows> {
	const { littleEndian, compression, rows } = header;
	const asked = [
		...[...wanted.coded, ...wanted.weights, ...(wanted.texts ?? [])],
		...watchedColumns(columns, wanted),
	];
	const slab = new Slab(
		asked.map((column) => columns[column] as SavColumn),
		elements,
	);
	const cells = new SlabCells(columns, wanted, dictionaries, slab, decode, cursor.name);
	const cases = new Cases(rows, cursor.name);
	const data = compression === "zlib" ? inflated(cursor, littleEndian) : cursor.chunks();
	const decoder =
		compression === "none"
			? new PlainDecoder(slab, littleEndian)
			: new BytecodeDecoder(slab, littleEndian, cases.reject);
	for await (const count of cases.read(data, decoder)) yield cells.rows(count, cases.seen + 1);
	// Bytes after the rows matter only for the file's hash.
	for await (const _ of cursor.chunks());
}
