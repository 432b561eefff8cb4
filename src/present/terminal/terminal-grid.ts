import type { ChalkInstance } from "chalk";
import type { Row } from "../content/cells.js";
import { barText } from "../text/bar.js";
import { cut, GAP, pad, padLeft, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** What the parts of a terminal table need to know. */
export interface Page extends View {
	chalk: ChalkInstance;
	/** Confidence level as a text, "95%"; empty where it is not known. */
	level: string;
}

/** A table as aligned texts, which still have to be laid out. */
export interface Grid {
	labelHead: string;
	columns: GridColumn[];
	/** Tables with the same columns. */
	blocks: { name: string; rows: TextRow[] }[];
}

export interface GridColumn {
	/** Lines of the head, from the top. */
	head: string[];
	/** Width of the marks behind its figures, which the head does not stand over. */
	marks: number;
	drop?: number;
}

export interface TextRow extends Omit<Row, "cells"> {
	cells: TextCell[];
}

export interface TextCell {
	lines: string[];
	at: number;
	span: number;
	/** Says why there is no figure. */
	dim: boolean;
}

/** Widths of the columns; no bars where `bar` is 0. */
export interface Layout {
	label: number;
	bar: number;
	cells: number[];
}

const INDENT = "  ";

/** Width each column of figures needs. */
export function cellWidths({ columns, blocks }: Grid): number[] {
	const widths = columns.map(({ head }) => Math.max(0, ...head.map(widthOf)));
	const cells = blocks.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
	const widen = (at: number, width: number) => {
		widths[at] = Math.max(widths[at] ?? 0, width);
	};
	const wide = ({ lines }: TextCell) => Math.max(0, ...lines.map(widthOf));
	for (const cell of cells) if (cell.span === 1) widen(cell.at, wide(cell));
	for (const cell of cells) {
		// What stands across columns takes their room first.
		if (cell.span > 1) widen(cell.at, wide(cell) - across(widths, cell.at + 1, cell.span - 1) - GAP.length);
	}
	return widths;
}

/** Width of the longest label, its head included; headings may be longer. */
export function longestLabel({ labelHead, blocks }: Grid): number {
	const rows = blocks.flatMap(({ rows }) => rows.filter(({ cells }) => cells.length > 0));
	return Math.max(widthOf(labelHead), ...rows.map((row) => widthOf(labelOf(row))));
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
	{ labelHead, columns }: Grid,
	rows: readonly TextRow[],
	layout: Layout,
	chalk: ChalkInstance,
): string {
	const lines = rows.map((row) => {
		const text = rowText(row, layout, chalk);
		return row.apart ? `\n${text}` : text;
	});
	return [...headLines(labelHead, columns, layout).map((line) => chalk.dim(line)), ...lines].join("\n");
}

function headLines(
	labelHead: string,
	columns: readonly GridColumn[],
	{ label, bar, cells }: Layout,
): string[] {
	const height = Math.max(1, ...columns.map(({ head }) => head.length));
	const lines = Array.from({ length: height }, (_, line) => {
		const heads = columns.map(({ head, marks }, index) => {
			const text = head[line - height + head.length] ?? "";
			const width = cells[index] ?? 0;
			return padLeft(pad(text, Math.min(width, widthOf(text) + marks)), width);
		});
		const left = pad(cut(line === height - 1 ? labelHead : "", label), label);
		return [left, ...(bar > 0 ? [" ".repeat(bar)] : []), ...heads].join(GAP).trimEnd();
	});
	return lines.filter((line) => line !== "");
}

function rowText(row: TextRow, layout: Layout, chalk: ChalkInstance): string {
	const { cells, bar = null } = row;
	const label = labelOf(row);
	if (cells.length === 0) {
		const numbers = across(layout.cells, 0, layout.cells.length);
		return cut(label, layout.label + layout.bar + numbers + GAP.length);
	}
	const height = Math.max(1, ...cells.map(({ lines }) => lines.length));
	return Array.from({ length: height }, (_, line) => {
		const texts = cells.map(({ lines, at, span, dim }) => {
			const cell = padLeft(lines[line] ?? "", across(layout.cells, at, span));
			return (dim || line > 0) && lines.length > line ? chalk.dim(cell) : cell;
		});
		const drawn = layout.bar > 0 ? [chalk.cyan(barText(line === 0 ? bar : null, layout.bar))] : [];
		const left = line === 0 ? cut(label, layout.label) : "";
		return [pad(left, layout.label), ...drawn, ...texts].join(GAP).trimEnd();
	}).join("\n");
}
