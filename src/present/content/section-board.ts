import type { Locale } from "../../wording/locale.js";
import { type Board, boardRow } from "./board.js";
import type { GridRow } from "./cells.js";
import { figure } from "./figure.js";
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
	return {
		title,
		under: [locale.text("table.base", { base })],
		forms: [
			{
				labelHead: single ? head : `${head}, ${unit}`,
				columns: columns.map(({ label }) => ({ head: [single ? unit : label] })),
				blocks: [{ name: "", rows: rows.flatMap((row) => rowsOf(row, columns, locale)) }],
			},
		],
		below: [],
	};
}

function rowsOf({ label, cells, counts }: ItemRow, columns: readonly Column[], locale: Locale): GridRow[] {
	const line = (text: string, chosen: ItemRow["cells"]) =>
		boardRow(
			text,
			columns.map(({ key }) => {
				const row = chosen.get(key);
				return { text: figure(row, locale), hidden: row !== undefined && row.estimate === null };
			}),
		);
	return [
		...(cells.size === 0 && counts.size > 0 ? [] : [line(label, cells)]),
		...(counts.size === 0 ? [] : [line(`${label}: ${locale.text("table.count")}`, counts)]),
	];
}
