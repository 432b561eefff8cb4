import { crc32 } from "node:zlib";
import type { CompressionCodec, Compressors, Encoding, PageHeader, SchemaElement } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from "hyparquet/src/delta.js";
import { byteStreamSplit } from "hyparquet/src/encoding.js";
import { readPlain } from "hyparquet/src/plain.js";
import type { Raw } from "./cell.js";
import { HybridReader } from "./hybrid.js";
import type { Window } from "./window.js";

/** Longest page taken; writers keep to a megabyte or two. */
const PAGE_LIMIT = 1 << 28;
/** Most values taken of a page whose encoding can claim many values in few bytes. */
const DELTA_LIMIT = 1 << 20;

/** Some rows of one column. */
export interface ParquetPage {
	rows: number;
	/** 1 where a row has a value, 0 where it has none; null where all have one. */
	levels: HybridReader | null;
	/** Where each value stands in `values`; null where they stand there one after another. */
	places: HybridReader | null;
	/** The same array for all pages of a dictionary. */
	values: ArrayLike<Raw>;
}

/** What pages are decoded by. */
export interface Chunk {
	element: SchemaElement;
	codec: CompressionCodec;
	rows: number;
	compressors: Compressors;
}

/**
 * The pages of one column of one row group.
 * @throws Error of any kind where the bytes are not what the format asks for.
 */
export function* readPages(window: Window, chunk: Chunk): Generator<ParquetPage> {
	let dictionary: ArrayLike<Raw> | null = null;
	for (let seen = 0; seen < chunk.rows; ) {
		const header = window.parse(parquetHeader);
		const size = within(header.compressed_page_size, PAGE_LIMIT);
		within(header.uncompressed_page_size, PAGE_LIMIT);
		const bytes = window.take(size);
		if (header.crc !== undefined && crc32(bytes) !== header.crc >>> 0) throw new Error("wrong checksum");
		if (header.type === "DICTIONARY_PAGE") dictionary = readDictionary(header, bytes, chunk);
		else if (header.type !== "INDEX_PAGE") {
			const page = readData(header, bytes, chunk, dictionary);
			within(page.rows, chunk.rows - seen);
			seen += page.rows;
			yield page;
		}
	}
}

/** A whole number that is not negative and not above a limit. */
function within(value: number | undefined, limit: number): number {
	if (value !== undefined && value >= 0 && value <= limit) return value;
	throw new RangeError(`${value} is not within 0 and ${limit}`);
}

function readDictionary(header: PageHeader, bytes: Uint8Array, { element, codec, compressors }: Chunk) {
	const page = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
	return readValues(page, "PLAIN", header.dictionary_page_header?.num_values ?? 0, element);
}

function readData(
	header: PageHeader,
	bytes: Uint8Array,
	chunk: Chunk,
	dictionary: ArrayLike<Raw> | null,
): ParquetPage {
	const { page, rows, encoding, levelBytes } = split(header, bytes, chunk);
	const newLevels = () =>
		levelBytes === null ? null : new HybridReader(levelBytes, 0, levelBytes.length, 1);
	if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
		const places = new HybridReader(page, 1, page.length, page[0] ?? 0);
		if (dictionary === null) throw new Error("no dictionary");
		return { rows, levels: newLevels(), places, values: dictionary };
	}
	if (encoding === "RLE" && chunk.element.type === "BOOLEAN") {
		return {
			rows,
			levels: newLevels(),
			places: new HybridReader(page, 4, page.length, 1),
			values: [false, true],
		};
	}
	const counted = newLevels();
	const count = counted === null ? rows : countOnes(counted, rows);
	return {
		rows,
		levels: newLevels(),
		places: null,
		values: readValues(page, encoding, count, chunk.element),
	};
}

/** A data page of either version → the bytes of its levels and of its values. */
function split(header: PageHeader, bytes: Uint8Array, { element, codec, compressors }: Chunk) {
	const nullable = element.repetition_type === "OPTIONAL";
	const { uncompressed_page_size: size, data_page_header: first, data_page_header_v2: second } = header;
	if (header.type === "DATA_PAGE_V2" && second !== undefined) {
		const { num_values: rows, encoding, definition_levels_byte_length: length } = second;
		// A flat column has no repetition levels, and some writers lay out empty ones.
		const before = within(second.repetition_levels_byte_length, bytes.length);
		const start = before + within(length, bytes.length - before);
		const packed = bytes.subarray(start);
		const compressed = second.is_compressed !== false && size > start;
		const page = compressed ? decompressPage(packed, size - start, codec, compressors) : packed;
		return { page, rows, encoding, levelBytes: nullable ? bytes.subarray(before, start) : null };
	}
	if (header.type !== "DATA_PAGE" || first === undefined) throw new Error(`page type ${header.type}`);
	const page = decompressPage(bytes, size, codec, compressors);
	const { num_values: rows, encoding } = first;
	if (!nullable) return { page, rows, encoding, levelBytes: null };
	if (first.definition_level_encoding !== "RLE") throw new Error("levels are not run lengths");
	const end = 4 + within(viewOf(page).getUint32(0, true), page.length - 4);
	return { page: page.subarray(end), rows, encoding, levelBytes: page.subarray(4, end) };
}

function countOnes(levels: HybridReader, rows: number): number {
	const some = new Int32Array(Math.min(rows, 4096));
	let ones = 0;
	for (let done = 0; done < rows; done += some.length) {
		const count = Math.min(some.length, rows - done);
		levels.take(some, count);
		for (let i = 0; i < count; i++) ones += some[i] as number;
	}
	return ones;
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Least bytes a value has, by which a count is checked against the page before memory is allocated. */
const LEAST_BYTES = { BOOLEAN: 1 / 8, INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8, BYTE_ARRAY: 4 };

function readValues(
	bytes: Uint8Array,
	encoding: Encoding,
	count: number,
	{ type, type_length }: SchemaElement,
): ArrayLike<Raw> {
	if (type === undefined) throw new Error("no type");
	const reader = { view: viewOf(bytes), offset: 0 };
	if (encoding === "PLAIN" || encoding === "BYTE_STREAM_SPLIT") {
		const width = type === "FIXED_LEN_BYTE_ARRAY" ? (type_length ?? 0) : LEAST_BYTES[type];
		if (!(width > 0)) throw new Error("values without a length");
		within(count, bytes.length / width);
		const values =
			encoding === "PLAIN"
				? readPlain(reader, type, count, type_length)
				: byteStreamSplit(reader, count, type, type_length);
		within(reader.offset, bytes.length);
		return values;
	}
	within(count, DELTA_LIMIT);
	if (encoding === "DELTA_BINARY_PACKED") {
		const values = new BigInt64Array(count);
		if (count > 0) deltaBinaryUnpack(reader, count, values);
		// DuckDB packs unsigned values of 32 bits as numbers of 64, which the 32-bit reader loses.
		return type === "INT32" ? Int32Array.from(values, (value) => Number(BigInt.asIntN(32, value))) : values;
	}
	const values = new Array<Uint8Array>(count);
	if (encoding === "DELTA_LENGTH_BYTE_ARRAY") deltaLengthByteArray(reader, count, values);
	else if (encoding === "DELTA_BYTE_ARRAY") deltaByteArray(reader, count, values);
	else throw new Error(`encoding ${encoding}`);
	within(reader.offset, bytes.length);
	return values;
}
