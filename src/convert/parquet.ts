import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { UserError } from "../errors.js";
import { BLOCK_ROWS, type Source, type Variable } from "../read/block.js";
import { METADATA_KEY, writeDescriptions } from "../read/metadata.js";
import { type ColumnType, ColumnTypeFinder } from "./column-type.js";
import { allTexts } from "./texts.js";

/** Values of a row group, which are held in memory while it fills. */
const GROUP_CELLS = 1 << 25;
/** More rows make no file smaller or quicker. */
const GROUP_ROWS = 32 * BLOCK_ROWS;

/**
 * Columns → the bytes of a Parquet file. The rows are read twice: first to find each column's type, as the
 * format wants one type a column and the last row may be the one that is no number.
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
	const writer = new ParquetWriter({
		writer: bytes,
		schema: [
			{ name: "schema", num_children: columns.length },
			...columns.map((name, index) => elementOf(name, types[index] as ColumnType)),
		],
		kvMetadata: [{ key: METADATA_KEY, value: descriptionsOf(source, types) }],
		createdBy: "talis-pd",
		// Columns are read whole here, so bounds would only make the footer longer.
		statistics: false,
	});
	const limit = Math.max(1, Math.floor(GROUP_CELLS / (columns.length * BLOCK_ROWS))) * BLOCK_ROWS;
	let group = newGroup(types);
	for await (const texts of allTexts(source)) {
		for (const [index, column] of group.entries())
			append(column, texts[index] as readonly string[], types[index] as ColumnType);
		if ((group[0]?.length ?? 0) < Math.min(limit, GROUP_ROWS)) continue;
		yield written();
		group = newGroup(types);
	}
	if ((group[0]?.length ?? 0) > 0) yield written();
	writer.finish();
	yield drained(bytes);

	function written(): Uint8Array {
		const rowGroupSize = group[0]?.length ?? 0;
		writer.write({
			columnData: columns.map((name, index) => ({
				name,
				data: packed(group[index] as Cell[], types[index] as ColumnType),
				offsetIndex: false,
			})),
			rowGroupSize,
		});
		return drained(bytes);
	}
}

type Cell = number | string | null;

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
	for await (const texts of allTexts(source)) {
		for (const [index, finder] of finders.entries())
			for (const text of texts[index] ?? []) finder.observe(text);
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

function newGroup(types: readonly ColumnType[]): Cell[][] {
	return types.map(() => []);
}

function append(column: Cell[], texts: readonly string[], { kind }: ColumnType): void {
	for (const text of texts) column.push(text === "" ? null : kind === "text" ? text : Number(text));
}

function packed(column: Cell[], { kind, nullable }: ColumnType) {
	if (nullable || kind === "text") return column;
	return kind === "integer" ? Int32Array.from(column as number[]) : Float64Array.from(column as number[]);
}

/** What has been written since the last time. */
function drained(bytes: ByteWriter): Uint8Array {
	const part = new Uint8Array(bytes.buffer.slice(0, bytes.index));
	bytes.index = 0;
	return part;
}
