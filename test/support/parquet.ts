import type { ColumnSource } from "hyparquet-writer";
import { ByteWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData } from "hyparquet-writer";
import type { Rows } from "./survey.js";

/** A Parquet file of rows, with texts as texts and an empty cell as none. */
export function columnsFile(
	header: readonly string[],
	rows: Rows,
	options: { rowGroupSize?: number; pageSize?: number } = {},
): Buffer {
	const columnData = header.map((name, column): ColumnSource => {
		const data = rows.map((row) => (row[column] === "" ? null : row[column]));
		const type = data.some((value) => typeof value === "string") ? "STRING" : "DOUBLE";
		return { name, data, type, nullable: data.includes(null) };
	});
	return Buffer.from(parquetWriteBuffer({ columnData, ...options }));
}

/** A Parquet file whose footer claims other numbers of rows than its columns have. */
export function parquetOf(...columns: (ColumnSource & { rows: bigint })[]): Buffer {
	const writer = new ByteWriter();
	const columnData = columns.map(({ rows, ...column }) => ({ ...column, nullable: false }));
	const file = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData }) });
	file.write({ columnData });
	const [group] = file.row_groups;
	for (const [index, { rows }] of columns.entries()) {
		const meta = group?.columns[index]?.meta_data;
		if (meta !== undefined) meta.num_values = rows;
		if (group !== undefined) group.num_rows = rows;
		file.num_rows = rows;
	}
	file.finish();
	return Buffer.from(writer.getBytes());
}
