import { Chalk, type ChalkInstance } from "chalk";
import type { Locale } from "../locale.js";
import type { Estimate, ResultSet } from "../results.js";
import {
	type Column,
	columnsOf,
	designLine,
	digitsOf,
	figure,
	type ItemRow,
	markedStatuses,
	percentText,
	type Section,
	sectionsOf,
} from "./sheet.js";
import { cut, fold, pad, widthOf } from "./text.js";
import type { View } from "./view.js";

const GAP = "  ";
const LEAST_LABEL = 24;
const LEAST_BAR = 8;
const MOST_BAR = 20;

/** Cells of one line; the first is the label, the others are numbers. */
interface Grid {
	heads: string[];
	rows: { label: string; cells: string[]; bar: number | null; hidden: boolean; apart: boolean }[];
}

interface Page extends View {
	chalk: ChalkInstance;
	level: string;
}

/** Tables for the terminal: one a topic; many groups are cut into tables that fit the width. */
export function renderTable(results: ResultSet, view: View): string {
	const { locale, width, color } = view;
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const page: Page = { ...view, chalk, level: percentText(results.settings.level as number, locale) };
	const columns = columnsOf(results);
	const synthetic = results.source.some((source) => source.synthetic === true);
	const blocks = [
		...(synthetic ? [chalk.yellow(locale.text("note.synthetic-data"))] : []),
		...sectionsOf(results).map((section) => sectionText(section, columns, page)),
		footer(results, columns, page).join("\n"),
	];
	return `${blocks.join("\n\n")}\n`;

	function footer(set: ResultSet, groups: readonly Column[], { chalk: pen }: Page): string[] {
		const marked = markedStatuses(set, locale);
		const notes = set.notes
			.filter(({ code }) => code !== "synthetic-data")
			.map(({ text, group }) => {
				const name = group && groups.find(({ key }) => key === JSON.stringify(group))?.label;
				return name ? `${name}: ${text}` : text;
			});
		const lines = [
			...(marked === "" ? [] : [`! ${marked}`]),
			...notes,
			designLine(set, locale),
			locale.text("table.source", { files: set.source.map(({ file }) => file).join(", ") }),
			locale.text("table.details"),
		];
		return lines.flatMap((line) => fold(line, width)).map((line) => pen.dim(line));
	}
}

function sectionText({ title, base, rows }: Section, columns: readonly Column[], page: Page): string {
	const { locale, width, chalk } = page;
	const head = [
		...fold(title, width).map((line) => chalk.bold(line)),
		...fold(locale.text("table.base", { base }), width).map((line) => chalk.dim(line)),
	];
	const only = columns[0];
	if (columns.length === 1 && only !== undefined) {
		if (only.label !== "") head.push(chalk.dim(only.label));
		return [...head, gridText(singleGrid(rows, only.key, page), page)].join("\n");
	}
	return [...head, ...pivotTexts(rows, columns, page)].join("\n");
}

/** One group: room for interval and n beside the percentage. */
function singleGrid(rows: readonly ItemRow[], key: string, { locale, level }: Page): Grid {
	const counts = rows.some(({ counts }) => counts.size > 0);
	const heads = ["percent", "se", "ci", "n"].map((name) => locale.text(`table.${name}`, { level }));
	return {
		heads: counts ? [...heads, locale.text("table.count"), locale.text("table.se")] : heads,
		rows: rows.map((row) => {
			const estimate = row.cells.get(key);
			const count = row.counts.get(key);
			return {
				label: row.label,
				cells: [...estimateCells(estimate, locale), ...(counts ? countCells(count, locale) : [])],
				bar: estimate?.statistic === "percent" ? estimate.estimate : null,
				hidden: estimate?.estimate === null,
				apart: row.statistic === "mean",
			};
		}),
	};
}

function estimateCells(row: Estimate | undefined, locale: Locale): string[] {
	if (row === undefined) return ["", "", "", ""];
	const n = locale.number(row.n, 0);
	if (row.estimate === null || row.se === null) return ["", "", locale.text(`status.${row.status}`), n];
	const digits = digitsOf(row.statistic);
	const number = (value: number | null) => (value === null ? "–" : locale.number(value, digits));
	return [
		number(row.estimate) + (row.status === "ok" ? "" : " !"),
		`(${number(row.se)})`,
		`${number(row.ciLow)}–${number(row.ciHigh)}`,
		n,
	];
}

