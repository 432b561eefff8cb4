import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { UserError } from "../base/errors.js";
import { takingTurns } from "../platform/turns.js";
import { BLOCK_ROWS, type Dictionary, type Source, type Variable } from "../read/block.js";
import { METADATA_KEY, writeDescriptions } from "../read/parquet/variable-metadata.js";
import { type ColumnType, ColumnTypeFinder } from "./column-type.js";
import { allColumns, areMany, forgetTexts } from "./dictionaries.js";
import { GroupColumn, MOST_ROWS } from "./row-group.js";

/** Cells of a row group, which are held in memory while it fills, in one or two bytes each. */
const GROUP_CELLS = 3 << 23;

/**
 * Columns → the bytes of a Parquet file. The rows are read twice: first to find each column's type, as the format
 * wants one type per column and the last row may be the one that is not a number.
 * @param open Opens the same file each time.
 * @throws UserError where two columns have one name.
 */
export async function* toParquet(open: () => Promise<Source>): AsyncGenerator<Uint8Array> {
	const first = await open();
	rejectTwins(first);
	const types = await findTypes(first);
	const source = await open();
	const { columns } = source;
	const bytes = new ByteWriter();
	const elements = columns.map((name, index) => elementOf(name, types[index] as ColumnType));
	const writer = new ParquetWriter({
		writer: bytes,
		schema: [{ name: "schema", num_children: columns.length }, ...elements],
		kvMetadata: [{ key: METADATA_KEY, value: descriptionsOf(source, types) }],
		createdBy: "talis-pd",
	});
	const size = groupRows(columns.length);
	const group = elements.map((element, index) => new GroupColumn(element, types[index] as ColumnType, size));
	const { blocks, dictionaries } = source.read(allColumns(source));
	const turn = takingTurns();
	let rows = 0;
	for await (const block of blocks) {
		for (const [index, column] of group.entries()) {
			const codes = block.codes[index] as Int32Array;
			column.append(codes.subarray(0, block.rows), (dictionaries[index] as Dictionary).texts.length);
		}
		rows += block.rows;
		if (rows === size || areMany(dictionaries)) yield await written();
	}
	if (rows > 0) yield await written();
	writer.finish();
	yield drained(bytes);

	/** The bytes of the row group, after which the next one begins. */
	async function written(): Promise<Uint8Array> {
		const start = bytes.offset;
		const chunks: ColumnChunk[] = [];
		for (const [index, column] of group.entries()) {
			chunks.push(column.write(bytes, (dictionaries[index] as Dictionary).texts));
			await turn();
		}
		writer.row_groups.push({
			columns: chunks,
			num_rows: BigInt(rows),
			total_byte_size: chunks.reduce(
				(sum, chunk) => sum + (chunk.meta_data?.total_uncompressed_size ?? 0n),
				0n,
			),
			total_compressed_size: BigInt(bytes.offset - start),
		});
		writer.num_rows += BigInt(rows);
		rows = 0;
		forgetTexts(dictionaries);
		return drained(bytes);
	}
}

/** Rows of a group: whole blocks, and so many that memory holds their cells. */
function groupRows(columns: number): number {
	const blocks = Math.max(1, Math.floor(GROUP_CELLS / (columns * BLOCK_ROWS)));
	return Math.min(MOST_ROWS, blocks * BLOCK_ROWS);
}

function rejectTwins({ name, columns }: Source): void {
	const twin = columns.find((column, index) => columns.indexOf(column) < index);
	if (twin === undefined) return;
	throw new UserError(`has the column ${twin} twice, which a Parquet file cannot have`, {
		where: { file: name },
		hint: "rename one of them",
	});
}

async function findTypes(source: Source): Promise<ColumnType[]> {
	const finders = source.columns.map(() => new ColumnTypeFinder());
	const { blocks, dictionaries } = source.read(allColumns(source));
	let told = finders.map(() => 0);
	for await (const _ of blocks) {
		for (const [index, { texts }] of dictionaries.entries()) {
			for (let at = told[index] as number; at < texts.length; at++)
				finders[index]?.observe(texts[at] as string);
		}
		told = dictionaries.map(({ texts }) => texts.length);
		if (!areMany(dictionaries)) continue;
		forgetTexts(dictionaries);
		told = finders.map(() => 0);
	}
	return finders.map((finder) => finder.type());
}

function elementOf(name: string, { kind, nullable }: ColumnType): SchemaElement {
	const repetition_type = nullable ? "OPTIONAL" : "REQUIRED";
	if (kind === "integer") return { name, type: "INT32", repetition_type };
	if (kind === "double") return { name, type: "DOUBLE", repetition_type };
	return {
		name,
		type: "BYTE_ARRAY",
		converted_type: "UTF8",
		logical_type: { type: "STRING" },
		repetition_type,
	};
}

function descriptionsOf({ columns, variables }: Source, types: readonly ColumnType[]): string {
	return writeDescriptions(
		columns.map((name, index) => {
			const { kind, decimals } = types[index] as ColumnType;
			const variable: Variable = variables?.[index] ?? {
				label: "",
				type: kind === "text" ? "text" : "number",
				values: new Map(),
				missing: null,
			};
			return { name, variable, decimals };
		}),
	);
}

/** What has been written since the last time. */
function drained(bytes: ByteWriter): Uint8Array {
	const part = new Uint8Array(bytes.buffer.slice(0, bytes.index));
	bytes.index = 0;
	return part;
}
