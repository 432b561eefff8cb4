import type { Locale } from "../../wording/locale.js";
import { type Board, figureRow } from "./board.js";
import type { Cell, Row } from "./cells.js";
import { figureCell } from "./figure.js";
import { type Column, type ItemRow, type Section, shownColumns } from "./sections.js";

/**
 * Items × groups for print, where no width is short: one table, a figure with its standard error in a cell.
 * @param all Columns of the whole result; those the section has no row of are left out.
 */
export function sectionBoard(section: Section, all: readonly Column[], locale: Locale): Board {
	const { title, base, rows, head = locale.text("table.item") } = section;
	const columns = shownColumns(section, all);
	const unit = `${locale.text("table.percent")} ${locale.text("table.se")}`;
	const single = columns.length === 1 && columns[0]?.label === "";
	const countRow = (label: string, cells: Cell[]) =>
		figureRow(`${label}: ${locale.text("table.count")}`, cells);
	return {
		title,
		under: [locale.text("table.base", { base })],
		form: {
			labelHead: single ? head : `${head}, ${unit}`,
			columns: columns.map(({ label }) => ({ head: [single ? unit : label] })),
			blocks: [{ name: "", rows: sectionRows(rows, columns, countRow) }],
		},
		below: [],
	};
}

/**
 * A row an item, with a cell a column; its number of teachers in a row below.
 * @param countRow Makes that row from the item's label.
 */
export function sectionRows(
	rows: readonly ItemRow[],
	columns: readonly Column[],
	countRow: (label: string, cells: Cell[]) => Row,
): Row[] {
	const cellsOf = (chosen: ItemRow["cells"]) => columns.map(({ key }) => figureCell(chosen.get(key)));
	return rows.flatMap(({ label, cells, counts, statistic }) => [
		...(cells.size === 0 ? [] : [figureRow(label, cellsOf(cells), { apart: isApart(statistic) })]),
		...(counts.size === 0 ? [] : [countRow(label, cellsOf(counts))]),
	]);
}

/** Whether a row is of another unit than percentages and numbers of teachers. */
export function isApart(statistic: ItemRow["statistic"]): boolean {
	return statistic !== "percent" && statistic !== "count";
}
