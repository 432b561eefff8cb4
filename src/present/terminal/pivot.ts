import { figureRow } from "../content/board.js";
import { sectionRows } from "../content/section-board.js";
import type { Column, Section } from "../content/sections.js";
import { foldHead } from "../text/column-heads.js";
import { cut, fold, GAP, unbrokenParts, widthOf } from "../text/text-width.js";
import { alignedGrid } from "./aligned.js";
import {
	cellWidths,
	gridText,
	heightOf,
	longestLabel,
	type Page,
	type TextGrid,
	type TextRow,
} from "./terminal-grid.js";

/** Minimum width of labels: of items, and of groups if groups are the rows. */
const LEAST_LABEL = { items: 28, groups: 16 };
const MOST_HEAD = { groups: 16, items: 14 };

/** Lines of a head. */
const MOST_LINES = 5;

/** How far a head may extend beyond its figures before it is stacked. */
const OVERHANG = 2;
const MANY_GROUPS = 12;

/** Several groups as items × groups: as many groups side by side as fit, the others in tables below. */
export function pivotText(
	section: Pick<Section, "rows" | "head" | "columns">,
	columns: readonly Column[],
	page: Page,
): string {
	const { locale, width, chalk } = page;
	const grid = pivotGrid(section, columns, page);
	// All tables of a topic share one layout, so that readers find their place again.
	const cell = Math.max(...cellWidths(grid));
	const longest = longestLabel(grid);
	const least = section.columns === undefined ? LEAST_LABEL.items : LEAST_LABEL.groups;
	const fitting = Math.max(1, Math.floor((width - Math.min(longest, least)) / (cell + GAP.length)));
	const laidOut = (most: number) => {
		const tables = Math.ceil(columns.length / most);
		const size = Math.ceil(columns.length / tables);
		const label = Math.max(1, Math.min(longest, width - size * (cell + GAP.length)));
		return { tables, size, label, height: tables * heightOf(grid, label) };
	};
	const widest = laidOut(fitting);
	const narrower = laidOut(Math.max(1, fitting - 1));
	// If systems are rows, an extra table is shorter when it saves a second line per name.
	const isShorter = section.columns !== undefined && narrower.height < widest.height;
	const { tables, size, label } = isShorter ? narrower : widest;
	const texts = Array.from({ length: tables }, (_, table) => {
		const from = table * size;
		const part = slice(grid, from, from + size);
		const rows = part.blocks.flatMap((block) => block.rows);
		const text = gridText(part, rows, { label, bar: 0, cells: part.columns.map(() => cell) }, chalk);
		return tables === 1 || section.columns !== undefined
			? text
			: `${chalk.dim(place(from, part.columns.length, columns.length, page))}\n${text}`;
	});
	const hint =
		columns.length > MANY_GROUPS && section.columns === undefined
			? fold(locale.text("table.groups-csv", { count: columns.length }), width)
			: [];
	return [...hint.map((line) => `${chalk.dim(line)}\n`), texts.join("\n\n")].join("");
}

function place(from: number, size: number, count: number, { locale }: Page): string {
	return size === 1
		? locale.text("table.groups-one", { number: from + 1, count })
		: locale.text("table.groups", { from: from + 1, to: from + size, count });
}

/** A slice of the columns; no cell may span several. */
function slice(grid: TextGrid, from: number, to: number): TextGrid {
	const part = (row: TextRow) => ({
		...row,
		cells: row.cells.slice(from, to).map((cell) => ({ ...cell, at: cell.at - from })),
	});
	return {
		...grid,
		columns: grid.columns.slice(from, to),
		blocks: grid.blocks.map(({ name, rows }) => ({ name, rows: rows.map(part) })),
	};
}

function pivotGrid(
	{ rows, head, columns: own }: Pick<Section, "rows" | "head" | "columns">,
	columns: readonly Column[],
	{ locale }: Page,
): TextGrid {
	const unit = `${locale.text("table.percent")} ${locale.text("table.se")}`;
	const count = locale.text("table.count");
	const grid = alignedGrid(
		{
			labelHead: `${head ?? locale.text("table.item")}, ${unit}`,
			columns: columns.map(() => ({ head: [] })),
			blocks: [
				{
					name: "",
					rows: sectionRows(rows, columns, (_, cells) => figureRow(count, cells, { under: true })),
				},
			],
		},
		locale,
	);
	const most = own === undefined ? MOST_HEAD.groups : MOST_HEAD.items;
	const heads = headsOf(columns, Math.max(0, ...cellWidths(grid)), most);
	return { ...grid, columns: grid.columns.map((column, at) => ({ ...column, head: heads[at] ?? [] })) };
}

/** Heads on one line if all are short; otherwise stacked, value by value, no wider than the figures need. */
function headsOf(columns: readonly Column[], figures: number, most: number): string[][] {
	if (columns.every(({ label }) => widthOf(label) <= figures + OVERHANG))
		return columns.map(({ label }) => [label]);
	const words = columns.flatMap(({ label }) => unbrokenParts(label).map(widthOf));
	const room = Math.max(figures, Math.min(most, Math.max(...words)));
	const stacks = columns.map(({ values }) => values.map((value) => shortened(foldHead(value, room), room)));
	// Saved rows may belong to groups with different numbers of breakdowns.
	const levels = Math.max(0, ...stacks.map((stack) => stack.length));
	const heights = Array.from({ length: levels }, (_, level) =>
		Math.max(...stacks.map((stack) => stack[level]?.length ?? 0)),
	);
	// Values of one breakdown stand on one level in every head.
	return stacks.map((stack) =>
		stack.flatMap((lines, level) => [...Array((heights[level] ?? 0) - lines.length).fill(""), ...lines]),
	);
}

function shortened(lines: string[], room: number): string[] {
	if (lines.length <= MOST_LINES) return lines;
	return [...lines.slice(0, MOST_LINES - 1), cut(lines.slice(MOST_LINES - 1).join(" "), room)];
}
