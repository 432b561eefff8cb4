import { deflateSync } from "node:zlib";

/** A number, a text, or null for system-missing. */
export type SavCell = number | string | null;

export interface SavVariable {
	/** At most eight letters. */
	name: string;
	longName?: string;
	/** Bytes of a text; 0 for a number. */
	width?: number;
	label?: string;
	values?: [number | string, string][];
	/** Up to three values; with `range` up to one. */
	missing?: (number | string)[];
	range?: [number, number];
	/** Code of its format, such as 20 of DATE. */
	format?: number;
}

export interface SavFile {
	variables: SavVariable[];
	rows: SavCell[][];
	bigEndian?: boolean;
	compression?: "none" | "bytecode" | "zlib";
	/** Rows the header claims; null writes that it does not know. */
	claims?: number | null;
	/** Rows the record for large files claims. */
	claims64?: number;
	/** Encoding record and code page, and how texts become bytes. */
	encoding?: string;
	codePage?: number;
	encode?: (text: string) => Buffer;
	/** Bytes a zlib stream unpacks to. */
	zlibBlock?: number;
	/** Whether the code 252 ends the rows. */
	endMark?: boolean;
}

export const LOWEST = -1.7976931348623155e308;
export const HIGHEST = Number.MAX_VALUE;
const SYSMIS = -Number.MAX_VALUE;

/** Writes what is asked for and nothing else, so that tests can write what SPSS would not. */
export function sav(file: SavFile): Buffer {
	const writer = new Writer(file.bigEndian ?? false, file.encode ?? ((text) => Buffer.from(text)));
	const { compression = "bytecode" } = file;
	const segments = file.variables.flatMap((variable) => segmentsOf(variable));
	writer.ascii(compression === "zlib" ? "$FL3" : "$FL2", 4).ascii("@(#) SPSS DATA FILE", 60);
	writer.int(
		2,
		segments.reduce((sum, { width }) => sum + elements(width), 0),
	);
	writer.int({ none: 0, bytecode: 1, zlib: 2 }[compression], 0);
	writer.int(file.claims === undefined ? file.rows.length : (file.claims ?? -1));
	writer
		.double(100)
		.ascii("01 Jan 20", 9)
		.ascii("00:00:00", 8)
		.ascii("", 64 + 3);
	for (const segment of segments) writeVariable(writer, segment);
	for (const variable of file.variables) writeValueLabels(writer, variable, segments);
	writeExtensions(writer, file);
	writer.int(999, 0);
	const data = rowBytes(writer, file);
	if (compression === "none") return Buffer.concat([...writer.parts, ...data]);
	const coded = bytecode(data, writer, file);
	if (compression === "bytecode") return Buffer.concat([...writer.parts, coded]);
	return Buffer.concat([...writer.parts, zlib(coded, writer, file.zlibBlock ?? 0x3ff000)]);
}

class Writer {
	readonly parts: Buffer[] = [];

	constructor(
		readonly bigEndian: boolean,
		readonly encode: (text: string) => Buffer,
	) {}

	get length(): number {
		return this.parts.reduce((sum, part) => sum + part.length, 0);
	}

	int(...values: number[]): this {
		for (const value of values) {
			const bytes = Buffer.alloc(4);
			if (this.bigEndian) bytes.writeInt32BE(value);
			else bytes.writeInt32LE(value);
			this.parts.push(bytes);
		}
		return this;
	}

	double(value: number): this {
		this.parts.push(this.doubleBytes(value));
		return this;
	}

	doubleBytes(value: number): Buffer {
		const bytes = Buffer.alloc(8);
		if (this.bigEndian) bytes.writeDoubleBE(value);
		else bytes.writeDoubleLE(value);
		return bytes;
	}

	longBytes(value: number): Buffer {
		const bytes = Buffer.alloc(8);
		if (this.bigEndian) bytes.writeBigInt64BE(BigInt(value));
		else bytes.writeBigInt64LE(BigInt(value));
		return bytes;
	}

	ascii(text: string, length: number): this {
		return this.raw(Buffer.from(text.padEnd(length), "latin1"));
	}

