import type { Fields } from "../fields.js";

/** What the records after the variables add, texts still as bytes because the encoding may come last. */
export interface Extensions {
	/** Rows, where the file header cannot hold their number. */
	rows: number | null;
	codePage: number | null;
	encoding: string | null;
	/** `SHORT=long` pairs between tabs. */
	longNames: Buffer | null;
	/** `SHORT=width` pairs between zero bytes and tabs. */
	veryLong: Buffer | null;
	longLabels: { variable: Buffer; pairs: { value: Buffer; label: Buffer }[] }[];
	longMissing: { variable: Buffer; values: Buffer[] }[];
}

type Read = (fields: Fields, into: Extensions, bytes: number) => void;

/** Extension records that are read, by subtype; the others say nothing that is needed. */
const READERS: ReadonlyMap<number, Read> = new Map<number, Read>([
	[3, machineIntegers],
	[13, longNames],
	[14, veryLong],
	[16, rowCount],
	[20, encoding],
	[21, longLabels],
	[22, longMissing],
]);

export function readExtension(subtype: number): Read | undefined {
	return READERS.get(subtype);
}

/** Version (3), machine, number format, compression, endianness, character code. */
function machineIntegers(fields: Fields, into: Extensions): void {
	fields.at += 7 * 4;
	into.codePage = fields.int();
}

function longNames(fields: Fields, into: Extensions, bytes: number): void {
	into.longNames = fields.raw(bytes);
}

function veryLong(fields: Fields, into: Extensions, bytes: number): void {
	into.veryLong = fields.raw(bytes);
}

function encoding(fields: Fields, into: Extensions, bytes: number): void {
	into.encoding = fields.raw(bytes).toString("latin1").replaceAll("\0", "").trim();
}

/** A one, then the rows. */
function rowCount(fields: Fields, into: Extensions): void {
	fields.at += 8;
	const rows = fields.long();
	into.rows = rows >= 0 ? rows : null;
}

function longLabels(fields: Fields, into: Extensions): void {
	while (!fields.done) {
		const variable = fields.counted();
		fields.int();
		const count = fields.int();
		const pairs: Extensions["longLabels"][number]["pairs"] = [];
		for (let index = 0; index < count; index++) {
			pairs.push({ value: fields.counted(), label: fields.counted() });
		}
		into.longLabels.push({ variable, pairs });
	}
}

/** Values of 8 bytes after one length; old versions of PSPP wrote the length before each. */
function longMissing(fields: Fields, into: Extensions): void {
	while (!fields.done) {
		const variable = fields.counted();
		const count = fields.byte();
		const length = fields.int();
		const values: Buffer[] = [];
		for (let index = 0; index < count; index++) {
			if (index > 0) skipLength(fields, length);
			values.push(fields.raw(length));
		}
		into.longMissing.push({ variable, values });
	}
}

function skipLength(fields: Fields, length: number): void {
	const { at } = fields;
	if (fields.int() !== length) fields.at = at;
}
