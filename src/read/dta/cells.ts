import type { CellColumn, RawCell } from "../cell-rows.js";
import { dayText, momentText } from "../moments.js";
import type { DecodeText } from "../sav/text.js";
import { BYTE, DOUBLE, FLOAT, INT, LONG, LONG_TEXT, upToZero } from "./layout.js";
import { missingText } from "./missing.js";

/** Stata's days and milliseconds begin with 1960. */
const [DAYS_TO_1970, MILLISECONDS_TO_1970] = [3653, 315_619_200_000];

/** Rows of a file as they lie in it. */
export class RowBytes {
	bytes: Buffer = Buffer.alloc(0);
	view = new DataView(this.bytes.buffer);

	constructor(
		readonly rowBytes: number,
		readonly littleEndian: boolean,
	) {}

	take(bytes: Buffer): void {
		this.bytes = bytes;
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	}
}

export interface StoredColumn {
	type: number;
	format: string;
	/** Where its cells begin in a row. */
	place: number;
}

export function holdsText(type: number): boolean {
	return type <= LONG_TEXT;
}

/**
 * How a column's cells are read.
 * @param longText Gives a long text by what its cell has in its place.
 */
export function cellColumn(
	{ type, format, place }: StoredColumn,
	rows: RowBytes,
	decode: DecodeText,
	longText: (bytes: Buffer) => string,
): CellColumn {
	const { rowBytes } = rows;
	if (holdsText(type)) {
		const width = type === LONG_TEXT ? 8 : type;
		const bytes = (row: number) => {
			const start = row * rowBytes + place;
			return rows.bytes.subarray(start, start + width);
		};
		if (type === LONG_TEXT) return { isText: true, cell: (row) => longText(bytes(row)) };
		return { isText: true, cell: (row) => decode(upToZero(bytes(row))) };
	}
	const number = numberAt(type, rows);
	const cell = (row: number) => number(row * rowBytes + place);
	const write = calendar(format);
	if (write === undefined) return { isText: false, cell };
	return {
		isText: false,
		cell(row) {
			const value = cell(row);
			return typeof value === "number" ? write(value) : value;
		},
	};
}

function numberAt(type: number, rows: RowBytes): (at: number) => RawCell {
	const { littleEndian } = rows;
	const whole = (read: (at: number) => number, first: number) => (at: number) => {
		const value = read(at);
		return value < first ? value : missingText(value - first);
	};
	switch (type) {
		case BYTE:
			return whole((at) => rows.view.getInt8(at), 101);
		case INT:
			return whole((at) => rows.view.getInt16(at, littleEndian), 32_741);
		case LONG:
			return whole((at) => rows.view.getInt32(at, littleEndian), 2_147_483_621);
		case FLOAT:
			return (at) => {
				const bits = rows.view.getUint32(at, littleEndian);
				if (bits >= 0x7f00_0000 && bits < 0x8000_0000) return missingText((bits - 0x7f00_0000) / 0x800);
				return present(rows.view.getFloat32(at, littleEndian));
			};
		case DOUBLE:
			return (at) => {
				const high = rows.view.getUint32(littleEndian ? at + 4 : at, littleEndian);
				if (high >= 0x7fe0_0000 && high < 0x8000_0000) return missingText((high - 0x7fe0_0000) / 0x100);
				return present(rows.view.getFloat64(at, littleEndian));
			};
		default:
			throw new Error(`no cells of type ${type}`);
	}
}

function present(value: number): RawCell {
	return Number.isNaN(value) ? "" : value;
}

/** Whether a column's numbers are written as days or moments. */
export function isCalendar(format: string): boolean {
	return calendar(format) !== undefined;
}

/** How numbers that stand for days or moments are written; undefined for all others. */
function calendar(format: string): ((value: number) => string) | undefined {
	if (/^%-?t?d/.test(format)) return (days) => dayText(days - DAYS_TO_1970);
	if (/^%-?tc/i.test(format)) return (milliseconds) => momentText(milliseconds - MILLISECONDS_TO_1970);
	return undefined;
}

/**
 * What cells of long texts have in their place: the numbers of a variable and of a row, together 8 bytes. R's haven
 * divides them in release 119 as in 118, so that both are looked for.
 */
export function longTextKeys(cell: Buffer, release: number, littleEndian: boolean): string[] {
	const widths = { 117: [4], 118: [2] }[release] ?? [3, 2];
	return widths.map((width) => {
		const parts = [cell.subarray(0, width), cell.subarray(width)];
		return parts
			.map((part) => (littleEndian ? part.readUIntLE(0, part.length) : part.readUIntBE(0, part.length)))
			.join(" ");
	});
}

/** What stands for an empty long text. */
export const NO_LONG_TEXT = "0 0";
