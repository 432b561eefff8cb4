import type { Locale } from "../../wording/locale.js";
import type { BoardColumn, Form } from "../content/board.js";
import { cellParts, cellText } from "../content/cell-text.js";
import { type BoardCell, MARKS, placed } from "../content/cells.js";
import { stackHead } from "../text/column-heads.js";
import { GAP, padLeft, widthOf } from "../text/text-width.js";
import type { GridColumn, TextCell, TextGrid } from "./terminal-grid.js";

/** Converts the cells of a column to text. */
interface Aligner {
	/** Width of the marks behind the figures. */
	marks: number;
	linesOf(cell: BoardCell): string[];
}

/**
 * A table as text with numbers, brackets and marks aligned in each column.
 * @param stacked Whether standard errors go below their figures.
 */
export function alignedGrid({ labelHead, columns, blocks }: Form, locale: Locale, stacked = false): TextGrid {
	const rows = blocks.flatMap((block) => block.rows.map((row) => placed(row.cells)));
	const cellsAt = (column: number) =>
		rows.flatMap((cells) => cells.filter(({ at, span }) => at === column && span === 1));
	const aligners = columns.map((_, at) => (stacked ? stackedAligner(locale) : aligner(cellsAt(at), locale)));
	const textOf = (cell: BoardCell & { at: number; span: number }): TextCell => ({
		lines: cell.span === 1 ? (aligners[cell.at] as Aligner).linesOf(cell) : [cellText(cell, locale)],
		at: cell.at,
		span: cell.span,
		dim: cell.status !== undefined,
	});
	const texts = blocks.map(({ name, rows }) => ({
		name,
		rows: rows.map((row) => ({ ...row, cells: placed(row.cells).map(textOf) })),
	}));
	const widths = columns.map((_, column) => {
		const cells = texts.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
		const alone = cells.filter(({ at, span }) => at === column && span === 1);
		return Math.max(0, ...alone.flatMap(({ lines }) => lines.map(widthOf)));
	});
	return {
		labelHead,
		columns: columns.map((column, at) => gridColumn(column, widths[at] ?? 0, aligners[at] as Aligner)),
		blocks: texts,
	};
}

function gridColumn({ head, folds, drop }: BoardColumn, width: number, { marks }: Aligner): GridColumn {
	return {
		head: folds === undefined ? head : head.flatMap((part) => stackHead(part, Math.min(folds, width), folds)),
		marks,
		...(drop === undefined ? {} : { drop }),
	};
}

/** Aligns figures with the same unit and number of parts; marks get columns of their own. */
function aligner(cells: readonly BoardCell[], locale: Locale): Aligner {
	const figures = cells.filter(isFigure);
	const alike = ({ digits }: BoardCell, parts: readonly string[]) => `${digits} ${parts.length}`;
	const widths = new Map<string, number[]>();
	for (const cell of figures) {
		const parts = cellParts(cell, locale);
		const known = widths.get(alike(cell, parts)) ?? [];
		widths.set(
			alike(cell, parts),
			parts.map((part, index) => Math.max(widthOf(part), known[index] ?? 0)),
		);
	}
	const marks = MARKS.filter((mark) => figures.some((cell) => cell.marks?.includes(mark)));
	return {
		marks: marks.length * GAP.length,
		linesOf(cell) {
			if (!isFigure(cell)) return [cellText(cell, locale)];
			const parts = cellParts(cell, locale);
			const wide = widths.get(alike(cell, parts)) ?? [];
			const text = parts.map((part, index) => padLeft(part, wide[index] ?? 0)).join(" ");
			return [text + marks.map((mark) => (cell.marks?.includes(mark) ? ` ${mark}` : GAP)).join("")];
		},
	};
}

/** Puts the error below its figure and aligns their last digits. */
function stackedAligner(locale: Locale): Aligner {
	return {
		marks: 0,
		linesOf(cell) {
			if (cell.error === undefined) return [cellText(cell, locale)];
			const [figure, ...error] = cellParts(cell, locale);
			return [`${figure}${cell.marks?.join("") || " "}`, ...error];
		},
	};
}

function isFigure({ value, error, interval, status }: BoardCell): boolean {
	return status === undefined && [value, error, interval].some((part) => part !== undefined);
}
