import type { Source, Wanted } from "../block.js";
import { readInBlocks } from "../block-builder.js";
import { type CellColumn, CellRows, placesRead, type RawCell } from "../cell-rows.js";
import type { AnswerRow, Table, TableField } from "./table.js";

/**
 * The rows of a table like those of a file, for questions that aggregated cells cannot answer: only the wanted
 * columns leave the database.
 */
export function readTable(
	table: Table,
	{ name, columns }: Pick<Source, "name" | "columns">,
	wanted: Wanted,
): ReturnType<Source["read"]> {
	const places = placesRead(wanted, [...table.fields.keys()]);
	let batch: readonly AnswerRow[] = [];
	const cells = places.map((place, at): [number, CellColumn] => [
		place,
		{ isText: !table.fields[place]?.isDouble, cell: (row) => cellOf(batch[row]?.[at]) },
	]);
	return readInBlocks(wanted, name, async function* (dictionaries) {
		const rows = new CellRows(new Map(cells), columns, wanted, dictionaries, name);
		let seen = 0;
		for await (const some of table.rows(places.map((place) => table.fields[place] as TableField))) {
			batch = some;
			const first = seen + 1;
			yield rows.rows(some.length, (row) => first + row);
			seen += some.length;
		}
	});
}

function cellOf(value: unknown): RawCell {
	if (typeof value !== "number") return (value ?? "") as string;
	return Number.isNaN(value) ? "NaN" : value;
}
