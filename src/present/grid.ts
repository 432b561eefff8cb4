import type { ChalkInstance } from "chalk";
import { barText } from "./bar.js";
import { cut, pad, padLeft, widthOf } from "./text.js";
import type { View } from "./view.js";

export const GAP = "  ";

/** What the parts of a terminal table need to know. */
export interface Page extends View {
	chalk: ChalkInstance;
	/** Confidence level as a text, "95%". */
	level: string;
}

export interface Cell {
	text: string;
	/** A status in the place of a number. */
	hidden?: boolean;
}

export interface GridRow {
	label: string;
	bar: number | null;
	cells: Cell[];
	/** Another unit and other decimals: a mean keeps its distance from the percentages. */
	apart: boolean;
}

export interface Grid {
	labelHead: string;
	/** Lines of each head, from the top. */
	heads: string[][];
	rows: GridRow[];
}

/** Widths of the columns; no bars where `bar` is 0. */
export interface Layout {
	label: number;
	bar: number;
	cells: number[];
}

/** Width each column of numbers needs. */
export function cellWidths({ heads, rows }: Grid): number[] {
	return heads.map((head, index) =>
		Math.max(...head.map(widthOf), ...rows.map(({ cells }) => widthOf(cells[index]?.text ?? ""))),
	);
}

/** Width of the longest label, its head included. */
export function longestLabel({ labelHead, rows }: Grid): number {
	return Math.max(widthOf(labelHead), ...rows.map(({ label }) => widthOf(label)));
}

/** Lays a grid out: labels left, bars beside them, numbers right-aligned under their heads. */
export function gridText(grid: Grid, layout: Layout, chalk: ChalkInstance): string {
	const lines = grid.rows.map((row) => {
		const text = rowText(row, layout, chalk);
		return row.apart ? `\n${text}` : text;
	});
	return [...headLines(grid, layout).map((line) => chalk.dim(line)), ...lines].join("\n");
}

function headLines({ labelHead, heads }: Grid, { label, bar, cells }: Layout): string[] {
	const height = Math.max(1, ...heads.map((head) => head.length));
	const lines = Array.from({ length: height }, (_, line) => {
		const numbers = heads.map((head, index) =>
			padLeft(head[line - height + head.length] ?? "", cells[index] ?? 0),
		);
		const left = pad(cut(line === height - 1 ? labelHead : "", label), label);
		return [left, ...(bar > 0 ? [" ".repeat(bar)] : []), ...numbers].join(GAP).trimEnd();
	});
	return lines.filter((line) => line !== "");
}

function rowText({ label, bar, cells }: GridRow, layout: Layout, chalk: ChalkInstance): string {
	const numbers = cells.map(({ text, hidden }, index) => {
		const cell = padLeft(text, layout.cells[index] ?? 0);
		return hidden ? chalk.dim(cell) : cell;
	});
	const drawn = layout.bar > 0 ? [chalk.cyan(barText(bar, layout.bar))] : [];
	return [pad(cut(label, layout.label), layout.label), ...drawn, ...numbers].join(GAP).trimEnd();
}
