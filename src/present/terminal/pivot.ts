import type { Statistic } from "../../results/result-set.js";
import type { Cell } from "../content/cells.js";
import { isMarked } from "../content/figure.js";
import { figureCells } from "../content/figure-cells.js";
import type { Column, ItemRow, Section } from "../content/sections.js";
import { foldHead } from "../text/column-heads.js";
import { fold, GAP, widthOf, wordsOf } from "../text/text-width.js";
import { cellWidths, type Grid, gridText, longestLabel, type Page } from "./terminal-grid.js";

const LEAST_LABEL = 28;
const MOST_HEAD = 16;

/** How far a head may stand out over its figures before it is stacked. */
const OVERHANG = 2;
const MANY_GROUPS = 12;

/** Several groups: items × groups, as many groups side by side as fit, the others in tables below. */
export function pivotText(
	{ rows, head, columns: own }: Pick<Section, "rows" | "head" | "columns">,
	columns: readonly Column[],
	page: Page,
): string {
	const { locale, width, chalk } = page;
	const grid = pivotGrid(rows, columns, head ?? locale.text("table.item"), page);
	// All tables of a topic are laid out alike, so that the eye finds its place again.
	const cell = Math.max(...cellWidths(grid));
	const longest = longestLabel(grid);
	const fitting = Math.floor((width - Math.min(longest, LEAST_LABEL)) / (cell + GAP.length));
	const tables = Math.ceil(columns.length / Math.max(1, fitting));
	const size = Math.ceil(columns.length / tables);
	const label = Math.max(1, Math.min(longest, width - size * (cell + GAP.length)));
	const texts = Array.from({ length: tables }, (_, table) => {
		const from = table * size;
		const part = slice(grid, from, from + size);
		const text = gridText(part, { label, bar: 0, cells: part.heads.map(() => cell) }, chalk);
		return tables === 1 || own !== undefined
			? text
			: `${chalk.dim(place(from, part.heads.length, columns.length, page))}\n${text}`;
	});
	const hint =
		columns.length > MANY_GROUPS
			? fold(locale.text("table.groups-csv", { count: columns.length }), width)
			: [];
	return [...hint.map((line) => `${chalk.dim(line)}\n`), texts.join("\n\n")].join("");
}

function place(from: number, size: number, count: number, { locale }: Page): string {
	return size === 1
		? locale.text("table.groups-one", { number: from + 1, count })
		: locale.text("table.groups", { from: from + 1, to: from + size, count });
}

function slice({ labelHead, heads, rows }: Grid, from: number, to: number): Grid {
	return {
		labelHead,
		heads: heads.slice(from, to),
		rows: rows.map((row) => ({ ...row, cells: row.cells.slice(from, to) })),
	};
}

function pivotGrid(rows: readonly ItemRow[], columns: readonly Column[], head: string, page: Page): Grid {
	const { locale } = page;
	// Means and what else has a unit of its own are written alike.
	const kindOf = (statistic: Statistic) =>
		statistic === "percent" || statistic === "count" ? statistic : "mean";
	const all = rows.flatMap(({ cells, counts }) => [...cells.values(), ...counts.values()]);
	const marks = rows.some(({ cells }) => [...cells.values()].some(isMarked));
	const shown = (kind: ReturnType<typeof kindOf>) =>
		figureCells(
			all.filter((row) => kindOf(row.statistic) === kind),
			locale,
			marks,
		);
	const makers = { percent: shown("percent"), mean: shown("mean"), count: shown("count") };
	const line = (label: string, row: ItemRow["cells"], statistic: Statistic) => ({
		label,
		bar: null,
		cells: columns.map(({ key }) => makers[kindOf(statistic)](row.get(key))),
		apart: kindOf(statistic) === "mean",
	});
	const lines = rows.flatMap(({ label, cells, counts, statistic }) => [
		...(cells.size === 0 ? [] : [line(label, cells, statistic)]),
		...(counts.size === 0 ? [] : [line(`  ${locale.text("table.count")}`, counts, "count")]),
	]);
	const unit = `${locale.text("table.percent")} ${locale.text("table.se")}`;
	return {
		labelHead: `${head}, ${unit}`,
		heads: headsOf(columns, lines),
		rows: lines,
	};
}

/** Heads on one line where all are short; else stacked, value by value, no wider than the figures need. */
function headsOf(columns: readonly Column[], rows: readonly { cells: Cell[] }[]): string[][] {
	const figures = Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ text }) => widthOf(text))));
	if (columns.every(({ label }) => widthOf(label) <= figures + OVERHANG))
		return columns.map(({ label }) => [label]);
	const words = columns.flatMap(({ label }) => wordsOf(label).map(widthOf));
	const room = Math.max(figures, Math.min(MOST_HEAD, Math.max(...words)));
	const stacks = columns.map(({ values }) => values.map((value) => foldHead(value, room)));
	// Rows that were read back may be of groups of different depth.
	const levels = Math.max(0, ...stacks.map((stack) => stack.length));
	const heights = Array.from({ length: levels }, (_, level) =>
		Math.max(...stacks.map((stack) => stack[level]?.length ?? 0)),
	);
	// Values of one breakdown stand on one level in every head.
	return stacks.map((stack) =>
		stack.flatMap((lines, level) => [...Array((heights[level] ?? 0) - lines.length).fill(""), ...lines]),
	);
}
