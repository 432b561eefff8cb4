import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK_ROWS, vectorCount } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { numberOf, referee } from "../support/csv-referee.js";
import { tries } from "../support/long.js";
import { weightsOf } from "../support/read.js";
import { file, generator } from "../support/survey.js";

interface Found {
	/** Codes, weights and place of each row. */
	rows: unknown[];
	/** Vectors of weights in all blocks. */
	vectors: number;
	refused?: string;
}

async function read(text: string, coded: number[], weights: number[]): Promise<Found> {
	const found: Found = { rows: [], vectors: 0 };
	try {
		const source = await openSource(file(text), { stdin: process.stdin });
		const { blocks, dictionaries } = source.read({ coded, weights });
		for await (const block of blocks) {
			found.vectors += vectorCount(block);
			for (let row = 0; row < block.rows; row++) {
				const codes = block.codes.map((column, slot) => dictionaries[slot]?.texts[column[row] as number]);
				found.rows.push([...codes, ...weightsOf(block, row), block.place(row)]);
			}
		}
	} catch (error) {
		found.refused = (error as Error).message;
	}
	return found;
}

const NUMBERS = [
	"1",
	"1.0",
	"01",
	"1.00000",
	"2.5",
	"2.50",
	"0.1234567890123",
	"12",
	"1e0",
	"+1",
	"1,5",
	" 1",
];

/** Lines whose weights are mostly those of the line before, in some spelling. */
const lines = fc
	.array(
		fc.record({
			code: fc.constantFrom("a", "b", "", "12"),
			weights: fc.array(fc.constantFrom(...NUMBERS), { minLength: 3, maxLength: 3 }),
			repeats: fc.integer({ min: 0, max: 9 }),
		}),
		{ minLength: 1, maxLength: 40 },
	)
	.map((drawn) => {
		let last: string[] = [];
		return drawn.map(({ code, weights, repeats }) => {
			if (repeats < 4 || last.length === 0) last = weights;
			else if (repeats < 6) last = last.with(repeats % 3, weights[0] as string);
			return { code, weights: last, odd: repeats === 9 };
		});
	});

describe("rows with the weights of the row before share a vector, and nothing else changes", () => {
	test("in whatever order the columns are, beside ragged and blank lines", async () => {
		await fc.assert(
			fc.asyncProperty(
				lines,
				fc.constantFrom([0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 1, 0], [1, 2, 3, 0]),
				fc.constantFrom("\n", "\r\n"),
				fc.boolean(),
				async (drawn, order, end, asCode) => {
					const places: readonly number[] = order;
					const text = drawn
						.map(({ code, weights, odd }) => {
							const cells = [code, ...weights];
							return `${odd ? end : ""}${places.map((place) => cells[place]).join(";")}`;
						})
						.join(end);
					const header = places.map((place) => "CXYZ"[place]).join(";");
					const at = [0, 1, 2, 3].map((place) => places.indexOf(place));
					const coded = asCode ? at.slice(0, 2) : at.slice(0, 1);
					const plain = await read(`${header}${end}${text}${end}`, coded, at.slice(1));
					const { rows } = referee(`${header}\n${text}`, [...header.replaceAll(";", "")], ";");
					expect(plain.refused).toBeUndefined();
					expect(plain.rows).toEqual(
						rows.map(({ line, cells }) => [
							...coded.map((column) => cells[column]?.trim()),
							...at.slice(1).map((column) => numberOf(cells[column] as string)),
							{ line },
						]),
					);
					expect(plain.vectors).toBeLessThanOrEqual(plain.rows.length);
				},
			),
			{ seed: 2018, numRuns: tries(400) },
		);
	});

	// Longer than the pieces that a file is read in.
	test("over the ends of pieces and blocks", async () => {
		const next = generator(7);
		const rows: string[] = [];
		let runs = 0;
		let last = "";
		for (let row = 0; row < 30_000; row++) {
			if (row === 0 || next() < 0.05) {
				last = Array.from({ length: 6 }, () => (next() * 100).toFixed(11)).join(",");
				runs += 1;
			}
			rows.push(`${row % 3},${last}`);
		}
		const text = `C,A,B,D,E,F,G\n${rows.join("\n")}\n`;
		const found = await read(text, [0], [1, 2, 3, 4, 5, 6]);
		expect(text.length).toBeGreaterThan(2 << 20);
		expect(found.rows).toEqual(
			rows.map((line, row) => [String(row % 3), ...line.split(",").slice(1).map(Number), { line: row + 2 }]),
		);
		// One more where a block ends within a run.
		expect(found.vectors).toBeGreaterThanOrEqual(runs);
		expect(found.vectors).toBeLessThanOrEqual(runs + Math.ceil(rows.length / BLOCK_ROWS));
	});

	test("a line that is refused leaves the next ones as they are", async () => {
		const text = "C,X,Y\n1,2.5,3\n1,2.5\n";
		expect((await read(text, [0], [1, 2])).refused).toContain("has 2 fields where the header has 3");
		expect((await read("C,X,Y\n1,2.5,3\n1,2.5,3x\n", [0], [1, 2])).refused).toContain('"3x" is not a number');
	});
});
