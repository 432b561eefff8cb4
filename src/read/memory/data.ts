/** A row of a survey: its cells by the names of columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Columns of cells: arrays of numbers, texts, booleans, dates or null, or typed arrays, all of one length. */
export interface ColumnsData {
	columns: Readonly<Record<string, ArrayLike<unknown>>>;
	/** Name in messages and results; cycles and levels of education are told by it as by a file's. */
	name?: string;
}

/** Rows, all at once or as they come; those after the first have no columns that the first lacks. */
export interface RowsData {
	rows: Iterable<Row> | AsyncIterable<Row>;
	name?: string;
}

/** The bytes of a file of any format that is read. */
export interface BytesData {
	bytes: Uint8Array;
	/** The declared format, to be checked against the detected one: csv, xlsx, sav, dta, rds, parquet. */
	format?: string;
	name?: string;
}

/** An Arrow table, as apache-arrow has it; nothing else of that library is used. */
export interface ArrowData {
	readonly numRows: number;
	readonly schema: { readonly fields: readonly { readonly name: string }[] };
	getChildAt(index: number): { get(row: number): unknown } | null;
}

/** Survey data that is in memory. */
export type MemoryData = ColumnsData | RowsData | BytesData | ArrowData;

/** A survey file by its name or a pattern, `-` for standard input, or data in memory. */
export type SurveyData = string | MemoryData;

/** Data of a survey: files and tables, or one table, or rows as they are. */
export type SurveyInput = readonly SurveyData[] | MemoryData | readonly Row[] | AsyncIterable<Row>;

/** Each file or table of an input; null for what is none. */
export function dataOf(input: SurveyInput): readonly SurveyData[] | null {
	if (isMemory(input)) return [input];
	if (isObject(input) && Symbol.asyncIterator in input) return [{ rows: input as AsyncIterable<Row> }];
	if (!Array.isArray(input)) return null;
	const isRowsAlone = input.length > 0 && input.every((one) => isObject(one) && !isMemory(one));
	return isRowsAlone ? [{ rows: input as readonly Row[] }] : input;
}

export function isMemory(value: unknown): value is MemoryData {
	return isColumns(value) || isRows(value) || isBytes(value) || isArrow(value);
}

function isColumns(value: unknown): value is ColumnsData {
	return isObject(value) && isObject(value.columns);
}

export function isRows(value: unknown): value is RowsData {
	if (!isObject(value) || !isObject(value.rows)) return false;
	return Symbol.iterator in value.rows || Symbol.asyncIterator in value.rows;
}

export function isBytes(value: unknown): value is BytesData {
	return isObject(value) && value.bytes instanceof Uint8Array;
}

export function isArrow(value: unknown): value is ArrowData {
	return isObject(value) && typeof value.getChildAt === "function" && typeof value.numRows === "number";
}

/** What distinguishes the kinds of data. */
type Key = "columns" | "rows" | "bytes" | "numRows" | "getChildAt";

function isObject(value: unknown): value is Record<Key, unknown> {
	return typeof value === "object" && value !== null;
}
