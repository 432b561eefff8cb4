import type { ChalkInstance } from "chalk";
import { type GridRow, placed } from "../content/cells.js";
import { barText } from "../text/bar.js";
import { cut, GAP, pad, padLeft, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** What the parts of a terminal table need to know. */
export interface Page extends View {
	chalk: ChalkInstance;
	/** Confidence level as a text, "95%"; empty where it is not known. */
	level: string;
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
	const widths = heads.map((head) => Math.max(0, ...head.map(widthOf)));
	const cells = rows.flatMap((row) => placed(row.cells));
	const widen = (at: number, width: number) => {
		widths[at] = Math.max(widths[at] ?? 0, width);
	};
	for (const { text, at, span } of cells) if (span === 1) widen(at, widthOf(text));
	for (const { text, at, span } of cells) {
		// What stands across columns takes their room first.
		if (span > 1) widen(at, widthOf(text) - across(widths, at + 1, span - 1) - GAP.length);
	}
	return widths;
}

/** Width of the longest label, its head included; headings may be longer. */
export function longestLabel({ labelHead, rows }: Grid): number {
	const labels = rows.filter(({ cells }) => cells.length > 0).map(({ label }) => widthOf(label));
	return Math.max(widthOf(labelHead), ...labels);
}

/** Width of several columns with the gaps between them. */
function across(widths: readonly number[], from: number, count: number): number {
	const part = widths.slice(from, from + count);
	return part.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, part.length - 1);
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
	if (cells.length === 0) {
		const numbers = across(layout.cells, 0, layout.cells.length);
		return cut(label, layout.label + layout.bar + numbers + GAP.length);
	}
	const texts = placed(cells).map(({ text, hidden, at, span }) => {
		const cell = padLeft(text, across(layout.cells, at, span));
		return hidden ? chalk.dim(cell) : cell;
	});
	const drawn = layout.bar > 0 ? [chalk.cyan(barText(bar, layout.bar))] : [];
	return [pad(cut(label, layout.label), layout.label), ...drawn, ...texts].join(GAP).trimEnd();
}
