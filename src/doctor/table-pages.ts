import { dialectOf } from "../emit/sql/dialect.js";
import type { Block, Dictionary, Source } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import { type AlikeRows, alikeRows } from "../read/database/alike-rows.js";
import type { TableSource } from "../read/database/table.js";
import { columnAt } from "../tabulate/tables/plan-table.js";
import type { Check, Columns, RowPage } from "./check.js";

/** A table in a database as checks see it. */
export interface CheckedTable {
	/** The table without changes. */
	opened: TableSource;
	/** With the values that its name implies. */
	source: TableSource;
	/** Applies the same to a part of the table. */
	read(part: Source): Source;
	picked: Columns;
}

/**
 * Passes a table to the checks. For each list of columns that a check examines together, the database returns the
 * distinct combinations with their counts. No single row leaves it.
 * @param onFault Called if something cannot be read.
 * @returns The number of rows.
 */
export async function askTable(
	{ opened, source, ...table }: CheckedTable,
	checks: readonly Check[],
	onFault: (error: unknown) => void,
): Promise<number> {
	const dialect = dialectOf(opened.table.engine);
	const { ask, relation, fields } = opened.table;
	const known = new Map<string, Promise<AlikeRows | null>>();
	const alike = (list: readonly number[], { most, suspect }: Check) => {
		const own = list.flatMap((place) => fields[place] ?? []);
		const isNone = own.length === 0 || (suspect !== undefined && own[0]?.kind !== "text");
		if (isNone) return Promise.resolve(null);
		const key = JSON.stringify([list, most, suspect]);
		const only = suspect === undefined ? undefined : (cell: string) => dialect.matches(cell, suspect);
		const made = known.get(key) ?? alikeRows(opened, own, most, only);
		known.set(key, made);
		return made;
	};
	for (const check of checks) {
		await check.askTable?.({ dialect, relation, ask, column: (place) => columnAt(source, place, dialect) });
		for (const [index, list] of (check.together ?? []).entries()) {
			const rows = await alike(list, check);
			if (rows === null) continue;
			try {
				for await (const page of pagesOf(rows, list, source, table)) check.take?.(page, index);
			} catch (error) {
				onFault(error);
			}
		}
	}
	const [[count] = []] = await ask(`SELECT count(*) FROM ${relation}`);
	return Number(count);
}

async function* pagesOf(
	{ source: part, counts }: AlikeRows,
	list: readonly number[],
	{ columns, table: { fields } }: TableSource,
	{ read, picked }: Pick<CheckedTable, "read" | "picked">,
): AsyncGenerator<RowPage> {
	const source = read(part);
	const own = list.filter((place) => fields[place] !== undefined);
	/** Position in the part; columns implied by the name come last. */
	const placeOf = (column: number) =>
		own.includes(column)
			? own.indexOf(column)
			: (columnIndex(source.columns, columns[column] as string) as number);
	const among = (all: readonly number[]) =>
		all.flatMap((column, slot) => (list.includes(column) ? [{ slot, place: placeOf(column) }] : []));
	const [coded, texts] = [among(picked.coded.columns), among(picked.texts.columns)];
	const { blocks, dictionaries } = source.read({
		...{ coded: coded.map(({ place }) => place), weights: [], texts: texts.map(({ place }) => place) },
		unusual: true,
	});
	const bySlot: Dictionary[] = [];
	for (const [index, { slot }] of coded.entries()) bySlot[slot] = dictionaries[index] as Dictionary;
	let seen = 0;
	for await (const block of blocks) {
		const codes: Int32Array[] = [];
		for (const [index, { slot }] of coded.entries()) codes[slot] = block.codes[index] as Int32Array;
		const first = seen;
		seen += block.rows;
		yield {
			...{ block: { ...block, codes } satisfies Block, dictionaries: bySlot },
			codes: (slot) => codes[slot],
			number: () => Number.NaN,
			texts: (slot) => block.texts[texts.findIndex((one) => one.slot === slot)] ?? [],
			unusual: (column) => block.unusual?.of(own.indexOf(column)) ?? [],
			unusualColumns: () => [...(block.unusual?.columns() ?? [])].map((place) => own[place] as number),
			place: (row) => block.place(row),
			rows: (row) => counts[first + row] as number,
		};
	}
}
