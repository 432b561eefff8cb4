import type { ChalkInstance } from "chalk";
import type { BoardRow } from "../content/cells.js";
import { barText } from "../text/bar.js";
import { cut, fold, GAP, overTwoLines, pad, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";
import { type DrawnCell, drawTable } from "./draw-table.js";

/** Context for the parts of a terminal table. */
export interface Page extends View {
	chalk: ChalkInstance;
	/** Confidence level as text, "95%"; empty if unknown. */
	level: string;
}

/** A table as aligned texts, which still have to be laid out. */
export interface TextGrid {
	labelHead: string;
	columns: GridColumn[];
	/** Tables with the same columns. */
	blocks: { name: string; rows: TextRow[] }[];
}

export interface GridColumn {
	/** Lines of the head, from the top. */
	head: string[];
	/** Width of the marks after its figures, which the head leaves free. */
	marks: number;
	drop?: number;
}

export interface TextRow extends Omit<BoardRow, "cells"> {
	cells: TextCell[];
}

export interface TextCell {
	lines: string[];
	at: number;
	span: number;
	/** Whether the cell gives the reason for a missing figure. */
	dim: boolean;
}

/** Widths of the columns; no bars where `bar` is 0. */
export interface GridLayout {
	label: number;
	bar: number;
	cells: number[];
}

const INDENT = "  ";

/** Width that each column of figures needs. */
export function cellWidths({ columns, blocks }: TextGrid): number[] {
	const widths = columns.map(({ head }) => Math.max(0, ...head.map(widthOf)));
	const cells = blocks.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
	const widen = (at: number, width: number) => {
		widths[at] = Math.max(widths[at] ?? 0, width);
	};
	const wide = ({ lines }: TextCell) => Math.max(0, ...lines.map(widthOf));
	for (const cell of cells) if (cell.span === 1) widen(cell.at, wide(cell));
	for (const cell of cells) {
		// Cells that span columns claim their width first.
		if (cell.span > 1) widen(cell.at, wide(cell) - across(widths, cell.at + 1, cell.span - 1) - GAP.length);
	}
	return widths;
}

/** Width of the longest label including its head; headings may be longer. */
export function longestLabel({ labelHead, blocks }: TextGrid): number {
	const rows = blocks.flatMap(({ rows }) => rows.filter(({ cells }) => cells.length > 0));
	return Math.max(widthOf(labelHead), ...rows.map((row) => widthOf(labelOf(row))));
}

/** Number of lines of a table with this label width. */
export function heightOf({ columns, blocks }: TextGrid, label: number): number {
	const rows = blocks.flatMap((block) => block.rows);
	const lines = overTwoLines(rows.map(labelOf), label).reduce((sum, { length }) => sum + length, 0);
	return Math.max(0, ...columns.map(({ head }) => head.length)) + lines;
}

function labelOf({ label, under }: TextRow): string {
	return under ? INDENT + label : label;
}

/** Room for labels beside columns of these widths. */
export function labelRoom(cells: readonly number[], width: number): number {
	return cells.reduce((room, cell) => room - cell - GAP.length, width);
}

/** Width of several columns with the gaps between them. */
function across(widths: readonly number[], from: number, count: number): number {
	const part = widths.slice(from, from + count);
	return part.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, part.length - 1);
}

/** Lays rows out: labels left, bars beside them, figures right-aligned under their heads. */
export function gridText(
	grid: TextGrid,
	rows: readonly TextRow[],
	layout: GridLayout,
	chalk: ChalkInstance,
): string {
	const widths = [layout.label, ...(layout.bar > 0 ? [layout.bar] : []), ...layout.cells];
	const whole = across(widths, 0, widths.length);
	const labels = overTwoLines(rows.map(labelOf), layout.label);
	const line = (row: TextRow, place: number): DrawnCell[] =>
		row.cells.length === 0
			? [{ lines: [cut(labelOf(row), whole)], align: "left", span: widths.length }]
			: rowCells(row, labels[place] as string[], layout, chalk);
	return drawTable(
		[
			headCells(grid, layout, chalk),
			...rows.flatMap((row, place) => [
				...(row.apart ? [[{ lines: [], span: widths.length }]] : []),
				line(row, place),
			]),
		],
		widths,
	);
}

/** Aligns all heads at the bottom, level with the head of the labels. */
function headCells(
	{ labelHead, columns }: TextGrid,
	{ label, bar, cells }: GridLayout,
	{ dim: color }: ChalkInstance,
): DrawnCell[] {
	const height = Math.max(...columns.map(({ head }) => head.length));
	const heads = columns.map(({ head }) => [...Array<string>(height - head.length).fill(""), ...head]);
	// Some of the columns may need fewer lines than all of them do.
	const used = Array.from({ length: height }, (_, line) => line).filter((line) =>
		heads.some((head) => head[line] !== ""),
	);
	// The head of the labels uses no more lines than the other heads.
	const folded = fold(labelHead, label);
	const own = folded.length <= Math.max(1, used.length) ? folded : [cut(labelHead, label)];
	return [
		{ lines: [...used.slice(own.length).map(() => ""), ...own], align: "left", color },
		...(bar > 0 ? [{ lines: [] }] : []),
		...heads.map((head, column) => ({
			lines: used.map((line) => {
				const text = head[line] ?? "";
				return pad(text, Math.min(cells[column] ?? 0, widthOf(text) + (columns[column]?.marks ?? 0)));
			}),
			color,
		})),
	];
}

function rowCells(
	row: TextRow,
	label: readonly string[],
	{ bar, cells: widths }: GridLayout,
	chalk: ChalkInstance,
): DrawnCell[] {
	const cells = row.cells.map(({ lines, span, dim }) => ({
		lines: lines.map((line, index) => (index > 0 ? chalk.dim(line) : line)),
		span,
		...(dim ? { color: chalk.dim } : {}),
	}));
	const missing = widths.length - row.cells.reduce((sum, { span }) => sum + span, 0);
	return [
		{ lines: label, align: "left" },
		...(bar > 0 ? [{ lines: [barText(row.bar ?? null, bar)], color: chalk.cyan }] : []),
		...cells,
		...(missing > 0 ? [{ lines: [], span: missing }] : []),
	];
}
