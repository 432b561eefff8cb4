import Table, { type CellOptions } from "cli-table3";
import { placed } from "../content/cells.js";
import { GAP, isSimple, padLeft, widthOf } from "../text/text-width.js";

/** A table cell: lines of text, at most as wide as its columns. */
export interface DrawnCell {
	lines: readonly string[];
	/** Alignment of lines; right by default. */
	align?: "left" | "right";
	/** Number of columns spanned, including its own. */
	span?: number;
	color?(line: string): string;
}

/** No lines, and two spaces between columns: one from the library and one inside each column but the first. */
const BORDERLESS = {
	chars: {
		...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
		...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
		...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: " " },
	},
	style: { "padding-left": 1, "padding-right": 0, head: [], border: [], compact: true },
};

/** Number of rows drawn at once: the library's time grows with their square. */
const AT_ONCE = 16;

/**
 * Draws rows of cells below each other.
 * @param widths Column widths; two spaces separate columns.
 */
export function drawTable(rows: readonly DrawnCell[][], widths: readonly number[]): string {
	const parts = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, part) =>
		rows.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
	);
	return parts.map((part) => drawPart(part, widths)).join("\n");
}

/**
 * Draws text in columns of natural width.
 * @param left Number of left-aligned columns; the others are numbers.
 */
export function drawTexts(rows: readonly string[][], left: number): string {
	const columns = Math.max(0, ...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
	);
	const cell = (text: string, column: number): DrawnCell => ({
		lines: [text],
		align: column < left ? "left" : "right",
	});
	return drawTable(
		rows.map((row) => row.map(cell)),
		widths,
	);
}

function drawPart(rows: readonly DrawnCell[][], widths: readonly number[]): string {
	const signs = standIns();
	const table = new Table({
		...BORDERLESS,
		colWidths: widths.map((width, index) => (index === 0 ? width : width + 1)),
	});
	for (const row of rows)
		table.push(joined(row, widths).map((cell, index) => optionsOf(cell, index === 0, signs.hide)));
	const lines = signs.show(table.toString()).split("\n");
	return lines.map((line) => line.trimEnd()).join("\n");
}

/** Joins adjacent figures into one cell, because the library takes as long for a cell as for a whole line. */
function joined(row: readonly DrawnCell[], widths: readonly number[]): DrawnCell[] {
	const cells: DrawnCell[] = [];
	for (const cell of placed(row)) {
		const before = cells.at(-1);
		if (before === undefined || !isFigure(before) || !isFigure(cell)) cells.push(cell);
		else {
			const room = widths
				.slice(cell.at, cell.at + cell.span)
				.reduce((sum, width) => sum + GAP.length + width, 0);
			const line = `${before.lines[0]}${padLeft(cell.lines[0] ?? "", room)}`;
			cells[cells.length - 1] = { lines: [line], span: (before.span ?? 1) + cell.span };
		}
	}
	return cells;
}

function isFigure({ lines, align = "right", color }: DrawnCell): boolean {
	return lines.length === 1 && align === "right" && color === undefined;
}

function optionsOf(
	{ lines, align = "right", span = 1, color = (line) => line }: DrawnCell,
	first: boolean,
	hide: (line: string) => string,
): CellOptions {
	return {
		content: lines
			.map((line) => {
				const text = line.trimEnd();
				// Trailing spaces keep the text off the edge and stay uncoloured.
				return (text === "" ? "" : color(hide(text))) + line.slice(text.length);
			})
			.join("\n"),
		colSpan: span,
		hAlign: align,
		...(first ? { style: { "padding-left": 0 } } : {}),
	};
}

/** Private-use characters, one column each. */
const FIRST_SIGN = 0xe000;
const SIGNS = /([\ue000-\uf8ff])\1*/g;

/**
 * The library counts combining marks of most scripts as columns and would cut text that fits. Texts that it may measure
 * differently are replaced by as many placeholder characters as they are wide.
 */
function standIns() {
	const texts: string[] = [];
	return {
		hide(text: string): string {
			if (isSimple(text)) return text;
			texts.push(text);
			return String.fromCharCode(FIRST_SIGN + texts.length - 1).repeat(widthOf(text));
		},
		show: (drawn: string) =>
			drawn.replace(SIGNS, (signs) => texts[signs.charCodeAt(0) - FIRST_SIGN] ?? signs),
	};
}
