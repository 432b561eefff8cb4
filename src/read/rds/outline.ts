import { UserError } from "../../base/errors.js";
import type { Cursor } from "../cursor.js";
import { textDecoder } from "../sav/text.js";
import { type Attributes, type Flags, Items, TYPE } from "./items.js";

/** Where the elements of a column are, and in which form. */
export interface Elements {
	form: "whole" | "real" | "texts" | "sequence" | "other";
	length: number;
	/** Bytes of the unpacked file before them. */
	start: number;
	/** Of a sequence: first number and step. */
	first?: number;
	step?: number;
	/** Whether texts are numbers that R has not yet written out. */
	written?: true;
	isLogical?: true;
}

/** A column as it is found before its elements are read; plain data that can be sent to a thread. */
export interface OutlinedColumn {
	name: string;
	elements: Elements;
	attributes: Attributes;
}

export interface Outline {
	littleEndian: boolean;
	rows: number;
	columns: OutlinedColumn[];
}

const SAVE_AGAIN = "save the data frame alone: saveRDS(data, file)";

/** Attributes by which columns are understood. */
const KEPT = new Set([
	...["names", "class", "levels", "label", "labels", "na_values", "na_range", "tzone", "dim"],
]);

/** The first bytes of what `save` writes; what `saveRDS` does has them not. */
const SAVED = /^RD[XAB][23]\n/;

/**
 * Looks through a file that R's saveRDS or save has written for its data frame. The layout is that of R Internals,
 * "Serialization Formats", and of the serialize.c it describes.
 * @throws UserError where there is none, or several, or the bytes are not what the format asks for.
 */
export async function outlineOf(cursor: Cursor): Promise<Outline> {
	const isSaved = await isSavedWorkspace(cursor);
	const format = (await cursor.take(2, "the header")).toString("latin1");
	if (format !== "X\n" && format !== "B\n") throw asText(cursor);
	const version = await cursor.take(4, "the header");
	const littleEndian = format === "B\n" && version.readInt32LE() < 256;
	const number = littleEndian ? version.readInt32LE() : version.readInt32BE();
	if (number !== 2 && number !== 3) throw cursor.damaged(`its version is ${number}`);
	await cursor.take(8, "the header");
	const items = new Items(cursor, littleEndian, textDecoder(null, null, cursor.name), KEPT);
	if (number === 3) await cursor.skip(await items.int(), "the header");
	const frames = isSaved ? await savedFrames(items) : await onlyFrame(items);
	const [frame, ...others] = frames;
	if (frame === undefined || others.length > 0) throw notOneFrame(cursor, frames);
	return { littleEndian, ...frame };
}

type Frame = Pick<Outline, "rows" | "columns"> & { name: string };

async function isSavedWorkspace(cursor: Cursor): Promise<boolean> {
	const start = await cursor.take(5, "the header");
	const isSaved = SAVED.test(start.toString("latin1"));
	if (!isSaved) cursor.putBack(start);
	return isSaved;
}

function asText(cursor: Cursor): UserError {
	return new UserError("is R data written as text, which is not read", {
		where: { file: cursor.name },
		hint: "leave out ascii = TRUE: saveRDS(data, file)",
	});
}

function notOneFrame(cursor: Cursor, frames: readonly Frame[]): UserError {
	const names = frames.map(({ name }) => name).join(", ");
	const what = frames.length === 0 ? "holds no data frame" : `holds several data frames (${names})`;
	return new UserError(what, {
		where: { file: cursor.name },
		hint: frames.length === 0 ? SAVE_AGAIN : `save one of them: saveRDS(${frames[0]?.name}, file)`,
	});
}

/** The data frames of a workspace: a chain of pairs of a name and an object. */
async function savedFrames(items: Items): Promise<Frame[]> {
	const frames: Frame[] = [];
	let flags = await items.flags();
	while (flags.type === TYPE.pairs) {
		if (flags.hasAttributes) await items.pass(await items.flags());
		const name = flags.hasTag ? await items.name(await items.flags()) : null;
		const frame = await frameOf(items, await items.flags());
		if (frame !== null) frames.push({ ...frame, name: name ?? "data" });
		flags = await items.flags();
	}
	return frames;
}

async function onlyFrame(items: Items): Promise<Frame[]> {
	const frame = await frameOf(items, await items.flags());
	return frame === null ? [] : [{ ...frame, name: "data" }];
}

