import type { CompressionCodec, FileMetaData, RowGroup, SchemaElement } from "hyparquet";
import { parquetMetadata } from "hyparquet";
import { UserError } from "../../base/errors.js";
import type { RandomAccess } from "../stored.js";

/** Every Parquet file begins and ends with it. */
const MARK = "PAR1";

/** Length of the footer and the mark after it. */
const TAIL_BYTES = 8;

/** One column of one row group: where its bytes are. */
export interface ChunkPlace {
	codec: CompressionCodec;
	start: number;
	end: number;
}

/** What a Parquet file says of itself, checked against its size; plain data that can be sent to a thread. */
export interface Footer {
	rows: number;
	groups: readonly { rows: number; chunks: readonly ChunkPlace[] }[];
	/** One per column: its leaf in each row group's chunks, or null where it is a list or a structure. */
	columns: readonly { element: SchemaElement; leaf: number | null }[];
}

/**
 * Reads the end of a Parquet file, where all its places are listed, and texts under keys.
 * @throws UserError where the file is cut off or encrypted.
 * @throws Error of any kind where the footer is damaged.
 */
export function readFooter(
	file: RandomAccess,
	name: string,
): { footer: Footer; entries: ReadonlyMap<string, string | undefined> } {
	const tail = file.read(Math.max(0, file.size - TAIL_BYTES), file.size);
	const mark = tail.subarray(-MARK.length).toString("latin1");
	if (mark === "PARE") {
		throw new UserError("is an encrypted Parquet file", {
			where: { file: name },
			hint: "write it again without encryption",
		});
	}
	if (mark !== MARK || file.size < MARK.length + TAIL_BYTES) throw cutOff(name);
	const length = tail.readUInt32LE(0);
	const end = file.size - TAIL_BYTES - length;
	if (end < MARK.length) throw cutOff(name);
	const metadata = parquetMetadata(file.read(end, file.size), { geoparquet: false });
	const columns = columnsOf(metadata.schema);
	const leaves = metadata.schema.filter(({ num_children }) => num_children === undefined);
	// A group without rows need not say where its columns are.
	const filled = metadata.row_groups.filter(({ num_rows }) => num_rows !== 0n);
	const groups = filled.map((group) => placesOf(group, leaves, end));
	const rows = groups.reduce((sum, group) => sum + group.rows, 0);
	if (rows !== Number(metadata.num_rows)) throw new Error("rows of row groups do not add up");
	const entries = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
	return { footer: { rows, groups, columns }, entries };
}

function cutOff(name: string): UserError {
	return new UserError("is a Parquet file that is cut off", {
		where: { file: name },
		hint: "copy or download it again",
	});
}

/** The tree of the schema stands as a list, each parent before its children. */
function columnsOf(schema: FileMetaData["schema"]): Footer["columns"] {
	const columns: { element: SchemaElement; leaf: number | null }[] = [];
	let leaf = 0;
	let at = 1;
	const skip = (): void => {
		const element = schema[at++];
		if (element?.name === undefined) throw new Error("the schema ends too early");
		if (element.num_children === undefined) leaf += 1;
		else for (let child = 0; child < element.num_children; child++) skip();
	};
	for (let column = 0; column < (schema[0]?.num_children ?? 0); column++) {
		const element = schema[at] as SchemaElement;
		const first = leaf;
		skip();
		columns.push({ element, leaf: element.num_children === undefined ? first : null });
	}
	if (at !== schema.length) throw new Error("the schema is longer than its tree");
	return columns;
}

function placesOf({ columns, num_rows }: RowGroup, leaves: readonly SchemaElement[], size: number) {
	const rows = Number(num_rows);
	if (!Number.isSafeInteger(rows) || rows < 0) throw new Error(`${num_rows} rows`);
	if (columns.length !== leaves.length) throw new Error("a row group lacks columns");
	const chunks = columns.map(({ meta_data: meta, file_path }, index): ChunkPlace => {
		if (meta === undefined || file_path !== undefined) throw new Error("a column is in another file");
		const { dictionary_page_offset: dictionary, data_page_offset, total_compressed_size } = meta;
		const data = Number(data_page_offset);
		const start = dictionary ? Math.min(Number(dictionary), data) : data;
		const end = start + Number(total_compressed_size);
		if (!(start >= MARK.length && end >= start && end <= size)) throw new Error("a column is out of range");
		const { type, repetition_type } = leaves[index] as SchemaElement;
		if (meta.type !== type) throw new Error("a column is of two types");
		if (repetition_type !== "REPEATED" && Number(meta.num_values) < rows)
			throw new Error("a column is short");
		return { codec: meta.codec, start, end };
	});
	return { rows, chunks };
}
