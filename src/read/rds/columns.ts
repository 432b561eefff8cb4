import { UserError } from "../../base/errors.js";
import type { DeclaredMissing, Variable } from "../block.js";
import type { CellColumn, RawCell } from "../cell-rows.js";
import type { Cursor } from "../cursor.js";
import { dayText, momentText } from "../moments.js";
import { Items, NOT_AVAILABLE, tagOf, type Values } from "./items.js";
import type { Elements, Outline, OutlinedColumn } from "./outline.js";

/** The lower half of a NaN that is NA to R, tagged or not. */
const NA_WORD = 1954;
const NO_VALUES: ReadonlyMap<string, string> = new Map();
/** Bytes that are turned around at once. */
const PIECE_BYTES = 1 << 20;
/** Milliseconds from 1970 that a calendar has, less a day for time zones. */
const LAST_MOMENT = 8.64e15 - 86_400_000;

/** What a column says of itself. */
export function variableOf({ elements, attributes }: OutlinedColumn): Variable {
	const labels = attributes.get("labels");
	const isText =
		isTextColumn({ elements, attributes }) ||
		elements.isLogical === true ||
		["Date", "POSIXct"].some((name) => isOf(attributes, name));
	return {
		label: String(attributes.get("label")?.values[0] ?? ""),
		type: isText ? "text" : "number",
		values: labels === undefined ? NO_VALUES : labelsOf(labels),
		missing: missingOf(attributes),
	};
}

export function isTextColumn({ elements, attributes }: Omit<OutlinedColumn, "name">): boolean {
	return elements.form === "texts" || elements.written === true || isOf(attributes, "factor");
}

function isOf(attributes: OutlinedColumn["attributes"], name: string): boolean {
	return attributes.get("class")?.values.includes(name) ?? false;
}

function labelsOf({ values, names, tags }: Values): Map<string, string> {
	return new Map(
		values.map((value, index) => [
			value === null ? (tags[index] ? `.${tags[index]}` : "") : String(value),
			names[index] ?? "",
		]),
	);
}

/** What `labelled_spss` declares, and letters of haven's that have a label. */
function missingOf(attributes: OutlinedColumn["attributes"]): DeclaredMissing | null {
	const declared = attributes.get("na_values")?.values ?? [];
	const tagged = (attributes.get("labels")?.tags ?? []).filter((tag) => tag !== "").map((tag) => `.${tag}`);
	const [from, to] = attributes.get("na_range")?.values ?? [];
	const range = typeof from === "number" && typeof to === "number" ? { from, to } : null;
	const values = [...declared.flatMap((value) => (value === null ? [] : [String(value)])), ...tagged];
	return values.length === 0 && range === null ? null : { values, range };
}

/** Elements of a column in memory, each as the file has it. */
type Held =
	| { kind: "numbers"; numbers: Int32Array | Float64Array }
	| { kind: "texts"; texts: readonly string[]; places: Uint32Array };

/** Reads the elements of a column, up to which the cursor has come. */
async function hold(
	cursor: Cursor,
	{ form, length, first = 0, step = 1 }: Elements,
	items: Items,
): Promise<Held> {
	if (form === "sequence") {
		return { kind: "numbers", numbers: Float64Array.from({ length }, (_, index) => first + index * step) };
	}
	if (form === "texts") return holdTexts(length, items);
	const width = form === "real" ? 8 : 4;
	const bytes = Buffer.from(new ArrayBuffer(length * width));
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
		const piece = await cursor.take(Math.min(PIECE_BYTES, bytes.length - at), "a column");
		bytes.set(piece, at);
	}
	if (items.littleEndian !== isLittleEndian) {
		if (width === 8) bytes.swap64();
		else bytes.swap32();
	}
	const numbers = width === 8 ? new Float64Array(bytes.buffer) : new Int32Array(bytes.buffer);
	return { kind: "numbers", numbers };
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Texts that come again are held once; none of them is not available. */
async function holdTexts(length: number, items: Items): Promise<Held> {
	const texts: string[] = [];
	const known = new Map<string, number>();
	const places = new Uint32Array(length);
	let row = 0;
	await items.texts(length, (bytes, levels) => {
		const key = bytes === null ? "" : `${levels & 4} ${bytes.toString("latin1")}`;
		let place = known.get(key);
		if (place === undefined) {
			place = texts.push(bytes === null ? "" : items.text(bytes, levels)) - 1;
			known.set(key, place);
		}
		places[row++] = place;
	});
	return { kind: "texts", texts, places };
}

