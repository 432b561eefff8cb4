import type { Board, Form } from "../content/board.js";
import { fold } from "../text/text-width.js";
import { alignedGrid } from "./aligned.js";
import {
	cellWidths,
	type GridColumn,
	gridText,
	labelRoom,
	longestLabel,
	type Page,
	type TextCell,
	type TextGrid,
} from "./terminal-grid.js";

const LEAST_LABEL = 24;

/** A board for the terminal. On a narrow page, errors move below their figures; then columns are dropped. */
export function boardText({ title, under, form, below }: Board, page: Page): string {
	const { width, chalk, locale } = page;
	const leastLabel = form.leastLabel ?? LEAST_LABEL;
	const widest = widestGrid(form, leastLabel, page);
	const grid = narrowed(widest, leastLabel, width);
	const missing = widest.columns.filter((column) => !grid.columns.includes(column)).map(headText);
	const dim = (lines: readonly string[]) =>
		lines.flatMap((line) => fold(line, width)).map((line) => chalk.dim(line));
	const top = [...fold(title, width).map((line) => chalk.bold(line)), ...dim(under)];
	const tables = blockTexts(grid, page);
	const bottom = dim([
		...below,
		...(missing.length === 0
			? []
			: [locale.text("table.no-room", { names: missing.join(", "), width: roomFor(widest, leastLabel) })]),
	]);
	return [
		...(tables.length === 1 ? [[...top, ...tables].join("\n")] : [top.join("\n"), ...tables]),
		...(bottom.length === 0 ? [] : [bottom.join("\n")]),
	].join("\n\n");
}

/** All blocks share one layout, so that readers find their place again. */
function blockTexts(grid: TextGrid, { width, chalk }: Page): string[] {
	const cells = cellWidths(grid);
	const label = Math.max(1, Math.min(longestLabel(grid), labelRoom(cells, width)));
	const named = grid.blocks.length === 1 ? chalk.dim : chalk.underline;
	return grid.blocks.map(({ name, rows }) =>
		[
			...(name === "" ? [] : fold(name, width).map((line) => named(line))),
			gridText(grid, rows, { label, bar: 0, cells }, chalk),
		].join("\n"),
	);
}

/** Errors stay next to their figures if there is room. */
function widestGrid(form: Form, leastLabel: number, { locale, width }: Page): TextGrid {
	const beside = alignedGrid(form, locale);
	return form.stacks !== true || fits(beside, leastLabel, width) ? beside : alignedGrid(form, locale, true);
}

function fits(grid: TextGrid, leastLabel: number, width: number): boolean {
	return labelRoom(cellWidths(grid), width) >= Math.min(leastLabel, longestLabel(grid));
}

/** The width that all columns need. */
function roomFor(grid: TextGrid, leastLabel: number): number {
	return Math.min(leastLabel, longestLabel(grid)) - labelRoom(cellWidths(grid), 0);
}

/** Drops columns until the rest fits. */
function narrowed(grid: TextGrid, leastLabel: number, width: number): TextGrid {
	const last = Math.max(0, ...grid.columns.map(({ drop = 0 }) => drop));
	if (last === 0 || fits(grid, leastLabel, width)) return grid;
	return narrowed(
		without(grid, ({ drop }) => drop === last),
		leastLabel,
		width,
	);
}

function without(grid: TextGrid, isDropped: (column: GridColumn) => boolean): TextGrid {
	const kept = grid.columns.map((column) => !isDropped(column));
	return {
		...grid,
		columns: grid.columns.filter((_, index) => kept[index]),
		blocks: grid.blocks.map(({ name, rows }) => ({
			name,
			rows: rows.map((row) => ({ ...row, cells: keptCells(row.cells, kept) })),
		})),
	};
}

/** Cells across several columns shrink with them. */
function keptCells(cells: readonly TextCell[], kept: readonly boolean[]): TextCell[] {
	const countIn = (from: number, to: number) => kept.slice(from, to).filter(Boolean).length;
	return cells.flatMap((cell) => {
		const span = countIn(cell.at, cell.at + cell.span);
		return span === 0 ? [] : [{ ...cell, at: countIn(0, cell.at), span }];
	});
}

function headText({ head }: GridColumn): string {
	return head.join(" ");
}
