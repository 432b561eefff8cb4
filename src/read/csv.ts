import Papa from "papaparse";
import { UserError } from "../errors.js";
import { Dictionary, type Source, type Wanted } from "./block.js";
import { type BlockBuilder, notANumber, parseNumber, type Rows, toBlocks } from "./rows.js";

/** Longest record taken as one; beyond it a quotation mark was surely left open. */
const RECORD_LIMIT = 1 << 22;

interface Records {
	rows: string[][];
	/** Line of the file each record begins on. */
	lines: number[];
}

/**
 * CSV text → columns. Delimiter comma, semicolon or tab, told from the header; blank lines are skipped.
 * @param text  Text with `\n` line ends, cut anywhere.
 * @throws UserError with file and line: empty file, header alone, ragged row, open quotation mark.
 */
export async function openCsv(
	text: AsyncIterable<string>,
	name: string,
	sha256: () => string,
): Promise<Source> {
	const records = readRecords(text, name);
	const first = await records.next();
	const header = first.done ? undefined : first.value.rows[0];
	if (first.done || header === undefined) {
		throw new UserError("is empty", { where: { file: name }, hint: "give a CSV file with a header row" });
	}
	const head: Records = { rows: first.value.rows.slice(1), lines: first.value.lines.slice(1) };
	const columns = header.map((column) => column.trim());
	return {
		name,
		format: "csv",
		columns,
		sha256,
		read(wanted) {
			const dictionaries = wanted.coded.map(() => new Dictionary());
			const rows = batches(head, records, { name, columns, wanted, dictionaries });
			return { blocks: toBlocks(rows, wanted, "line", name), dictionaries };
		},
	};
}

/** Text → records, cut by papaparse, in the batches the text arrives in. */
async function* readRecords(text: AsyncIterable<string>, name: string): AsyncGenerator<Records> {
	let rest = "";
	let line = 1;
	let parser: Papa.Parser | undefined;
	const parse = (input: string, last: boolean): Records => {
		parser ??= new Papa.Parser({ delimiter: guessDelimiter(input), newline: "\n" });
		const parsed = parser.parse(input, 0, !last) as Papa.ParseResult<string[]>;
		rest = last ? "" : input.slice(parsed.meta.cursor);
		const records = withLines(parsed.data, line, input.includes('"'));
		rejectQuotes(parsed.errors, records.all, last, name);
		line = records.next;
		return records.kept;
	};
	for await (const chunk of text) {
		const input = rest + chunk;
		if (!input.includes("\n")) rest = input;
		else {
			const records = parse(input, false);
			if (records.rows.length > 0) yield records;
		}
		if (rest.length > RECORD_LIMIT) throw openQuote(name, line);
	}
	if (rest !== "") {
		const records = parse(rest, true);
		if (records.rows.length > 0) yield records;
	}
}

/** The one of `,` `;` tab that cuts the header into most columns. */
function guessDelimiter(input: string): string {
	const end = input.trimStart().indexOf("\n");
	const header = (end < 0 ? input : input.trimStart().slice(0, end)).replace(/"[^"]*"/g, "");
	const counts = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length }));
	return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** Numbers the records by line (a quoted field may hold line ends) and drops blank ones. */
function withLines(rows: string[][], start: number, quoted: boolean) {
	const kept: Records = { rows: [], lines: [] };
	const all: number[] = [];
	let line = start;
	for (const row of rows) {
		all.push(line);
		if (row.length > 1 || row[0]?.trim() !== "") {
			kept.rows.push(row);
			kept.lines.push(line);
		}
		line += 1;
		if (quoted) for (const field of row) line += field.split("\n").length - 1;
	}
	return { kept, all, next: line };
}

function rejectQuotes(errors: Papa.ParseError[], lines: number[], last: boolean, name: string): void {
	for (const error of errors) {
		// A record cut off by the chunk's end looks unclosed until the rest of it arrives.
		if (error.code === "MissingQuotes" && !last) continue;
		throw openQuote(name, lines[error.row ?? 0] ?? lines.at(-1) ?? 1);
	}
}

function openQuote(name: string, line: number): UserError {
	return new UserError("a quotation mark is opened or closed in the wrong place", {
		where: { file: name, line },
		hint: 'a quoted field begins and ends with ", and a " inside it is doubled',
	});
}

interface Layout {
	name: string;
	columns: readonly string[];
	wanted: Wanted;
	dictionaries: readonly Dictionary[];
}

async function* batches(head: Records, rest: AsyncIterable<Records>, layout: Layout): AsyncGenerator<Rows> {
	yield rowsOf(head, layout);
	for await (const records of rest) yield rowsOf(records, layout);
}

function rowsOf({ rows, lines }: Records, layout: Layout): Rows {
	return {
		count: rows.length,
		put: (row, builder) => putRecord(rows[row] as string[], lines[row] as number, layout, builder),
	};
}

function putRecord(
	record: readonly string[],
	line: number,
	{ name, columns, wanted, dictionaries }: Layout,
	builder: BlockBuilder,
): void {
	if (record.length !== columns.length) {
		throw new UserError(`has ${record.length} fields where the header has ${columns.length}`, {
			where: { file: name, line },
			hint: "look for a missing or a stray delimiter on this line",
		});
	}
	const { codes, weights, rows } = builder;
	for (const [index, column] of wanted.coded.entries()) {
		const text = (record[column] as string).trim();
		(codes[index] as Int32Array)[rows] = (dictionaries[index] as Dictionary).index(text);
	}
	const start = rows * wanted.weights.length;
	for (const [index, column] of wanted.weights.entries()) {
		const text = record[column] as string;
		const value = parseNumber(text);
		if (Number.isNaN(value)) {
			throw notANumber(text, { file: name, line, column: (columns[column] as string).toUpperCase() });
		}
		weights[start + index] = value;
	}
	for (const [index, column] of (wanted.texts ?? []).entries()) {
		(builder.texts[index] as string[]).push((record[column] as string).trim());
	}
	builder.end(line);
}
