import { type CellValue, streamXlsxRows } from "hucre/xlsx";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { type Dictionary, NOTHING_SAID, type Source, type Wanted } from "../block.js";
import { type Rows, readInBlocks } from "../block-builder.js";
import { type CellColumn, CellRows, placesRead, type RawCell, rawText } from "../cell-rows.js";
import { MOST_EXTRA, withHeaderRows } from "../header-rows.js";
import type { Input } from "../input.js";
import { dayText, momentText } from "../moments.js";
import type { RandomAccess } from "../stored.js";
import { HEADING_ROWS, type SheetHeading, type SheetRow, sheetHeading } from "./heading.js";
import { mergesOf, type Sheet, sheetsOf } from "./workbook.js";

/** Rows that are put into blocks at once. */
const BATCH_ROWS = 256;
const DAY = 86_400_000;
/** The year in which spreadsheets begin to count days; what is before it is a time of the day. */
const FIRST_YEAR = 1900;

/**
 * An Excel workbook (.xlsx) → the columns of one of its sheets, formulas as they were last worked out, days and moments
 * as ISO 8601 has them. The file is held in memory as it is packed, its rows are not.
 * @param sheet Name of a sheet, or its number from 1 on; needed where several have cells.
 * @param opened What has been found of it before its rows.
 * @throws UserError with file and row: no such sheet, no cells, cells beyond the heading, damaged.
 */
export async function openXlsx(
	input: Input,
	{ sheet: wanted, opened: given }: { sheet?: string | undefined; opened?: unknown } = {},
): Promise<Source> {
	const { name } = input;
	const access = await input.random();
	const bytes = access.read(0, access.size);
	const find = () => tableOf(bytes, access, wanted, name);
	const opened = given === undefined ? await refusingDamage(name, find) : (given as Table);
	access.close();
	const { heading, labels, extra, sheet, others } = opened;
	return {
		...{ name, format: "xlsx", columns: heading.columns, opened },
		...(others.length > 0 && { sheets: { read: sheet.name, others } }),
		...(labels && { variables: labels.map((label) => ({ ...NOTHING_SAID, label })) }),
		remarks: () => (extra === null ? [] : [{ code: "header-rows", ...extra }]),
		sha256: async () => input.sha256(),
		read: (wanted) =>
			readInBlocks(wanted, name, (dictionaries) => readRows(input, bytes, opened, wanted, dictionaries)),
	};
}

/** A sheet, and the names of its columns; plain data that can be sent to a thread. */
interface Table {
	sheet: Sheet;
	/** Names of the sheets beside it. */
	others: readonly string[];
	heading: SheetHeading;
	/** Texts of the questions, where a row below the names has them. */
	labels?: string[];
	/** Rows below the names that belong to them. */
	extra: { rows: number; first: number } | null;
}

async function tableOf(
	bytes: Uint8Array,
	access: RandomAccess,
	wanted: string | undefined,
	file: string,
): Promise<Table> {
	const sheets = await sheetsOf(bytes);
	const sheet = await chosenSheet(bytes, sheets, wanted, file);
	const others = sheets.filter((one) => one.place !== sheet.place).map(({ name }) => name);
	const first = await firstRows(bytes, sheet, HEADING_ROWS);
	const merges = await mergesOf(access, sheet, file);
	const text = (value: CellValue | undefined) => rawText(cellOf(value));
	const heading = sheetHeading(first, merges, text);
	if (heading === null) throw noCells(file, sheet);
	const below = first.filter(({ index }) => index > heading.last).slice(0, MOST_EXTRA);
	const { columns, labels, extra } = withHeaderRows(
		heading.columns,
		below.map(({ values }) => values.map(text)),
	);
	const last = below[extra - 1]?.index ?? heading.last;
	const top = (below[0]?.index ?? 0) + 1;
	return {
		...{ sheet, others, heading: { columns, last }, ...(labels && { labels }) },
		extra: extra === 0 ? null : { rows: extra, first: top },
	};
}

