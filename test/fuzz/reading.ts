import { strict as assert } from "node:assert";
import { Readable } from "node:stream";
import { describeError, UserError } from "../../src/index.js";
import type { Wanted } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { weightsOf } from "../support/read.js";

/** Cells of the wanted columns as texts and as numbers. */
interface Reading {
	columns: readonly string[];
	rows: string[][];
	numbers: number[][];
	places: unknown[];
}

/** Everything a file holds. */
export type Table = Pick<Reading, "columns" | "rows">;

type Outcome = Reading | { refused: string };

async function read(path: string, want: (columns: readonly string[]) => Wanted): Promise<Outcome> {
	try {
		const source = await openSource(path, { stdin: Readable.from([]) });
		const wanted = want(source.columns);
		const { blocks, dictionaries } = source.read(wanted);
		const reading: Reading = { columns: source.columns, rows: [], numbers: [], places: [] };
		for await (const block of blocks) {
			for (let row = 0; row < block.rows; row++) {
				reading.rows.push(
					block.codes.map((codes, slot) => dictionaries[slot]?.texts[codes[row] as number] as string),
				);
				reading.numbers.push(weightsOf(block, row));
				reading.places.push(block.place(row));
			}
		}
		return reading;
	} catch (error) {
		if (error instanceof UserError) return { refused: describeError(error) };
		throw error;
	}
}

/**
 * Reads a file in every way there is and holds the ways against each other: all columns and one alone, as text and
 * as numbers, by the scanner and by the parser that takes over where a text is not plain.
 * @returns What it holds; null where it is refused.
 */
export async function judgeReading(path: string): Promise<Table | null> {
	const every = (columns: readonly string[]) => columns.map((_, column) => column);
	const whole = await read(path, (columns) => ({ coded: every(columns), weights: [] }));
	// Handing texts on is what the scanner leaves to the parser.
	const parsed = await read(path, (columns) => ({ coded: every(columns), weights: [], texts: [] }));
	checkSame(parsed, whole, "the readers differ");
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
	const again = await read(path, () => ({ coded: [column], weights: [column], texts: [] }));
	checkSame(again, number, `column ${column} as numbers`);
	if (!("refused" in number)) checkNumbersOf(number);
	return whole;
}

function checkSame(one: Outcome, other: Outcome, what: string): void {
	const refusal = (outcome: Outcome) => ("refused" in outcome ? outcome.refused : "");
	assert.equal(`${what}: ${refusal(one)}`, `${what}: ${refusal(other)}`);
	if ("refused" in one || "refused" in other) return;
	assert.equal(one.rows.length, other.rows.length, `${what}: rows`);
	for (const [row, cells] of one.rows.entries()) {
		assert.deepEqual(cells, other.rows[row], `${what}: row ${row}`);
		assert.deepEqual(one.numbers[row], other.numbers[row], `${what}: numbers of row ${row}`);
		assert.deepEqual(one.places[row], other.places[row], `${what}: place of row ${row}`);
	}
}

/** A number stands where its text says so; a decimal comma counts as a point. */
function checkNumbersOf({ rows, numbers }: Reading): void {
	for (const [row, [text = ""]] of rows.entries()) {
		assert.ok(text !== "", "an empty cell is a number");
		assert.ok(
			numbers[row]?.[0] === Number(text.replace(/^([-+]?\d*),(\d+)$/, "$1.$2")),
			`"${text}" is ${numbers[row]}`,
		);
	}
}
