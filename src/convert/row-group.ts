import type { ColumnChunk, Encoding, SchemaElement } from "hyparquet";
import type { ByteWriter } from "hyparquet-writer";
import { writeDataPageV2 } from "hyparquet-writer/src/datapage.js";
import { writeDictionaryPage } from "hyparquet-writer/src/dictionary.js";
import { snappyCompress } from "hyparquet-writer/src/snappy.js";
import type { ColumnType } from "./column-type.js";

/** Rows of a group for which a place takes at most two bytes. */
export const MOST_ROWS = 1 << 16;
const BYTE_PLACES = 1 << 8;

/** Rows that share a value, on average, where a dictionary is shorter. */
const LEAST_SHARED = 2;

type Column = Parameters<typeof writeDataPageV2>[0]["column"];
type PageData = Parameters<typeof writeDataPageV2>[0]["pageData"];

const ROOT: SchemaElement = { name: "schema" };

/** One column of a row group while it fills: by row, the place of its text in the reader's dictionary. */
export class GroupColumn {
	private places: Uint8Array | Uint16Array;
	private length = 0;

	/** @param rows Rows a group has at most, up to MOST_ROWS. */
	constructor(
		private readonly element: SchemaElement,
		private readonly type: ColumnType,
		private readonly rows: number,
	) {
		this.places = new Uint8Array(rows);
	}

	/**
	 * Takes the next rows.
	 * @param distinct Texts that the dictionary has by now.
	 */
	append(places: Int32Array, distinct: number): void {
		if (distinct > BYTE_PLACES && this.places instanceof Uint8Array) {
			const narrow = this.places.subarray(0, this.length);
			this.places = new Uint16Array(this.rows);
			this.places.set(narrow);
		}
		this.places.set(places, this.length);
		this.length += places.length;
	}

	/** Writes the rows, whose texts are these, and begins the next group. */
	write(writer: ByteWriter, texts: readonly string[]): ColumnChunk {
		const { element, length } = this;
		const values = this.valuesOf(texts);
		const coded = LEAST_SHARED * texts.length <= length;
		const encoding: Encoding = coded ? "RLE_DICTIONARY" : this.plainEncoding();
		// Numbers of many digits get no shorter by compression.
		const codec = coded && this.type.kind === "double" ? "UNCOMPRESSED" : "SNAPPY";
		const column: Column = {
			columnName: element.name,
			element,
			schemaPath: [ROOT, element],
			codec,
			compressors: { SNAPPY: snappyCompress },
			stats: false,
			pageSize: 0,
			columnIndex: false,
			offsetIndex: false,
		};
		const start = writer.offset;
		const dictionary = coded ? writeDictionaryPage(writer, column, values) : 0;
		const dataStart = writer.offset;
		const pageData = coded ? this.pageOf(texts) : this.pageOf(texts, values);
		const size = dictionary + writeDataPageV2({ writer, column, encoding, pageData });
		this.length = 0;
		return {
			meta_data: {
				type: element.type as NonNullable<SchemaElement["type"]>,
				encodings: coded ? ["PLAIN", encoding] : [encoding],
				path_in_schema: [element.name],
				codec,
				num_values: BigInt(length),
				total_compressed_size: BigInt(writer.offset - start),
				total_uncompressed_size: BigInt(size),
				data_page_offset: BigInt(dataStart),
				...(coded && { dictionary_page_offset: BigInt(start) }),
			},
			file_offset: BigInt(start),
		};
	}

	/** Whole numbers that hardly repeat, as ids, lie near those before. */
	private plainEncoding(): Encoding {
		return this.type.kind === "integer" ? "DELTA_BINARY_PACKED" : "PLAIN";
	}

	/** What is stored of texts but the empty one. */
	private valuesOf(texts: readonly string[]): (number | Uint8Array)[] {
		const filled = texts.filter((text) => text !== "");
		return this.type.kind === "text" ? filled.map((text) => Buffer.from(text)) : filled.map(Number);
	}

	/** Rows as their places among the texts but the empty one, or as values; null for that one. */
	private pageOf(texts: readonly string[], values?: readonly (number | Uint8Array)[]): PageData {
		const places = new Int32Array(this.places.subarray(0, this.length));
		const empty = texts.indexOf("");
		const among = (place: number) => (empty >= 0 && place > empty ? place - 1 : place);
		const stored = (place: number) => values?.[among(place)] ?? among(place);
		const repetitionLevels: number[] = [];
		if (!this.type.nullable) {
			const all = values ? Array.from(places, stored) : places;
			return { values: all, definitionLevels: [], repetitionLevels, maxDefinitionLevel: 0 };
		}
		return {
			values: Array.from(places, (place) => (place === empty ? null : stored(place))),
			definitionLevels: Array.from(places, (place) => (place === empty ? 0 : 1)),
			repetitionLevels,
			maxDefinitionLevel: 1,
		};
	}
}
