import type { Block, Board, BoardColumn, Form } from "../content/board.js";
import { type Cell, placed } from "../content/cells.js";
import { fold, GAP } from "../text/text-width.js";
import { cellWidths, type Grid, gridText, longestLabel, type Page } from "./terminal-grid.js";

const LEAST_LABEL = 24;

/** A board for the terminal: its widest form that fits, without some columns where none does. */
export function boardText({ title, under, forms, below }: Board, page: Page): string {
	const { width, chalk, locale } = page;
	const widest = forms.find((form) => fits(form, width)) ?? (forms.at(-1) as Form);
	const form = narrowed(widest, width);
	const missing = widest.columns.filter((column) => !form.columns.includes(column)).map(headText);
	const dim = (lines: readonly string[]) =>
		lines.flatMap((line) => fold(line, width)).map((line) => chalk.dim(line));
	const top = [...fold(title, width).map((line) => chalk.bold(line)), ...dim(under)];
	const tables = blockTexts(form, page);
	const bottom = dim([
		...below,
		...(missing.length === 0 ? [] : [locale.text("table.no-room", { names: missing.join(", ") })]),
	]);
	return [
		...(tables.length === 1 ? [[...top, ...tables].join("\n")] : [top.join("\n"), ...tables]),
		...(bottom.length === 0 ? [] : [bottom.join("\n")]),
	].join("\n\n");
}

/** All blocks are laid out alike, so that the eye finds its place again. */
function blockTexts(form: Form, { width, chalk }: Page): string[] {
	const grid = gridOf(form, form.blocks);
	const cells = cellWidths(grid);
	const label = Math.max(1, Math.min(longestLabel(grid), labelRoom(cells, width)));
	const named = form.blocks.length === 1 ? chalk.dim : chalk.underline;
	return form.blocks.map((block) =>
		[
			...(block.name === "" ? [] : fold(block.name, width).map((line) => named(line))),
			gridText(gridOf(form, [block]), { label, bar: 0, cells }, chalk),
		].join("\n"),
	);
}

function gridOf({ labelHead, columns }: Form, blocks: readonly Block[]): Grid {
	return { labelHead, heads: columns.map(({ head }) => head), rows: blocks.flatMap(({ rows }) => rows) };
}

function labelRoom(cells: readonly number[], width: number): number {
	return cells.reduce((room, cell) => room - cell - GAP.length, width);
}

function fits(form: Form, width: number): boolean {
	const grid = gridOf(form, form.blocks);
	return labelRoom(cellWidths(grid), width) >= Math.min(form.leastLabel ?? LEAST_LABEL, longestLabel(grid));
}

/** Takes columns away until the rest fits. */
function narrowed(form: Form, width: number): Form {
	const last = Math.max(...form.columns.map(({ drop = 0 }) => drop));
	if (last === 0 || fits(form, width)) return form;
	return narrowed(
		without(form, ({ drop }) => drop === last),
		width,
	);
}

function without(form: Form, isDropped: (column: BoardColumn) => boolean): Form {
	const kept = form.columns.map((column) => !isDropped(column));
	return {
		...form,
		columns: form.columns.filter((_, index) => kept[index]),
		blocks: form.blocks.map(({ name, rows }) => ({
			name,
			rows: rows.map((row) => ({ ...row, cells: keptCells(row.cells, kept) })),
		})),
	};
}

/** Cells across several columns shrink with them. */
function keptCells(cells: readonly Cell[], kept: readonly boolean[]): Cell[] {
	return placed(cells).flatMap(({ at, span, ...cell }) => {
		const left = kept.slice(at, at + span).filter(Boolean).length;
		return left === 0 ? [] : [{ ...cell, span: left }];
	});
}

function headText({ head }: BoardColumn): string {
	return head.join(" ").trim();
}