function countCells(row: Estimate | undefined, locale: Locale): string[] {
	if (row?.estimate == null || row.se === null) return ["", ""];
	return [locale.number(row.estimate, 0), `(${locale.number(row.se, 0)})`];
}

/** Several groups: items × groups, as many groups side by side as fit. */
function pivotTexts(rows: readonly ItemRow[], columns: readonly Column[], page: Page): string[] {
	const { locale, width, chalk } = page;
	const texts: string[] = [];
	for (let from = 0; from < columns.length; ) {
		let to = from + 1;
		while (
			to < columns.length &&
			labelRoom(pivotGrid(rows, columns.slice(from, to + 1), page), width) >= LEAST_LABEL
		)
			to++;
		if (columns.length > to - from) {
			const place = { from: from + 1, to, count: columns.length };
			texts.push(...fold(locale.text("table.groups", place), width).map((line) => chalk.dim(line)));
		}
		texts.push(
			gridText(pivotGrid(rows, columns.slice(from, to), page), page),
			...(to < columns.length ? [""] : []),
		);
		from = to;
	}
	return texts;
}

function pivotGrid(rows: readonly ItemRow[], columns: readonly Column[], { locale }: Page): Grid {
	const line = (label: string, cells: ReadonlyMap<string, Estimate>, apart: boolean) => ({
		label,
		cells: columns.map(({ key }) => figure(cells.get(key), locale)),
		bar: null,
		hidden: false,
		apart,
	});
	return {
		heads: columns.map(({ label }) => cut(label, 28)),
		rows: rows.flatMap(({ label, cells, counts, statistic }) => [
			line(label, cells, statistic === "mean"),
			...(counts.size === 0 ? [] : [line(`  ${locale.text("table.count")}`, counts, false)]),
		]),
	};
}

function cellWidths({ heads, rows }: Grid): number[] {
	return heads.map((head, index) =>
		Math.max(widthOf(head), ...rows.map(({ cells }) => widthOf(cells[index] ?? ""))),
	);
}

function labelRoom(grid: Grid, width: number): number {
	return cellWidths(grid).reduce((room, cell) => room - cell - GAP.length, width);
}

/** Lays a grid out: labels left, a bar where there is room, numbers right-aligned under their heads. */
function gridText(grid: Grid, { width, chalk, locale }: Page): string {
	const widths = cellWidths(grid);
	const room = labelRoom(grid, width);
	const longest = Math.max(
		...grid.rows.map(({ label }) => widthOf(label)),
		widthOf(locale.text("table.item")),
	);
	const spare = room - Math.min(longest, Math.max(LEAST_LABEL, room - LEAST_BAR - GAP.length)) - GAP.length;
	const bars = grid.rows.some(({ bar }) => bar !== null) && spare >= LEAST_BAR;
	const barWidth = bars ? Math.min(MOST_BAR, spare) : 0;
	const labels = Math.max(1, Math.min(longest, bars ? room - barWidth - GAP.length : room));
	const numbers = (cells: readonly string[]) =>
		cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(GAP);
	const head = [
		pad(locale.text("table.item"), labels),
		...(bars ? [" ".repeat(barWidth)] : []),
		numbers(grid.heads),
	];
	const lines = grid.rows.map(({ label, cells, bar, hidden, apart }) => {
		const parts = [pad(cut(label, labels), labels)];
		if (bars) parts.push(chalk.cyan(barText(bar, barWidth)));
		const text = [...parts, hidden ? chalk.dim(numbers(cells)) : numbers(cells)].join(GAP);
		// Another unit and other decimals: a mean keeps its distance from the percentages.
		return apart ? `\n${text}` : text;
	});
	return [chalk.dim(head.join(GAP)), ...lines].map((line) => line.trimEnd()).join("\n");
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

function barText(percent: number | null, width: number): string {
	if (percent === null) return " ".repeat(width);
	const eighths = Math.round((percent / 100) * width * 8);
	return pad("█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? ""), width);
}
