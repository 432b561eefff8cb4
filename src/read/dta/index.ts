import type { Dictionary, Source, Variable, Wanted } from "../block.js";
import { type Rows, readInBlocks } from "../block-builder.js";
import { type CellColumn, CellRows, placesRead } from "../cell-rows.js";
import { Cursor, lookThrough } from "../cursor.js";
import type { Input, OpenedBy } from "../input.js";
import { type DecodeText, textDecoder } from "../sav/text.js";
import {
	cellColumn,
	holdsText,
	isCalendar,
	longTextKeys,
	NO_LONG_TEXT,
	RowBytes,
	type StoredColumn,
} from "./cells.js";
import { type DtaLayout, FIRST_TAGGED, LONG_TEXT, readLayout } from "./layout.js";
import { EXTENDED_MISSING } from "./missing.js";
import { type LabelSets, passRows, readLabels } from "./tail.js";

/** Bytes of rows that are read at once. */
const BATCH_BYTES = 1 << 20;
const PROGRAM = "Stata";
const NO_LABELS: ReadonlyMap<string, string> = new Map();

/** What a file says of itself; plain data that can be sent to a thread. */
interface Opened extends Omit<DtaLayout, "variables" | "places"> {
	columns: string[];
	variables: Variable[];
	stored: StoredColumn[];
	/** Of its texts; null where neither release nor anybody tells. */
	encoding: string | null;
}

/**
 * A Stata data file (.dta), releases 113 to 119, of either byte order → columns. `.` is an empty cell, `.a` to `.z` are
 * missing codes of these names; days and moments are written as ISO 8601 has them.
 * @param options What has been read of it before its rows, and what its texts are said to be in.
 * @throws UserError with file and byte or row: of another release, cut off, damaged.
 */
export async function openDta(
	input: Input,
	{ opened: given, encoding }: Pick<OpenedBy, "opened" | "encoding"> = {},
): Promise<Source> {
	const { name } = input;
	const look = () => lookThrough(input, PROGRAM, (cursor) => open(cursor, encoding));
	const opened = given === undefined ? await look() : (given as Opened);
	const { columns, variables } = opened;
	return {
		...{ name, format: "dta", columns, variables, opened },
		sha256: async () => input.sha256(),
		read: (wanted) =>
			readInBlocks(wanted, name, (dictionaries) => readRows(input, opened, wanted, dictionaries)),
	};
}

/** Labels stand behind the rows, so they are read before those in a pass of their own. */
async function open(cursor: Cursor, stated: string | undefined): Promise<Opened> {
	const { variables: raw, places, ...layout } = await readLayout(cursor);
	const encoding = layout.release > FIRST_TAGGED ? "utf-8" : (stated ?? null);
	const decode = textDecoder(encoding, null, cursor.name);
	await passRows(cursor, layout);
	const sets = await readLabels(cursor, layout, decode);
	return {
		...layout,
		encoding,
		columns: raw.map(({ name }) => decode(name).trim()),
		variables: raw.map(({ label, type, labels, format }) => ({
			label: decode(label),
			...valuesOf(type, labels, sets),
			...(isCalendar(format) ? { type: "text" as const } : {}),
		})),
		stored: raw.map(({ type, format }, index) => ({ type, format, place: places[index] as number })),
	};
}

function valuesOf(type: number, labels: string, sets: LabelSets): Omit<Variable, "label"> {
	if (holdsText(type)) return { type: "text", values: NO_LABELS, missing: null };
	return { type: "number", values: sets.get(labels) ?? NO_LABELS, missing: EXTENDED_MISSING };
}

async function* readRows(
	input: Input,
	opened: Opened,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Rows> {
	const { release, encoding, littleEndian, rowBytes, stored, columns, data } = opened;
	const texts = stored.flatMap(({ type }, place) => (holdsText(type) ? [place] : []));
	const places = placesRead(wanted, texts);
	const decode = textDecoder(encoding, null, input.name);
	const isLong = (place: number) => stored[place]?.type === LONG_TEXT;
	const long = places.some(isLong)
		? await lookThrough(input, PROGRAM, (cursor) => longTexts(cursor, opened, decode))
		: undefined;
	const rows = new RowBytes(rowBytes, littleEndian);
	const cursor = new Cursor(input.reader, input.name, PROGRAM);
	const longText = (cell: Buffer) => {
		for (const key of longTextKeys(cell, release, littleEndian)) {
			const text = key === NO_LONG_TEXT ? "" : long?.get(key);
			if (text !== undefined) return text;
		}
		throw cursor.damaged("a cell names a long text that is not there");
	};
	const read = (place: number): CellColumn =>
		cellColumn(stored[place] as StoredColumn, rows, decode, longText);
	const cells = new CellRows(
		new Map(places.map((place) => [place, read(place)])),
		...([columns, wanted, dictionaries, input.name] as const),
	);
	await cursor.skip(data, "the file header");
	const most = Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, rowBytes)));
	for (let seen = 0; seen < opened.rows; ) {
		const count = Math.min(most, opened.rows - seen);
		rows.take(await cursor.take(count * rowBytes, "the rows"));
		const first = seen + 1;
		yield cells.rows(count, (row) => first + row);
		seen += count;
	}
	// Bytes after the rows matter only for the file's hash.
	for await (const _ of cursor.chunks());
}

/** All long texts of a file, which stand behind its rows, by what cells have in their place. */
async function longTexts(cursor: Cursor, opened: Opened, decode: DecodeText): Promise<Map<string, string>> {
	await cursor.skip(opened.data, "the file header");
	const texts = new Map<string, string>();
	await passRows(cursor, opened, (key, bytes) => texts.set(key, decode(bytes)));
	return texts;
}
