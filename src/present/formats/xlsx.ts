import writeXlsxFile, { type Row, type Sheet } from "write-excel-file/universal";
import { provenanceOf } from "../../results/provenance.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { printedOf } from "../content/printed.js";
import type { DataValue } from "../rows/comparison-rows.js";
import { dataRows, furtherTables } from "../rows/data-rows.js";
import { withoutControls } from "../rows/spreadsheet-safe.js";
import { widthOf } from "../text/text-width.js";
import type { View } from "../view.js";
import { undated } from "./zip-times.js";

/** Bounds of a column's width, in characters. */
const WIDTH = { least: 8, most: 48 };

/** What a text cell of a workbook can hold. */
const MOST_CHARACTERS = 32_767;

/** What the name of a sheet can hold. */
const MOST_NAME = 31;

const HEAD = {
	fontWeight: "bold",
	backgroundColor: "#E8EDF3",
	bottomBorderStyle: "thin",
	wrap: true,
} as const;

/** Formats of numbers; all others are counts of teachers, schools or replicates. */
const WHOLE = /^(n|a_n|b_n|schools)$/;
const PROBABILITY = /^p(_adjusted)?$/;

/** A sheet of data in a workbook. */
export interface NamedTable {
	name: string;
	results: ResultSet;
}

/** A workbook of one table: the rows of the layout asked for, then notes and provenance. */
export function renderXlsx(results: ResultSet, view: View): Promise<Uint8Array> {
	return renderWorkbook([{ name: view.locale.text("xlsx.data"), results }], results, view);
}

/**
 * A workbook: a sheet a table, then notes and provenance of the whole. The same results make the same bytes:
 * the times that the library stamps into the archive are taken out.
 */
export async function renderWorkbook(
	tables: readonly NamedTable[],
	whole: ResultSet,
	view: View,
): Promise<Uint8Array> {
	const { locale } = view;
	const ends = [locale.text("xlsx.notes"), locale.text("xlsx.provenance")] as const;
	const further = tables.flatMap(({ results }) => furtherTables(results));
	const names = sheetNames(
		[...tables.map(({ name }) => name), ...further.map(({ name }) => locale.text(`xlsx.table.${name}`))],
		ends,
	);
	const sheets = [
		...tables.map(({ results }, index) => dataSheet(names[index] as string, dataRows(results, view))),
		...further.map(({ rows }, index) => dataSheet(names[tables.length + index] as string, rows)),
		textSheet(ends[0], noteRows(whole, locale)),
		textSheet(ends[1], provenanceOf(whole)),
	];
	const blob = await writeXlsxFile(sheets as Sheet<Blob>[]).toBlob();
	return undated(new Uint8Array(await blob.arrayBuffer()));
}

/** Names as a workbook can have them: short, without its reserved signs, each once whatever its case. */
function sheetNames(names: readonly string[], others: readonly string[]): string[] {
	const taken = new Set(others.map((name) => name.toLowerCase()));
	return names.map((name) => {
		const plain = name.replace(/[\p{Cc}:\\/?*[\]']/gu, " ").trim() || "–";
		const tries = [
			plain.slice(0, MOST_NAME),
			...Array.from(names, (_, index) => `${plain.slice(0, MOST_NAME - 4)} ${index + 2}`),
		];
		const free = tries.find((one) => !taken.has(one.toLowerCase())) as string;
		taken.add(free.toLowerCase());
		return free;
	});
}

function dataSheet(sheet: string, rows: readonly DataValue[][]): Sheet<Blob> {
	const [heads = [], ...body] = rows;
	const names = heads.map((head) => String(head ?? ""));
	return {
		sheet,
		data: [
			names.map((head) => ({ value: text(head), type: String, ...HEAD })),
			...body.map((row) => row.map((value, column) => cellOf(value, names[column] ?? ""))),
		],
		columns: names.map((head, column) => ({
			width: widthFor(
				head,
				body.map((row) => row[column] ?? ""),
			),
		})),
		stickyRowsCount: 1,
	};
}

/** Numbers keep all their digits and show a few. */
function cellOf(value: DataValue, head: string): Row[number] {
	if (value === null || value === "") return null;
	if (typeof value === "string") return { value: text(value), type: String };
	return {
		value,
		type: Number,
		format: WHOLE.test(head) ? "#,##0" : PROBABILITY.test(head) ? "0.0000" : "#,##0.00",
	};
}

/** Two columns, or one that stands over both. */
function textSheet(sheet: string, rows: readonly (readonly [string, DataValue])[]): Sheet<Blob> {
	return {
		sheet,
		data: rows.map(([name, value]) => [
			{ value: text(name), type: String, fontWeight: "bold", alignVertical: "top" },
			typeof value === "number"
				? { value, type: Number, format: Number.isInteger(value) ? "0" : "General", align: "left" }
				: { value: text(value ?? ""), type: String, wrap: true, alignVertical: "top" },
		]),
		columns: [
			{
				width: widthFor(
					"",
					rows.map(([name]) => name),
				),
			},
			{ width: 100 },
		],
	};
}

function noteRows(results: ResultSet, locale: Locale): [string, string][] {
	const { warning, boards, words, methods, notes, source } = printedOf(results, locale);
	const under = (name: string, lines: readonly string[]): [string, string][] =>
		lines.filter((line) => line !== "").map((line, index) => [index === 0 ? name : "", line]);
	return [
		...under("!", [warning]),
		...boards.flatMap(({ title, under: lines }) => under(title, lines)),
		...under(locale.text("compare.in-words"), words),
		...under(locale.text("xlsx.methods"), methods),
		...under(locale.text("xlsx.notes"), [...notes, source]),
	];
}

/** No character that XML cannot hold, no more than a cell takes. Cells say that they are texts, so none is a formula. */
function text(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
	const clean = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ");
	return withoutControls(clean.slice(0, MOST_CHARACTERS - 1));
}

function widthFor(head: string, values: readonly DataValue[]): number {
	const widths = values.map((value) => (typeof value === "string" ? widthOf(value) : WIDTH.least));
	// A long head may wrap; what stands under it should not.
	const own = Math.min(widthOf(head), 2 * WIDTH.least);
	return Math.min(WIDTH.most, Math.max(WIDTH.least, own, ...widths) + 2);
}
