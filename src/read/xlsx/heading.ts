import type { CellValue } from "hucre/xlsx";
import type { Merge } from "./workbook.js";

/** A row of a sheet that has cells. */
export interface SheetRow {
	/** Its place in the sheet, from 0 on. */
	index: number;
	values: readonly CellValue[];
}

/** Names of columns, and where they end. */
export interface SheetHeading {
	columns: string[];
	/** Place of the last row that belongs to it. */
	last: number;
}

/** Rows from the beginning of a sheet among which its heading is. */
export const HEADING_ROWS = 30;

/**
 * Finds the names of columns in the first rows of a sheet. A title above them is passed over where it is merged or a
 * blank row follows. Where names are merged over several columns, those in the row below belong to them:
 * `Question [Row]`.
 * @param text Writes a cell.
 * @returns null for a sheet without cells.
 */
export function sheetHeading(
	rows: readonly SheetRow[],
	merges: readonly Merge[],
	text: (value: CellValue) => string,
): SheetHeading | null {
	const filled = rows.filter(({ values }) => values.some((value) => text(value ?? null) !== ""));
	const place = filled.findIndex((row, index) => !isTitle(row, filled[index + 1], merges, text));
	const first = filled[place];
	if (first === undefined) return null;
	const own = merges.filter(({ top }) => top === first.index);
	const over = own.filter(({ left, right, bottom }) => right > left && bottom === first.index);
	const deep = Math.max(first.index + (over.length > 0 ? 1 : 0), ...own.map(({ bottom }) => bottom));
	const heads = filled.slice(place).filter(({ index }) => index <= deep);
	const width = Math.max(...heads.map(({ values }) => widthOf(values, text)));
	const columns = Array.from({ length: width }, (_, column) => {
		const parts = heads.map((row) => text(valueAt(row, column, heads, merges)));
		return nameOf(parts.filter((part, index) => part !== "" && parts.indexOf(part) === index));
	});
	return { columns, last: deep };
}

/** `Question [Row][Column]`, as exports of questionnaires write it. */
function nameOf([first = "", ...others]: readonly string[]): string {
	return others.length === 0 ? first : `${first} ${others.map((part) => `[${part}]`).join("")}`;
}

function isTitle(
	{ index, values }: SheetRow,
	next: SheetRow | undefined,
	merges: readonly Merge[],
	text: (value: CellValue) => string,
): boolean {
	const cells = values.flatMap((value, column) => (text(value ?? null) === "" ? [] : [column]));
	if (cells.length !== 1 || next === undefined) return false;
	const isMerged = merges.some(({ top, left, right }) => top === index && left === cells[0] && right > left);
	const wider = widthOf(next.values, text) > 1;
	return wider && (isMerged || next.index > index + 1);
}

/** Cells up to the last that is filled. */
function widthOf(values: readonly CellValue[], text: (value: CellValue) => string): number {
	return values.findLastIndex((value) => text(value ?? null) !== "") + 1;
}

/** What stands in a cell, or in the one that it is merged with. */
function valueAt(
	row: SheetRow,
	column: number,
	rows: readonly SheetRow[],
	merges: readonly Merge[],
): CellValue {
	const merge = merges.find(
		({ top, bottom, left, right }) =>
			row.index >= top && row.index <= bottom && column >= left && column <= right,
	);
	if (merge === undefined) return row.values[column] ?? null;
	return rows.find(({ index }) => index === merge.top)?.values[merge.left] ?? null;
}
