import type { Dictionary, Source, Wanted } from "../block.js";
import { type Rows, readInBlocks } from "../block-builder.js";
import { CellRows, placesRead } from "../cell-rows.js";
import { Cursor, lookThrough } from "../cursor.js";
import type { Input } from "../input.js";
import { textDecoder } from "../sav/text.js";
import { heldColumns, isTextColumn, variableOf } from "./columns.js";
import { type Outline, outlineOf } from "./outline.js";

const PROGRAM = "R";

/**
 * A data frame that R has saved (.rds, or .rda and .RData with one data frame) → columns: factors as the texts of their
 * levels, labelled vectors as their values, NA as an empty cell, haven's tagged NA as `.a` to `.z`. The file is looked
 * through once for its names, which stand at its end, and read once more for the wanted columns, which are held in
 * memory: R writes one column after the other.
 * @param given What has been found by looking through it.
 * @throws UserError with file and byte or column: no data frame, cut off, damaged.
 */
export async function openRds(input: Input, given?: unknown): Promise<Source> {
	const { name } = input;
	const opened = given === undefined ? await lookThrough(input, PROGRAM, outlineOf) : (given as Outline);
	return {
		...{ name, format: "rds", opened },
		columns: opened.columns.map((column) => column.name),
		variables: opened.columns.map(variableOf),
		sha256: async () => input.sha256(),
		read: (wanted) =>
			readInBlocks(wanted, name, (dictionaries) => readRows(input, opened, wanted, dictionaries)),
	};
}

async function* readRows(
	input: Input,
	opened: Outline,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Rows> {
	const { name } = input;
	const cursor = new Cursor(input.reader, name, PROGRAM);
	const texts = opened.columns.flatMap((column, place) => (isTextColumn(column) ? [place] : []));
	const places = placesRead(wanted, texts);
	const columns = await heldColumns(cursor, opened, places, textDecoder(null, null, name));
	const names = opened.columns.map((column) => column.name);
	yield new CellRows(columns, names, wanted, dictionaries, name).rows(opened.rows, (row) => row + 1);
	// Bytes after the wanted columns matter only for the file's hash.
	for await (const _ of cursor.chunks());
}
