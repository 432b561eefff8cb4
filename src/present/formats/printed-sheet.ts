import type { CellObject, SheetOptions, Row as SheetRow } from "write-excel-file/universal";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { DASH } from "../../wording/numbers.js";
import type { Form } from "../content/board.js";
import { cellText } from "../content/cell-text.js";
import { type BoardCell, type BoardRow, placed } from "../content/cells.js";
import { printedOf } from "../content/printed.js";
import { widthOf } from "../text/text-width.js";
import type { Picture, View } from "../view.js";
import { sheetText } from "./sheet-text.js";

/** Widths of columns, in characters. */
const WIDTH = { label: 46, figure: 12, error: 7 };

/** Width of a picture in pixels, whatever its own size. */
const PICTURE_WIDTH = 720;
/** Of a row, as spreadsheets have it. */
const ROW_PIXELS = 20;
const DPI = 96;
/** In points, as cells have it where nothing is said. */
const FONT_SIZE = 11;
const LEADING = 1.35;

const HEAD = { fontWeight: "bold", wrap: true, alignVertical: "bottom", bottomBorderStyle: "thin" } as const;

/**
 * Lays tables out for print as a person would: title, base, one row per item, standard errors in narrow columns, then
 * notes and pictures. Numbers stay numbers, with the decimals of a printed table.
 */
export function printedSheet(results: ResultSet, view: View): SheetOptions<Blob> & { data: SheetRow[] } {
	const { warning, boards, words, methods, notes, source, provenance } = printedOf(results, view);
	const { locale, pictures = [] } = view;
	const forms = boards.map(({ form }) => form);
	const columns = columnWidths(forms);
	const paragraph = paragraphIn(columns);
	const lines = [...methods, ...notes, source, provenance.line].filter((line) => line !== "");
	const data: SheetRow[] = [
		...(warning === "" ? [] : [[paragraph(warning, { fontWeight: "bold", textColor: "#B45309" })], []]),
		...boards.flatMap(({ title, under, form, below }) => [
			[paragraph(title, { fontWeight: "bold", fontSize: 13 })],
			...under.map((line) => [paragraph(line, { textColor: "#5F6B76" })]),
			...formRows(form, locale),
			...below.map((line) => [paragraph(line)]),
			[],
		]),
		...(words.length === 0
			? []
			: [
					[textCell(locale.text("compare.in-words"), { fontWeight: "bold" })],
					...words.map((line) => [paragraph(line)]),
					[],
				]),
		...lines.map((line) => [paragraph(line)]),
	];
	return {
		data,
		columns,
		...{ orientation: "landscape", showGridLines: false },
		...(pictures.length === 0 ? {} : { images: imagesBelow(pictures, data.length + 1) }),
	};
}

/** A text across all columns with an explicit height: no program computes the height of merged cells. */
function paragraphIn(columns: readonly { width: number }[]) {
	const across = columns.reduce((sum, { width }) => sum + width, 0);
	return (line: string, look: Partial<CellObject> = {}): CellObject => {
		const size = look.fontSize ?? FONT_SIZE;
		const lines = Math.ceil((widthOf(line) * size) / FONT_SIZE / across);
		return textCell(line, {
			...{ ...look, wrap: true, alignVertical: "top", height: Math.max(1, lines) * size * LEADING },
			...(columns.length > 1 ? { columnSpan: columns.length } : {}),
		});
	};
}

function textCell(value: string, look: Partial<CellObject> = {}): CellObject {
	return { ...look, value: sheetText(value), type: String } as CellObject;
}

/** Positions of a column's figures and, if present, its standard errors. */
interface Place {
	figure: number;
	error: number | null;
}

function placesOf({ columns, blocks }: Form): Place[] {
	const rows = blocks.flatMap((block) => block.rows);
	const having = new Set(
		rows.flatMap(({ cells }) => placed(cells).flatMap(({ at, error }) => (error === undefined ? [] : at))),
	);
	let next = 1;
	return columns.map((_, at) => {
		const figure = next++;
		return { figure, error: having.has(at) ? next++ : null };
	});
}

