import { strict as assert } from "node:assert";
import { Readable } from "node:stream";
import { counted } from "../../src/base/errors.js";
import { describeError, UserError } from "../../src/index.js";
import type { Source, Wanted } from "../../src/read/block.js";
import { chunksOf } from "../../src/read/bytes.js";
import { asciiCompatible } from "../../src/read/csv/encoding.js";
import type { Fault } from "../../src/read/csv/faults.js";
import { openSource } from "../../src/read/index.js";
import { openInput } from "../../src/read/input.js";
import { delimiterOf, lettersOf, numberOf, referee } from "../support/csv-referee.js";
import { weightsOf } from "../support/read.js";

/** Cells of the wanted columns as texts and as numbers. */
interface Reading {
	format: string;
	columns: readonly string[];
	rows: string[][];
	numbers: number[][];
	places: unknown[];
}

/** Everything a file holds. */
export type Table = Pick<Reading, "columns" | "rows">;

/** What came of reading, and in which encoding a text that is not UTF-8 was taken to be. */
type Outcome = (Reading | { refused: string }) & { encoding?: string | undefined };

async function read(path: string, want: (columns: readonly string[]) => Wanted): Promise<Outcome> {
	let source: Source | undefined;
	try {
		source = await openSource(path, { stdin: Readable.from([]) });
		const wanted = want(source.columns);
		const { blocks, dictionaries } = source.read(wanted);
		const { format, columns } = source;
		const reading: Reading = { format, columns, rows: [], numbers: [], places: [] };
		for await (const block of blocks) {
			for (let row = 0; row < block.rows; row++) {
				reading.rows.push(
					block.codes.map((codes, slot) => dictionaries[slot]?.texts[codes[row] as number] as string),
				);
				reading.numbers.push(weightsOf(block, row));
				reading.places.push(block.place(row));
			}
		}
		return { ...reading, encoding: encodingOf(source) };
	} catch (error) {
		if (error instanceof UserError) return { refused: describeError(error), encoding: encodingOf(source) };
		throw error;
	}
}

/** One of eight bits: which of them is guessed from the letters, so it is taken from the tool and not judged. */
function encodingOf(source: Source | undefined): string | undefined {
	const told = source?.remarks?.().find(({ code }) => code === "encoding-told");
	const encoding = told === undefined || !("encoding" in told) ? undefined : told.encoding;
	assert.match(encoding ?? "windows-1251", /^windows-125[012]$/, "no encoding that is guessed");
	return encoding;
}

/**
 * Reads a file in every way there is and holds the ways against each other: all columns and one alone, as text and
 * as numbers, and text by papaparse.
 * @returns What it holds; null where it is refused.
 */
export async function judgeReading(path: string): Promise<Table | null> {
	const every = (columns: readonly string[]) => columns.map((_, column) => column);
	const whole = await read(path, (columns) => ({ coded: every(columns), weights: [] }));
	await judgeText(path, whole);
	if ("refused" in whole) return null;
	// Some column, as the rows have it.
	const column = (whole.rows.join().length + whole.rows.length) % whole.columns.length;
	const alone = await read(path, () => ({ coded: [column], weights: [] }));
	assert.ok(!("refused" in alone), `column ${column} alone is refused`);
	assert.deepEqual(
		alone.rows,
		whole.rows.map((row) => [row[column]]),
		`column ${column} alone differs`,
	);
	const number = await read(path, () => ({ coded: [column], weights: [column] }));
	if ("refused" in number) assert.ok(whole.rows.some((row) => Number.isNaN(numberOf(row[column] as string))));
	else checkNumbersOf(number);
	return whole;
}

/** Holds what was read of a text, or why it was not, against papaparse. */
async function judgeText(path: string, whole: Outcome): Promise<void> {
	// What is in an archive is no text until it is taken out.
	if (path.endsWith(".zip")) return;
	const columns = "refused" in whole ? await columnsOf(path) : whole.columns;
	if (columns === null || ("format" in whole && whole.format !== "csv")) return;
	const text = await textOf(path, whole.encoding);
	const all = referee(text, columns, delimiterOf(text, columns));
	// What a survey tool writes below the names is no row of answers.
	const below = await rowsBelow(path);
	const rows = all.rows.slice(below);
	const faults = all.faults;
	if ("refused" in whole) {
		const [fault] = faults;
		if (fault === undefined)
			assert.match(whole.refused, /no rows|in one encoding/, "papaparse refuses nothing");
		else if (!/in one encoding/.test(whole.refused))
			assert.ok(whole.refused.includes(told(fault)), `not ${told(fault)}`);
		return;
	}
	assert.deepEqual(faults, [], "papaparse refuses it");
	assert.equal(whole.rows.length, rows.length, "papaparse has other rows");
	for (const [row, { line, cells }] of rows.entries()) {
		assert.deepEqual(
			whole.rows[row],
			cells.map((cell) => (cell.trim() === "NaN" ? "" : cell.trim())),
			`papaparse has another row ${row}`,
		);
		assert.deepEqual(whole.places[row], { line }, `papaparse has another place of row ${row}`);
	}
}

/** How a fault is told. */
function told({ code, line, fields }: Fault): string {
	return `line ${line}: ${code === "ragged-row" ? `has ${counted(fields as number, "field")}` : "a quotation mark"}`;
}

/** The header of a text; null where it is no text, or has none. */
async function columnsOf(path: string): Promise<readonly string[] | null> {
	try {
		const { format, columns } = await openSource(path, { stdin: Readable.from([]) });
		return format === "csv" ? columns : null;
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}

/** Rows of texts and ids that belong to the header. */
async function rowsBelow(path: string): Promise<number> {
	try {
		const { remarks } = await openSource(path, { stdin: Readable.from([]) });
		const found = (remarks?.() ?? []).find(({ code }) => code === "header-rows");
		return found === undefined || !("rows" in found) ? 0 : Number(found.rows);
	} catch (error) {
		if (error instanceof UserError) return 0;
		throw error;
	}
}

async function textOf(path: string, encoding?: string): Promise<string> {
	const chunks: Uint8Array[] = [];
	const input = await openInput(path, Readable.from([]));
	for await (const chunk of chunksOf(await asciiCompatible(input))) chunks.push(chunk);
	return lettersOf(Buffer.concat(chunks), encoding);
}

/** A number stands where its text says so; a decimal comma counts as a point. */
function checkNumbersOf({ rows, numbers }: Reading): void {
	for (const [row, [text = ""]] of rows.entries()) {
		assert.ok(text !== "", "an empty cell is a number");
		assert.ok(numbers[row]?.[0] === numberOf(text), `"${text}" is ${numbers[row]}`);
	}
}