	raw(bytes: Buffer): this {
		this.parts.push(bytes);
		return this;
	}

	/** A text filled up with blanks. */
	padded(text: string, length: number): Buffer {
		const bytes = this.encode(text);
		return Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length), 0x20)]);
	}

	valueBytes(value: number | string): Buffer {
		return typeof value === "number" ? this.doubleBytes(value) : this.padded(value, 8);
	}

	/** Bytes after their number. */
	counted(bytes: Buffer): this {
		return this.int(bytes.length).raw(bytes);
	}
}

interface Segment extends SavVariable {
	width: number;
	of: SavVariable;
}

function elements(width: number): number {
	return Math.max(1, Math.ceil(width / 8));
}

function segmentsOf(variable: SavVariable): Segment[] {
	const { width = 0, name } = variable;
	if (width <= 255) return [{ ...variable, width, of: variable }];
	const count = Math.ceil(width / 252);
	return Array.from({ length: count }, (_, index) => ({
		...(index === 0 ? variable : {}),
		name: index === 0 ? name : `${name.slice(0, 5)}${index}`,
		width: index < count - 1 ? 255 : width - 252 * (count - 1),
		of: variable,
	}));
}

function writeVariable(
	writer: Writer,
	{ name, width, label, missing = [], range, format = 0 }: Segment,
): void {
	const long = width > 8;
	const values = long ? [] : [...(range ?? []), ...missing];
	writer.int(
		2,
		width,
		label === undefined ? 0 : 1,
		range === undefined ? values.length : -values.length,
		format << 16,
		format << 16,
	);
	writer.raw(writer.padded(name, 8));
	if (label !== undefined) {
		const bytes = writer.encode(label);
		writer.counted(bytes).raw(Buffer.alloc((4 - (bytes.length % 4)) % 4, 0x20));
	}
	for (const value of values) writer.raw(writer.valueBytes(value));
	for (let more = 1; more < elements(width); more++) writer.int(2, -1, 0, 0, 0, 0).ascii("", 8);
}

function writeValueLabels(writer: Writer, variable: SavVariable, segments: Segment[]): void {
	const { values = [], width = 0 } = variable;
	if (values.length === 0 || width > 8) return;
	writer.int(3, values.length);
	for (const [value, label] of values) {
		const bytes = writer.encode(label);
		writer
			.raw(writer.valueBytes(value))
			.raw(Buffer.from([bytes.length]))
			.raw(bytes);
		writer.raw(Buffer.alloc((8 - ((bytes.length + 1) % 8)) % 8, 0x20));
	}
	let element = 1;
	for (const segment of segments) {
		if (segment.of === variable) break;
		element += elements(segment.width);
	}
	writer.int(4, 1, element);
}

function writeExtensions(writer: Writer, file: SavFile): void {
	const { variables } = file;
	const extension = (subtype: number, size: number, bytes: Buffer) =>
		writer.int(7, subtype, size, bytes.length / size).raw(bytes);
	const part = () => new Writer(writer.bigEndian, writer.encode);
	// One nobody reads, so that it has to be passed over.
	extension(11, 4, Buffer.alloc(12 * variables.length));
	if (file.codePage !== undefined) {
		extension(
			3,
			4,
			Buffer.concat(part().int(20, 0, 0, -1, 1, 1, writer.bigEndian ? 1 : 2, file.codePage).parts),
		);
	}
	const renamed = variables.filter(({ longName }) => longName !== undefined);
	if (renamed.length > 0) {
		extension(13, 1, writer.encode(renamed.map(({ name, longName }) => `${name}=${longName}`).join("\t")));
	}
	const long = variables.filter(({ width = 0 }) => width > 255);
	if (long.length > 0) {
		const text = long.map(({ name, width }) => `${name}=${String(width).padStart(5, "0")}\0\t`).join("");
		extension(14, 1, writer.encode(text));
	}
	if (file.claims64 !== undefined) {
		extension(16, 8, Buffer.concat([writer.longBytes(1), writer.longBytes(file.claims64)]));
	}
	if (file.encoding !== undefined) extension(20, 1, Buffer.from(file.encoding));
	for (const { name, longName = name, width = 0, values = [], missing = [] } of variables) {
		if (width <= 8) continue;
		if (values.length > 0) {
			const bytes = part().counted(writer.encode(longName)).int(width, values.length);
			for (const [value, label] of values) {
				bytes.counted(writer.padded(String(value), width)).counted(writer.encode(label));
			}
			extension(21, 1, Buffer.concat(bytes.parts));
		}
		if (missing.length > 0) {
			const bytes = part()
				.counted(writer.encode(longName))
				.raw(Buffer.from([missing.length]))
				.int(8);
			for (const value of missing) bytes.raw(writer.padded(String(value), 8));
			extension(22, 1, Buffer.concat(bytes.parts));
		}
	}
}

