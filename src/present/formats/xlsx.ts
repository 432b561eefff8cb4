import writeXlsxFile, { type Feature, type Row, type Sheet } from "write-excel-file/universal";
import { groupLabel } from "../../results/labels.js";
import { provenanceOf } from "../../results/provenance.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { printedOf } from "../content/printed.js";
import type { DataValue } from "../rows/comparison-rows.js";
import { dataRows, furtherTables } from "../rows/data-rows.js";
import { widthOf } from "../text/text-width.js";
import type { View } from "../view.js";
import { printedSheet } from "./printed-sheet.js";
import { sheetText } from "./sheet-text.js";
import { undated } from "./zip-times.js";

/** Bounds of a column's width, in characters. */
const WIDTH = { least: 8, most: 48 };

/** Longest name of a sheet. */
const MOST_NAME = 31;

const HEAD = {
	fontWeight: "bold",
	backgroundColor: "#E8EDF3",
	bottomBorderStyle: "thin",
	wrap: true,
} as const;

/** Names for programs, under those for people. */
const CODE = { backgroundColor: "#E8EDF3", textColor: "#5F6B76", bottomBorderStyle: "thin" } as const;

/** Columns of whole numbers: teachers, schools or replicates. */
const WHOLE = /^(n|a_n|b_n|schools)$/;
const PROBABILITY = /^p(_adjusted)?$/;

/** A sheet of data in a workbook. */
export interface NamedTable {
	name: string;
	results: ResultSet;
}

/** A workbook for one table: printed layout, rows of data, then notes and provenance. */
export function renderXlsx(results: ResultSet, view: View): Promise<Uint8Array> {
	return renderWorkbook([{ name: view.locale.text("xlsx.data"), results }], results, view);
}

/**
 * A workbook: the printed tables, one sheet per table of data, then common notes and provenance. The same results give
 * the same bytes, because the library's timestamps are removed from the archive.
 */
export async function renderWorkbook(
	tables: readonly NamedTable[],
	whole: ResultSet,
	view: View,
): Promise<Uint8Array> {
	const { locale } = view;
	const ends = [
		locale.text("xlsx.notes"),
		locale.text("xlsx.provenance"),
		locale.text("xlsx.print"),
	] as const;
	const further = tables.flatMap(({ results }) => furtherTables(results));
	const names = sheetNames(
		[...tables.map(({ name }) => name), ...further.map(({ name }) => locale.text(`xlsx.table.${name}`))],
		ends,
	);
	const sheets = [
		{ sheet: ends[2], ...printedSheet(whole, view) },
		...tables.map(({ results }, index) =>
			dataSheet(names[index] as string, dataRows(results, view), headsFor(results, view)),
		),
		...further.map(({ rows }, index) =>
			dataSheet(names[tables.length + index] as string, rows, headsFor(whole, view)),
		),
		textSheet(ends[0], noteRows(whole, locale)),
		textSheet(ends[1], provenanceOf(whole)),
	];
	const blob = await writeXlsxFile(sheets as Sheet<Blob>[], { features: [FIT_TO_WIDTH] }).toBlob();
	return undated(new Uint8Array(await blob.arrayBuffer()));
}

/** Valid sheet names: short, without reserved characters, unique regardless of case. */
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

/** Printed pages take the width of the paper and as many sheets as needed. */
const FIT_TO_WIDTH: Feature<Blob> = {
	files: {
		transform: {
			"xl/worksheets/sheet{id}.xml": {
				transform: (xml, { orientation }) =>
					orientation === undefined
						? xml
						: xml
								.replace(/<worksheet[^>]*>/, '$&<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
								.replace("<pageSetup ", '<pageSetup fitToWidth="1" fitToHeight="0" '),
			},
		},
	},
};

/** Column names in the language; wide data have their own. */
function headsFor(results: ResultSet, { locale, wide }: View): ((name: string) => string) | null {
	if (wide !== undefined) return null;
	return (name) => {
		const key = `xlsx.head.${name.replace(/^[ab]_/, "")}`;
		const side = /^([ab])_/.exec(name)?.[1];
		// A user-defined breakdown may share the name of a results column.
		const { by } = results.settings;
		const isGroup = Array.isArray(by) && by.includes(name);
		if (isGroup || !locale.knows(key)) return groupLabel(name, results);
		return side === undefined ? locale.text(key) : `${side.toUpperCase()}: ${locale.text(key)}`;
	};
}

/** Rows with heads for people, if available, and heads for programs. */
function dataSheet(
	sheet: string,
	rows: readonly DataValue[][],
	spoken: ((name: string) => string) | null,
): Sheet<Blob> {
	const [heads = [], ...body] = rows;
	const names = heads.map((head) => String(head ?? ""));
	return {
		sheet,
		data: [
			...(spoken === null
				? []
				: [names.map((head) => ({ value: sheetText(spoken(head)), type: String, ...HEAD }))]),
			names.map((head) => ({
				...{ value: sheetText(head), type: String },
				...(spoken === null ? HEAD : CODE),
			})),
			...body.map((row) => row.map((value, column) => cellOf(value, names[column] ?? ""))),
		],
		columns: names.map((head, column) => ({
			width: widthFor(
				head,
				body.map((row) => row[column] ?? ""),
			),
		})),
		stickyRowsCount: spoken === null ? 1 : 2,
	};
}

/** Numbers keep all digits but show a few. */
function cellOf(value: DataValue, head: string): Row[number] {
	if (value === null || value === "") return null;
	if (typeof value === "string") return { value: sheetText(value), type: String };
	return {
		value,
		type: Number,
		format: WHOLE.test(head) ? "#,##0" : PROBABILITY.test(head) ? "0.0000" : "#,##0.00",
	};
}

/** Two columns, or one cell across both. */
function textSheet(sheet: string, rows: readonly (readonly [string, DataValue])[]): Sheet<Blob> {
	return {
		sheet,
		data: rows.map(([name, value]) => [
			{ value: sheetText(name), type: String, fontWeight: "bold", alignVertical: "top" },
			typeof value === "number"
				? { value, type: Number, format: Number.isInteger(value) ? "0" : "General", align: "left" }
				: { value: sheetText(value ?? ""), type: String, wrap: true, alignVertical: "top" },
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
	const { warning, boards, words, methods, notes, source } = printedOf(results, { locale });
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

function widthFor(head: string, values: readonly DataValue[]): number {
	const widths = values.map((value) => (typeof value === "string" ? widthOf(value) : WIDTH.least));
	// A long head may wrap; the cells below it should not.
	const own = Math.min(widthOf(head), 2 * WIDTH.least);
	return Math.min(WIDTH.most, Math.max(WIDTH.least, own, ...widths) + 2);
}
