import Table, { type CellOptions } from "cli-table3";
import { placed } from "../content/cells.js";
import { GAP, isSimple, padLeft, widthOf } from "../text/text-width.js";

/** A place in a table: lines of text, which are as wide as its columns at most. */
export interface DrawnCell {
	lines: readonly string[];
	/** Where lines stand in the width of the columns; right where nothing is said. */
	align?: "left" | "right";
	/** Columns it stands across, its own included. */
	span?: number;
	color?(line: string): string;
}

/** No lines, and two blanks between columns: one that the library puts there and one inside each column but the first. */
const BORDERLESS = {
	chars: {
		...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
		...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
		...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: " " },
	},
	style: { "padding-left": 1, "padding-right": 0, head: [], border: [], compact: true },
};

/** Rows a table is drawn of at once: the library's time grows with their square. */
const AT_ONCE = 16;

/**
 * Draws rows of cells under each other.
 * @param widths Of the columns; two blanks stand between them.
 */
export function drawTable(rows: readonly DrawnCell[][], widths: readonly number[]): string {
	const parts = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, part) =>
		rows.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
	);
	return parts.map((part) => drawPart(part, widths)).join("\n");
}

/**
 * Draws texts in columns that are as wide as they need.
 * @param left How many columns on the left are set from the left; the others are numbers.
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

/** Figures beside each other as one cell: the library takes as long for each cell as for a line of them. */
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
				// Blanks behind it keep it away from the edge and are not coloured.
				return (text === "" ? "" : color(hide(text))) + line.slice(text.length);
			})
			.join("\n"),
		colSpan: span,
		hAlign: align,
		...(first ? { style: { "padding-left": 0 } } : {}),
	};
}

/** Signs of private use, a column each. */
const FIRST_SIGN = 0xe000;
const SIGNS = /([\ue000-\uf8ff])\1*/g;

/**
 * The library counts marks of most scripts as columns and would cut what fits. In the place of texts that it may measure
 * otherwise than we do it is given as many signs as they are wide.
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