function columnWidths(forms: readonly Form[]): { width: number }[] {
	const places = forms.flatMap(placesOf);
	const figures = new Set(places.map(({ figure }) => figure));
	const count = Math.max(0, ...places.map(({ figure, error }) => error ?? figure));
	return Array.from({ length: count + 1 }, (_, place) => ({
		width: place === 0 ? WIDTH.label : figures.has(place) ? WIDTH.figure : WIDTH.error,
	}));
}

function formRows(form: Form, locale: Locale): SheetRow[] {
	const places = placesOf(form);
	const se = locale.text("table.se");
	const heads = form.columns.flatMap(({ head }, at) => {
		const text = head.join(" ");
		const apart = places[at]?.error !== null;
		const figure = textCell(apart ? text.replace(se, "").trim() : text, { ...HEAD, align: "right" });
		return apart ? [figure, textCell(se, { ...HEAD, align: "right" })] : [figure];
	});
	return [
		[textCell(form.labelHead, HEAD), ...heads],
		...form.blocks.flatMap(({ name, rows }) => [
			...(name === "" ? [] : [[textCell(name, { fontWeight: "bold" })]]),
			...rows.map((row) => sheetRow(row, places, locale)),
		]),
	];
}

function sheetRow({ label, under, cells }: BoardRow, places: readonly Place[], locale: Locale): SheetRow {
	if (cells.length === 0) return [textCell(label, { fontWeight: "bold" })];
	const row: SheetRow = [textCell(label, { wrap: true, ...(under ? { indent: 1 } : {}) })];
	for (const cell of placed(cells)) {
		const { figure, error } = places[cell.at] as Place;
		const last = places[cell.at + cell.span - 1] as Place;
		if (cell.span > 1) {
			row[figure] = wordCell(cellText(cell, locale), (last.error ?? last.figure) - figure + 1);
			continue;
		}
		row[figure] = figureCell(cell, locale);
		if (error !== null) row[error] = errorCell(cell);
	}
	return Array.from(row, (cell) => cell ?? null);
}

function wordCell(text: string, span = 1): CellObject {
	return textCell(text, { align: "right", ...(span > 1 ? { columnSpan: span } : {}) });
}

/** A number with its printed decimals and marks, or its replacement. */
function figureCell(cell: BoardCell, locale: Locale): CellObject {
	const { value, interval, status, word, marks = [] } = cell;
	if (interval !== undefined || status !== undefined || word !== undefined || typeof value !== "number") {
		return wordCell(value === null ? DASH : cellText(withoutError(cell), locale));
	}
	const behind = marks.length === 0 ? "" : `" ${marks.join(" ")}"`;
	return { value, type: Number, format: formatOf(cell, behind), align: "right" } as CellObject;
}

function withoutError({ error: _, ...cell }: BoardCell): BoardCell {
	return cell;
}

function errorCell({ error, digits, status }: BoardCell): CellObject | null {
	if (typeof error !== "number" || status !== undefined) return null;
	const decimals = typeof digits === "number" ? digits : 1;
	return { value: error, type: Number, format: `(${decimal(decimals)})`, textColor: "#5F6B76" } as CellObject;
}

function formatOf({ digits = 0 }: BoardCell, behind: string): string {
	if (digits === "p") return `[<0.001]"<0.001"${behind};0.000${behind}`;
	if (digits === "change") return `+0.0${behind};-0.0${behind};0.0${behind}`;
	return `${digits === 0 ? "#,##0" : decimal(digits)}${behind}`;
}

function decimal(digits: number): string {
	return digits === 0 ? "0" : `0.${"0".repeat(digits)}`;
}

/** Pictures below each other, starting at a row. */
function imagesBelow(pictures: readonly Picture[], from: number) {
	let row = from;
	return pictures.map(({ png, title }) => {
		const view = new DataView(png.buffer, png.byteOffset);
		// The first chunk of a PNG holds its size (ISO/IEC 15948, 11.2.2).
		const scale = PICTURE_WIDTH / view.getUint32(16);
		const height = Math.round(view.getUint32(20) * scale);
		const image = {
			content: new Blob([png as Uint8Array<ArrayBuffer>]),
			...{ contentType: "image/png", width: PICTURE_WIDTH, height, dpi: DPI },
			...{ anchor: { row, column: 1 }, title, description: title },
		};
		row += Math.ceil(height / ROW_PIXELS) + 1;
		return image;
	});
}
