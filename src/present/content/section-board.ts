import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { intervalHead, levelText } from "../../wording/numbers.js";
import { isMeasure } from "../../wording/statistic-names.js";
import type { Layout } from "../format-list.js";
import type { View } from "../view.js";
import { apart, transposed } from "./arrangement.js";
import { type Board, type Form, figureRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";
import type { Part } from "./contents.js";
import { figureCell, intervalCell, sizeCell } from "./figure.js";
import { type Column, type ItemRow, type Section, shownColumns } from "./sections.js";

/**
 * Percentages for print, without limits on width. A single group has interval and n next to the figure. Several groups
 * stand side by side or, depending on the layout, in rows, or each in a block with interval and n.
 * @param all Columns of the whole result; columns without rows in the section are left out.
 */
export function sectionBoard(
	section: Section,
	all: readonly Column[],
	results: ResultSet,
	{ locale, layout }: Pick<View, "locale" | "layout">,
): Board {
	const { title, base } = section;
	const columns = shownColumns(section, all);
	return { title, under: [locale.text("table.base", { base })], form: formOf(), below: [] };

	function formOf(): Form {
		if (showsIntervals(section, columns, layout)) return groupByGroup(section, columns, results, locale);
		if (layout !== "rows" || section.columns !== undefined) {
			const { common, own } = apart(columns);
			return sideBySide(section, own, common, locale);
		}
		const turned = transposed(section, columns, results);
		return sideBySide(turned, turned.columns, turned.common, locale);
	}
}

/** Whether each group gets its own table with intervals. The columns of a grid are not groups. */
function showsIntervals(section: Section, columns: readonly Column[], layout: Layout | undefined): boolean {
	return columns.length === 1 || (layout === "long" && section.columns === undefined);
}

/** Whether any table has intervals that its footnotes must explain. */
export function haveIntervals(
	parts: readonly Part[],
	all: readonly Column[],
	layout: Layout | undefined,
): boolean {
	return parts.some(
		(part) => "board" in part || showsIntervals(part.section, shownColumns(part.section, all), layout),
	);
}

/** A figure, its standard error, interval and n in each row; one block per group. */
function groupByGroup(
	{ rows, head }: Section,
	columns: readonly Column[],
	{ settings }: ResultSet,
	locale: Locale,
): Form {
	const estimates = rows.flatMap(({ cells }) => columns.flatMap(({ key }) => cells.get(key) ?? []));
	const interval = estimates.some(({ ciLow }) => ciLow !== null);
	const size = estimates.some(({ n }) => n !== null);
	const cellsOf = (row: Estimate | undefined): BoardCell[] =>
		row === undefined
			? []
			: [
					figureCell(row),
					...(interval ? [row.estimate === null ? {} : intervalCell(row)] : []),
					...(size ? [sizeCell(row.n)] : []),
				];
	const count = locale.text("table.count");
	return {
		labelHead: head ?? locale.text("table.item"),
		columns: [
			{ head: [`${locale.text("table.percent")} ${locale.text("table.se")}`] },
			...(interval ? [{ head: [intervalHead(levelText(settings, locale), locale)] }] : []),
			...(size ? [{ head: [locale.text("table.n")] }] : []),
		],
		blocks: columns.map(({ key, label }) => ({
			name: label,
			rows: rows.flatMap(({ label, cells, counts, statistic }) => [
				...(cells.has(key)
					? [figureRow(label, cellsOf(cells.get(key)), { apart: isMeasure(statistic) })]
					: []),
				...(counts.has(key) ? [figureRow(`${label}: ${count}`, cellsOf(counts.get(key)))] : []),
			]),
		})),
	};
}

/**
 * Items × groups, with figure and standard error in a cell.
 * @param common Names that all groups share.
 */
function sideBySide(
	{ rows, head }: Pick<Section, "rows" | "head">,
	columns: readonly Column[],
	common: string,
	locale: Locale,
): Form {
	const unit = `${locale.text("table.percent")} ${locale.text("table.se")}`;
	const countRow = (label: string, cells: BoardCell[]) =>
		figureRow(`${label}: ${locale.text("table.count")}`, cells);
	return {
		labelHead: `${head ?? locale.text("table.item")}, ${unit}`,
		columns: columns.map(({ label }) => ({ head: [label] })),
		blocks: [{ name: common, rows: sectionRows(rows, columns, countRow) }],
	};
}

/**
 * One row per item with one cell per column, and its number of teachers in the row below.
 * @param countRow Builds that row from the item's label.
 */
export function sectionRows(
	rows: readonly ItemRow[],
	columns: readonly Column[],
	countRow: (label: string, cells: BoardCell[]) => BoardRow,
): BoardRow[] {
	const cellsOf = (chosen: ItemRow["cells"]) => columns.map(({ key }) => figureCell(chosen.get(key)));
	return rows.flatMap(({ label, cells, counts, statistic }) => [
		...(cells.size === 0 ? [] : [figureRow(label, cellsOf(cells), { apart: isMeasure(statistic) })]),
		...(counts.size === 0 ? [] : [countRow(label, cellsOf(counts))]),
	]);
}