/** The columns of an object; null where it is no data frame. */
async function frameOf(items: Items, flags: Flags): Promise<Pick<Outline, "rows" | "columns"> | null> {
	if (flags.type !== TYPE.list) {
		await items.pass(flags);
		return null;
	}
	const count = await items.length();
	const found: Omit<OutlinedColumn, "name">[] = [];
	for (let column = 0; column < count; column++) found.push(await columnOf(items));
	const attributes = await items.attributes(flags);
	if (!attributes.get("class")?.values.includes("data.frame")) return null;
	const names = attributes.get("names")?.values ?? [];
	if (names.length !== count) throw items.cursor.damaged(`${count} columns have ${names.length} names`);
	const columns = found.map((column, index) => ({ name: String(names[index] ?? "NA").trim(), ...column }));
	const rows = columns[0]?.elements.length ?? 0;
	const other = columns.find(({ elements }) => elements.form !== "other" && elements.length !== rows);
	if (other !== undefined) {
		throw items.cursor.damaged(
			`its column ${other.name} has ${other.elements.length} elements, the first ${rows}`,
		);
	}
	return { rows, columns };
}

async function columnOf(items: Items): Promise<Omit<OutlinedColumn, "name">> {
	const flags = await items.flags();
	if (flags.type === TYPE.alternative) return alternative(items);
	const elements = await elementsOf(items, flags);
	// Attributes of what is not a vector have been passed over with it.
	if (elements.form === "other") return { elements, attributes: new Map() };
	const attributes = await items.attributes(flags);
	const [, ...others] = attributes.get("dim")?.values ?? [];
	// A matrix of one column is as good as a vector.
	return {
		elements: others.every((size) => size === 1) ? elements : { ...elements, form: "other" },
		attributes,
	};
}

/** Passes over elements and keeps where they are; what is not a vector of a table is passed over whole. */
async function elementsOf(items: Items, flags: Flags): Promise<Elements> {
	const { cursor } = items;
	const { type } = flags;
	if (type === TYPE.logical || type === TYPE.integer || type === TYPE.real) {
		const length = await items.length();
		const start = cursor.offset;
		await cursor.skip((type === TYPE.real ? 8 : 4) * length, "a column");
		if (type === TYPE.real) return { form: "real", length, start };
		return { form: "whole", length, start, ...(type === TYPE.logical ? { isLogical: true } : {}) };
	}
	if (type === TYPE.strings) {
		const length = await items.length();
		const start = cursor.offset;
		await items.texts(length, () => {});
		return { form: "texts", length, start };
	}
	const start = cursor.offset;
	await items.pass(flags);
	return { form: "other", length: 0, start };
}

/** Other forms R has for vectors: sequences by their ends, texts that are yet numbers, and wrappings of plain ones. */
async function alternative(items: Items): Promise<Omit<OutlinedColumn, "name">> {
	const { cursor } = items;
	const kind = await alternativeKind(items);
	const start = cursor.offset;
	let elements: Elements = { form: "other", length: 0, start };
	const state = await items.flags();
	if (/^compact_(?:int|real)seq$/.test(kind) && state.type === TYPE.real) {
		elements = sequenceOf((await items.values(state)).values, start);
	} else if (
		/^(?:wrap_(?:real|integer|logical|string)|deferred_string)$/.test(kind) &&
		state.type === TYPE.pairs
	) {
		// The vector itself, then what is known of it or how it is written.
		if (state.hasAttributes) await items.pass(await items.flags());
		if (state.hasTag) await items.pass(await items.flags());
		elements = (await columnOf(items)).elements;
		if (kind === "deferred_string" && elements.form !== "texts") elements = { ...elements, written: true };
		await items.pass(await items.flags());
	} else await items.pass(state);
	return { elements, attributes: await items.attributes({ hasAttributes: true }) };
}

/** The name of an alternative form: the first of a chain of its class, its package and its type. */
async function alternativeKind(items: Items): Promise<string> {
	const flags = await items.flags();
	if (flags.type !== TYPE.pairs) throw items.cursor.damaged("a vector in another form has no class");
	const kind = await items.name(await items.flags());
	await items.pass(await items.flags());
	return kind ?? "";
}

function sequenceOf(state: readonly unknown[], start: number): Elements {
	const [length, first, step] = state.map(Number);
	return { form: "sequence", length: length ?? 0, start, first: first ?? 0, step: step ?? 1 };
}
