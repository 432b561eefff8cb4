import { describe, expect, test } from "vitest";
import type { Block, Dictionary } from "../../src/read/block.js";
import { readerOf } from "../../src/read/bytes.js";
import { openCsv } from "../../src/read/csv/csv.js";
import type { Fault } from "../../src/read/csv/faults.js";
import { weightsOf } from "../support/read.js";

interface Read {
	rows: string[];
	unusual: string[];
	faults: Fault[];
}

/** All that is told of a text when damage is looked for: A coded, B and C as numbers, D as texts, E not at all. */
async function read(text: string): Promise<Read> {
	const found: Read = { rows: [], unusual: [], faults: [] };
	async function* bytes() {
		yield Buffer.from(text);
	}
	const source = await openCsv(readerOf(bytes()), "x.csv", () => "", {
		onFault: (fault) => found.faults.push(fault),
	});
	const { blocks, dictionaries } = source.read({ coded: [0], weights: [1, 2], texts: [3], unusual: true });
	for await (const block of blocks) tell(block, dictionaries[0] as Dictionary, found);
	return found;
}

function tell(block: Block, { texts: known }: Dictionary, found: Read) {
	const { rows, codes, texts, unusual, place } = block;
	for (let row = 0; row < rows; row++) {
		const cells = [known[codes[0]?.[row] as number], ...weightsOf(block, row), texts[0]?.[row]];
		found.rows.push(JSON.stringify([place(row), ...cells.map(String)]));
	}
	for (const column of unusual?.columns() ?? []) {
		for (const [row, text] of unusual?.of(column) ?? [])
			found.unusual.push(JSON.stringify([place(row), column, text]));
	}
}

const LINES = [
	"1,1.5,2,ok,plain",
	"2,,2.25,a b,казақ",
	"қ,-1,1e3, x ,",
	"1,n/a,7",
	"",
	"3,2,1.0,???,Ð°",
	"1,5,#Н/Д,?,??",
	"1,1,1,é,1,2",
	"1,007,12.50,,end ???",
];
const HEADER = "A,B,C,D,E";

describe("what may be damaged is handed on, the rest is read as ever", () => {
	test("cells of numbers that are none, and letters beyond ASCII", async () => {
		const { rows, unusual, faults } = await read([HEADER, ...LINES].join("\n"));
		expect(faults).toEqual([
			{ code: "ragged-row", line: 5, fields: 3 },
			{ code: "ragged-row", line: 9, fields: 6 },
		]);
		expect(rows.map((row) => JSON.parse(row))).toEqual([
			[{ line: 2 }, "1", "1.5", "2", "ok"],
			[{ line: 3 }, "2", "NaN", "2.25", "a b"],
			[{ line: 4 }, "қ", "NaN", "NaN", "x"],
			[{ line: 7 }, "3", "2", "1", "???"],
			[{ line: 8 }, "1", "5", "NaN", "?"],
			[{ line: 10 }, "1", "7", "12.5", ""],
		]);
		expect(unusual.map((cell) => JSON.parse(cell))).toEqual([
			[{ line: 4 }, 0, "қ"],
			[{ line: 3 }, 1, ""],
			[{ line: 4 }, 1, "-1"],
			[{ line: 4 }, 2, "1e3"],
			[{ line: 8 }, 2, "#Н/Д"],
			[{ line: 7 }, 3, "???"],
			[{ line: 3 }, 4, "казақ"],
			[{ line: 7 }, 4, "Ð°"],
			[{ line: 10 }, 4, "end ???"],
		]);
	});

	// 10 000 rows are several blocks.
	test.each([1, 1500])(
		"quotation marks and line ends change nothing of %d times these lines",
		async (times) => {
			const many = Array.from({ length: times }, () => LINES).flat();
			const plain = await read([HEADER, "1,1,1,z,z", ...many].join("\n"));
			const marked = many.map((line) => line.replace(/[^,]+/g, '"$&"'));
			const quoted = await read([HEADER, '1,1,1,"z",z', ...marked].join("\r\n"));
			expect(quoted.rows).toEqual(plain.rows);
			expect(quoted.faults).toEqual(plain.faults);
			expect(quoted.unusual.sort()).toEqual(plain.unusual.sort());
			expect(plain.rows).toHaveLength(1 + 6 * times);
		},
	);
});
