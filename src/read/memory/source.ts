import { createHash } from "node:crypto";
import { UserError } from "../../base/errors.js";
import type { Dictionary, Source, Wanted } from "../block.js";
import { type Rows, readInBlocks } from "../block-builder.js";
import { type CellColumn, CellRows, placesRead, type RawCell, rawText } from "../cell-rows.js";
import { csvField } from "../csv/field.js";
import { dayText, momentText } from "../moments.js";
import { type ArrowData, type ColumnsData, isArrow, type Row, type RowsData } from "./data.js";

const NAME = "data in memory";
const DAY = 86_400_000;
/** Rows that are taken from an iterable at once. */
const BATCH_ROWS = 256;

/**
 * Columns or an Arrow table → the columns of a survey. The SHA-256 is that of the CSV file that `convert` writes of the
 * same cells.
 * @throws UserError where there are no columns, or they are not of one length.
 */
export function openColumns(data: ColumnsData | ArrowData): Source {
	const { name, rows, columns } = tableOf(data);
	const names = columns.map((column) => column.name);
	const cells = columns.map(
		(column): CellColumn => ({
			isText: column.isText,
			cell: (row) => cellOf(column.get(row), name, column.name, row + 1),
		}),
	);
	return {
		...{ name, format: "memory", columns: names.map((one) => one.trim()) },
		async sha256() {
			const sum = new TableSum(names);
			for (let row = 0; row < rows; row++) sum.add(cells.map(({ cell }) => cell(row)));
			return sum.digest();
		},
		read(wanted) {
			const places = placesRead(wanted, [...columns.keys()]);
			const own = new Map(places.map((place) => [place, cells[place] as CellColumn]));
			return readInBlocks(wanted, name, async function* (dictionaries) {
				yield new CellRows(own, names, wanted, dictionaries, name).rows(rows, (row) => row + 1);
			});
		},
	};
}

interface Table {
	name: string;
	rows: number;
	columns: { name: string; isText: boolean; get(row: number): unknown }[];
}

function tableOf(data: ColumnsData | ArrowData): Table {
	if (isArrow(data)) {
		const columns = data.schema.fields.map(({ name }, index) => {
			const vector = data.getChildAt(index);
			return { name, isText: true, get: (row: number) => vector?.get(row) };
		});
		return { name: NAME, rows: data.numRows, columns };
	}
	const { columns, name = NAME } = data;
	const entries = Object.entries(columns);
	const [first] = entries;
	const rows = first?.[1].length ?? 0;
	const other = entries.find(([, { length }]) => length !== rows);
	if (first === undefined || other !== undefined) {
		const what =
			other === undefined
				? "has no columns"
				: `its column ${other[0]} has ${other[1].length} cells, ${first?.[0]} has ${rows}`;
		throw new UserError(what, { where: { file: name }, hint: "give columns of the same length" });
	}
	return {
		name,
		rows,
		columns: entries.map(([own, values]) => ({
			name: own,
			isText: !ArrayBuffer.isView(values),
			get: (row) => values[row],
		})),
	};
}

/** Iterables whose rows come but once, and have been taken. */
const taken = new WeakSet<object>();

/**
 * Rows → the columns of a survey, those of the first row. They are taken as they are needed, and none is kept.
 * @throws UserError where there is no row, or a later one has a column more.
 */
export async function openRows({ rows, name = NAME }: RowsData): Promise<Source> {
	if (!Array.isArray(rows)) {
		if (taken.has(rows)) {
			throw new UserError("its rows can be read only once, and have been", {
				where: { file: name },
				hint: "give them as an array, or again",
			});
		}
		taken.add(rows);
	}
	const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
	const first = await iterator.next();
	const names = first.done ? [] : Object.keys(first.value);
	if (names.length === 0) {
		throw new UserError("has no rows", {
			where: { file: name },
			hint: "give at least one row with its columns",
		});
	}
	const known = new Set(names);
	const sum = new TableSum(names);
	async function* all(): AsyncGenerator<Row> {
		for (let next = first; !next.done; next = await iterator.next()) yield next.value;
	}
	return {
		...{ name, format: "memory", columns: names.map((one) => one.trim()) },
		sha256: async () => sum.digest(),
		read: (wanted) =>
			readInBlocks(wanted, name, (dictionaries) =>
				batchesOf(all(), { name, names, known, sum }, wanted, dictionaries),
			),
	};
}

interface Layout {
	name: string;
	names: readonly string[];
	known: ReadonlySet<string>;
	sum: TableSum;
}

async function* batchesOf(
	rows: AsyncIterable<Row>,
	{ name, names, known, sum }: Layout,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Rows> {
	let batch: RawCell[][] = [];
	let seen = 0;
	const column = (place: number): CellColumn => ({
		isText: true,
		cell: (row) => (batch[row] as RawCell[])[place] as RawCell,
	});
	const places = placesRead(wanted, [...names.keys()]);
	const cells = new CellRows(
		new Map(places.map((place) => [place, column(place)])),
		...([names, wanted, dictionaries, name] as const),
	);
	const taken = () => {
		const first = seen - batch.length + 1;
		return cells.rows(batch.length, (row) => first + row);
	};
	for await (const row of rows) {
		seen += 1;
		const more = Object.keys(row).find((key) => !known.has(key));
		if (more !== undefined) {
			throw new UserError(`has a column ${more}, which the first row lacks`, {
				where: { file: name, row: seen },
				hint: "give every row the same columns, with null where there is nothing",
			});
		}
		const own = names.map((one) => cellOf(row[one], name, one, seen));
		sum.add(own);
		batch.push(own);
		if (batch.length < BATCH_ROWS) continue;
		yield taken();
		batch = [];
	}
	yield taken();
}

/** SHA-256 of a table as CSV with commas and `\n`, as `convert` writes it. */
class TableSum {
	private readonly hash = createHash("sha256");
	private sum: string | undefined;

	constructor(names: readonly string[]) {
		this.add(names);
	}

	add(cells: readonly RawCell[]): void {
		this.hash.update(`${cells.map((cell) => csvField(rawText(cell, true), ",")).join(",")}\n`);
	}

	digest(): string {
		this.sum ??= this.hash.digest("hex");
		return this.sum;
	}
}

/** @throws UserError where it is a list or an object. */
function cellOf(value: unknown, file: string, column: string, row: number): RawCell {
	switch (typeof value) {
		case "number":
			return Number.isNaN(value) ? "" : value;
		case "string":
			return value;
		case "boolean":
			return String(value);
		case "bigint":
			return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
		case "undefined":
			return "";
	}
	if (value === null) return "";
	if (value instanceof Date) return dateText(value.getTime());
	throw new UserError("holds a list or an object, which a table cannot hold", {
		where: { file, row, column: column.toUpperCase() },
		hint: "leave the column out, or give one value a row",
	});
}

function dateText(time: number): string {
	return time % DAY === 0 ? dayText(time / DAY) : momentText(time);
}