/** Elements of 8 bytes, one after the other. */
function rowBytes(writer: Writer, { variables, rows }: SavFile): Buffer[] {
	return rows.flatMap((row) =>
		variables.flatMap((variable, column) => {
			const cell = row[column] ?? null;
			const { width = 0 } = variable;
			if (width === 0) return [writer.doubleBytes(cell === null ? SYSMIS : Number(cell))];
			const text = writer.padded(String(cell ?? ""), width);
			return segmentsOf(variable).flatMap((segment, index, all) => {
				const part = text.subarray(255 * index, index < all.length - 1 ? 255 * (index + 1) : undefined);
				return slices(
					Buffer.concat([part, Buffer.alloc(256, 0x20)]).subarray(0, 8 * elements(segment.width)),
				);
			});
		}),
	);
}

function slices(bytes: Buffer): Buffer[] {
	return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.subarray(8 * index, 8 * index + 8));
}

function bytecode(data: Buffer[], writer: Writer, { variables, endMark = true }: SavFile): Buffer {
	const kinds = variables.flatMap((variable) =>
		segmentsOf(variable).flatMap(({ width }) => Array.from({ length: elements(width) }, () => width > 0)),
	);
	const out: Buffer[] = [];
	let codes: number[] = [];
	let raws: Buffer[] = [];
	const flush = () => {
		out.push(Buffer.from([...codes, ...Array(8 - codes.length).fill(0)]), ...raws);
		codes = [];
		raws = [];
	};
	for (const [index, bytes] of data.entries()) {
		const isText = kinds[index % kinds.length] as boolean;
		const number = writer.bigEndian ? bytes.readDoubleBE() : bytes.readDoubleLE();
		if (isText && bytes.toString("latin1") === " ".repeat(8)) codes.push(254);
		else if (!isText && number === SYSMIS) codes.push(255);
		else if (
			!isText &&
			Number.isInteger(number) &&
			number >= -99 &&
			number <= 151 &&
			!Object.is(number, -0)
		) {
			codes.push(number + 100);
		} else {
			codes.push(253);
			raws.push(bytes);
		}
		if (codes.length === 8) flush();
	}
	if (endMark) codes.push(252);
	if (codes.length > 0) flush();
	return Buffer.concat(out);
}

function zlib(data: Buffer, writer: Writer, block: number): Buffer {
	const start = writer.length;
	const blocks: Buffer[] = [];
	for (let at = 0; at < data.length; at += block) blocks.push(deflateSync(data.subarray(at, at + block)));
	const packed = Buffer.concat(blocks);
	const long = (value: number) => writer.longBytes(value);
	const trailer = start + 24 + packed.length;
	const int = (value: number) => new Writer(writer.bigEndian, writer.encode).int(value).parts[0] as Buffer;
	let [unpackedAt, packedAt] = [start, start + 24];
	const descriptors = blocks.flatMap((bytes, index) => {
		const size = Math.min(block, data.length - index * block);
		const descriptor = [long(unpackedAt), long(packedAt), int(size), int(bytes.length)];
		unpackedAt += size;
		packedAt += bytes.length;
		return descriptor;
	});
	return Buffer.concat([
		...[long(start), long(trailer), long(24 + 24 * blocks.length)],
		packed,
		...[long(-100), long(0), int(block), int(blocks.length)],
		...descriptors,
	]);
}