/**
 * Reads the wanted columns of a data frame, in the order of the file.
 * @throws UserError where one of them is no column of a table, or the file is not the one that was looked through.
 */
export async function heldColumns(
	cursor: Cursor,
	{ columns, littleEndian }: Outline,
	places: readonly number[],
	decode: (bytes: Buffer) => string,
): Promise<Map<number, CellColumn>> {
	const items = new Items(cursor, littleEndian, decode, new Set());
	const found = new Map<number, CellColumn>();
	for (const place of places) {
		const column = columns[place] as OutlinedColumn;
		const { elements, name } = column;
		if (elements.form === "other") throw notATable(cursor.name, name);
		await cursor.skip(elements.start - cursor.offset, "a column");
		found.set(place, cellsOf(column, await hold(cursor, elements, items), cursor));
	}
	return found;
}

function notATable(file: string, column: string): UserError {
	return new UserError("holds lists, matrices or objects, which a table cannot hold", {
		where: { file, column: column.toUpperCase() },
		hint: "save the data frame without this column, or with one value a row",
	});
}

function cellsOf(column: OutlinedColumn, held: Held, cursor: Cursor): CellColumn {
	const isText = isTextColumn(column);
	if (held.kind === "texts") {
		const { texts, places } = held;
		return { isText, cell: (row) => texts[places[row] as number] as string };
	}
	const { numbers } = held;
	const write = writing(column, cursor);
	if (numbers instanceof Int32Array) {
		return {
			isText,
			cell(row) {
				const value = numbers[row] as number;
				return value === NOT_AVAILABLE ? "" : write(value);
			},
		};
	}
	const halves = new Uint32Array(numbers.buffer);
	const high = isLittleEndian ? 1 : 0;
	if (isOf(column.attributes, "integer64")) {
		const wholes = new BigInt64Array(numbers.buffer);
		return { isText, cell: (row) => wholeText(wholes[row] as bigint) };
	}
	return {
		isText,
		cell(row) {
			const value = numbers[row] as number;
			if (!Number.isNaN(value)) return write(value);
			if (halves[2 * row + 1 - high] !== NA_WORD) return "NaN";
			const tag = tagOf(halves[2 * row + high] as number);
			return tag === "" ? "" : `.${tag}`;
		},
	};
}

/** Whole numbers of 64 bits, which R keeps in the place of others; the lowest stands for none. */
function wholeText(value: bigint): RawCell {
	if (value === -(2n ** 63n)) return "";
	return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** How a column's numbers are written: levels of factors, days and moments, TRUE and FALSE, or as they are. */
function writing({ elements, attributes, name }: OutlinedColumn, cursor: Cursor): (value: number) => RawCell {
	if (isOf(attributes, "factor")) {
		const levels = attributes.get("levels")?.values.map((level) => String(level ?? "")) ?? [];
		return (value) => {
			const level = levels[value - 1];
			if (level === undefined) throw cursor.damaged(`its factor ${name} has no level ${value}`);
			return level;
		};
	}
	if (isOf(attributes, "Date")) return dayText;
	if (isOf(attributes, "POSIXct")) return momentWriter(String(attributes.get("tzone")?.values[0] ?? ""));
	if (elements.isLogical) return (value) => (value === 0 ? "FALSE" : "TRUE");
	if (elements.written) return (value) => String(value);
	return (value) => value;
}

/** Moments as clocks of a time zone show them; without one, or with an unknown one, in UTC. */
function momentWriter(zone: string): (seconds: number) => string {
	const utc = (seconds: number) => momentText(seconds * 1000);
	if (["", "UTC", "GMT"].includes(zone)) return utc;
	const offset = offsetOf(zone);
	return (seconds) => momentText(seconds * 1000 + offset(seconds * 1000));
}

/** Milliseconds by which clocks of a zone are ahead of UTC at a moment. */
function offsetOf(zone: string): (moment: number) => number {
	try {
		const parts = new Intl.DateTimeFormat("en-US", {
			...({ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" } as const),
			...({ hour: "numeric", minute: "numeric", second: "numeric" } as const),
		});
		return (moment) => {
			// What no calendar has stands for nothing in any zone.
			if (!(Math.abs(moment) < LAST_MOMENT)) return 0;
			const whole = Math.floor(moment / 1000) * 1000;
			const part = Object.fromEntries(
				parts.formatToParts(whole).map(({ type, value }) => [type, Number(value)]),
			);
			const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
			return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
		};
	} catch {
		return () => 0;
	}
}
