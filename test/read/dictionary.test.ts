import { describe, expect, test } from "vitest";
import { Dictionary } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { columnsFile } from "../support/parquet.js";
import { bytesFile } from "../support/read.js";
import { sav } from "../support/sav.js";

describe("a dictionary", () => {
	test("has each text once, whether it is added or looked for", () => {
		const dictionary = new Dictionary();
		expect(["a", "b"].map((text) => dictionary.add(text))).toEqual([0, 1]);
		expect(["b", "c", "a"].map((text) => dictionary.index(text))).toEqual([1, 2, 0]);
		// Known from having been looked for, by who only knows that it has not added it.
		expect(["c", "d"].map((text) => dictionary.add(text))).toEqual([2, 3]);
		expect(dictionary.texts).toEqual(["a", "b", "c", "d"]);
	});

	test("begins anew when it forgets", () => {
		const dictionary = new Dictionary();
		dictionary.index("a");
		dictionary.forget();
		expect([dictionary.texts, dictionary.generation]).toEqual([[], 1]);
		expect(["b", "a"].map((text) => dictionary.index(text))).toEqual([0, 1]);
	});
});

const ROWS = 20_000;
const cells = Array.from({ length: ROWS }, (_, row) => [
	row,
	row % 7,
	row / 8,
	`C${row % 11}`,
	`${row % 3} `,
]);
const header = ["ID", "A", "W", "CNTRY", "B"];
const texts = cells.map((row) => row.map((cell) => String(cell).trim()));

describe("readers whose dictionaries forget between blocks give the same texts", () => {
	test.each([
		["csv", [header, ...cells].map((row) => row.join(",")).join("\n")],
		["parquet", columnsFile(header, cells, { rowGroupSize: 9000, pageSize: 5000 })],
		[
			"sav",
			sav({
				variables: header.map((name, index) => (index < 3 ? { name } : { name, width: 8 })),
				rows: cells,
			}),
		],
	])("%s", async (ending, bytes) => {
		const source = await openSource(bytesFile(bytes, ending), { stdin: process.stdin });
		const { blocks, dictionaries } = source.read({ coded: [0, 1, 2, 3, 4], weights: [] });
		const read: unknown[][] = [];
		for await (const { rows, codes } of blocks) {
			for (let row = 0; row < rows; row++) {
				read.push(codes.map((column, slot) => dictionaries[slot]?.texts[column[row] as number]));
			}
			expect(dictionaries[0]?.texts.length).toBe(rows);
			for (const dictionary of dictionaries) dictionary.forget();
		}
		expect(read).toEqual(texts);
	});
});
