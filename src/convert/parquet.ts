import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { UserError } from "../base/errors.js";
import { BLOCK_ROWS, type Source, type Variable } from "../read/block.js";
import { METADATA_KEY, writeDescriptions } from "../read/parquet/variable-metadata.js";
import { type ColumnType, ColumnTypeFinder } from "./column-type.js";
import { GroupColumn } from "./row-group.js";
import { allTexts } from "./texts.js";

/** Values of a row group, which are held in memory while it fills. */
const GROUP_CELLS = 5 << 23;

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
	const size = Math.min(
		GROUP_ROWS,
		Math.max(1, Math.floor(GROUP_CELLS / (columns.length * BLOCK_ROWS))) * BLOCK_ROWS,
	);
	const newGroup = () => types.map((type) => new GroupColumn(type, size));
	let group = newGroup();
	let rows = 0;
	for await (const texts of allTexts(source)) {
		for (const [index, column] of group.entries()) column.append(texts[index] as readonly string[]);
		rows += (texts[0] as readonly string[]).length;
		if (rows < size) continue;
		yield written();
		group = newGroup();
		rows = 0;
	}
	await rejectChanged(first, source);
	if (rows > 0) yield written();
	writer.finish();
	yield drained(bytes);

	function written(): Uint8Array {
		const columnData = group.map((column, index) => {
			const encoding = column.encoding();
			return {
				name: columns[index] as string,
				data: column.data(),
				...encoding,
				offsetIndex: false,
			};
		});
		writer.write({ columnData, rowGroupSize: rows });
		return drained(bytes);
	}
}

/** Types found in one pass hold for the other only where both read the same bytes. */
async function rejectChanged(first: Source, second: Source): Promise<void> {
	if ((await first.sha256()) === (await second.sha256())) return;
	throw new UserError("has changed while it was read", {
		where: { file: first.name },
		hint: "convert it again when it is at rest",
	});
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

/** What has been written since the last time. */
function drained(bytes: ByteWriter): Uint8Array {
	const part = new Uint8Array(bytes.buffer.slice(0, bytes.index));
	bytes.index = 0;
	return part;
}