async function chosenSheet(
	bytes: Uint8Array,
	sheets: readonly Sheet[],
	wanted: string | undefined,
	file: string,
): Promise<Sheet> {
	if (wanted !== undefined) {
		const same = (name: string) => name.trim().toLowerCase() === wanted.trim().toLowerCase();
		const found = sheets.find(({ name }) => same(name)) ?? sheets[Number(wanted) - 1];
		if (found !== undefined) return found;
		throw new UserError(`has no sheet "${wanted}"`, { where: { file }, hint: `it has ${listed(sheets)}` });
	}
	const filled: Sheet[] = [];
	for (const sheet of sheets) {
		if (!sheet.hidden && (await firstRows(bytes, sheet, 1)).length > 0) filled.push(sheet);
	}
	const [only, ...others] = filled;
	if (only === undefined) throw noCells(file, sheets[0]);
	if (others.length === 0) return only;
	throw new UserError(`has several sheets: ${listed(filled)}`, {
		where: { file },
		hint: say`say which holds the answers, as in ${option("sheet", `"${only.name}"`)}`,
	});
}

function listed(sheets: readonly Sheet[]): string {
	return sheets.map(({ name }) => name).join(", ");
}

function noCells(file: string, sheet?: Sheet): UserError {
	const which = sheet === undefined ? "has no sheets" : `has nothing in its sheet ${sheet.name}`;
	return new UserError(which, { where: { file }, hint: "save the sheet with the answers again" });
}

/** The first rows of a sheet that have cells. */
async function firstRows(bytes: Uint8Array, sheet: Sheet, count: number): Promise<SheetRow[]> {
	const rows: SheetRow[] = [];
	for await (const row of streamXlsxRows(bytes, { sheet: sheet.place, maxRows: count })) {
		if (row.values.some((value) => rawText(cellOf(value)) !== "")) rows.push(row);
	}
	return rows;
}

async function* readRows(
	input: Input,
	bytes: Uint8Array,
	{ sheet, heading }: Table,
	wanted: Wanted,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Rows> {
	const { name } = input;
	const { columns, last } = heading;
	let batch: SheetRow[] = [];
	const column = (place: number): CellColumn => ({
		isText: true,
		cell: (row) => cellOf((batch[row] as SheetRow).values[place] ?? null),
	});
	const places = placesRead(wanted, [...columns.keys()]);
	const cells = new CellRows(
		new Map(places.map((place) => [place, column(place)])),
		...([columns, wanted, dictionaries, name] as const),
	);
	const numberOf = (row: number) => (batch[row] as SheetRow).index + 1;
	const rows = streamXlsxRows(bytes, { sheet: sheet.place });
	for (;;) {
		const { done, value } = await refusingDamage(name, () => rows.next());
		if (!done && value.index > last && isFilled(value, columns.length, name)) batch.push(value);
		if (batch.length < BATCH_ROWS && !done) continue;
		yield cells.rows(batch.length, numberOf);
		batch = [];
		if (done) break;
	}
	await input.advance(Number.POSITIVE_INFINITY);
}

/**
 * Whether a row has anything in it.
 * @throws UserError where it has something beyond the heading.
 */
function isFilled({ index, values }: SheetRow, width: number, file: string): boolean {
	const last = values.findLastIndex((value) => rawText(cellOf(value)) !== "");
	if (last < width) return last >= 0;
	throw new UserError(`has ${last + 1} cells where the heading has ${width}`, {
		where: { file, row: index + 1 },
		hint: "name every column in the first row, and leave nothing above it",
	});
}

function cellOf(value: CellValue | undefined): RawCell {
	if (typeof value === "number") return Number.isNaN(value) ? "" : value;
	if (value instanceof Date) return dateText(value);
	if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
	return value ?? "";
}

/** Spreadsheets keep moments as fractions of days, which are a little beside the second. */
function dateText(date: Date): string {
	const second = Math.round(date.getTime() / 1000) * 1000;
	const moment = Math.abs(date.getTime() - second) < 10 ? second : date.getTime();
	if (date.getUTCFullYear() < FIRST_YEAR) return momentText(moment).replace(/^\S+ /, "");
	return moment % DAY === 0 ? dayText(moment / DAY) : momentText(moment);
}

/** Whatever the library throws means that the file is not what the format asks for. */
async function refusingDamage<T>(file: string, read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError("is an Excel file that is damaged, or of a kind that cannot be read", {
			where: { file },
			hint: "open it in Excel and save it again as .xlsx",
			cause,
		});
	}
}
