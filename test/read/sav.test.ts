import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { BLOCK_ROWS } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { codePage } from "../support/code-pages.js";
import { bytesFile, readAll, readNumbers, weightsOf } from "../support/read.js";
import { LOWEST, type SavFile, sav } from "../support/sav.js";
import { COMPRESSIONS, EVERYTHING } from "../support/sav-seeds.js";

const read = (file: SavFile) => readAll(bytesFile(sav(file), "sav"));

const FORMS = COMPRESSIONS.flatMap((compression) =>
	[false, true].map((bigEndian) => [compression, bigEndian ? "big" : "little", bigEndian] as const),
);

const TEXTS = [
	["1001", "1", "25", "12.5", "FRA", "Алматы", "жақсы ".repeat(50).trimEnd(), "1"],
	["1002", "9", "151", "-3.25", "ITA", "none", "", "100.25"],
	["1003", "2", "152", "10000000000", "", "", "x".repeat(600), "3.125"],
	["1004", "", "", "", "KAZ", "Ұлытау облысы", "a  b", "0"],
];

describe.each(FORMS)("compression %s, %s end first", (compression, _, bigEndian) => {
	const form = { compression, bigEndian };

	test("numbers, texts, names, labels and missing values", async () => {
		const { columns, variables, rows } = await read({ ...EVERYTHING, ...form });
		expect(columns).toEqual([
			"IDTEACH",
			"GENDER",
			"AgeOfTheTeacher",
			"SCORE",
			"CNTRY",
			"Облыс",
			"REMARK",
			"TCHWGT",
		]);
		expect(rows).toEqual(TEXTS);
		expect(variables.map(({ label }) => label)).toEqual([
			"",
			"Gender",
			"",
			"A label of seven words, five commas",
			"",
			"",
			"",
			"",
		]);
		expect(variables.map(({ type }) => type)).toEqual([
			"number",
			"number",
			"number",
			"number",
			"text",
			"text",
			"text",
			"number",
		]);
		expect(variables.map(({ values }) => [...values])).toEqual([
			[],
			[
				["1", "Female"],
				["2", "Male"],
				["9", "Omitted"],
			],
			[],
			[],
			[
				["FRA", "France"],
				["KAZ", "Қазақстан"],
			],
			[["Алматы", "City"]],
			[],
			[],
		]);
		expect(variables.map(({ missing }) => missing)).toEqual([
			null,
			{ values: ["9", "8", "7"], range: null },
			{ values: ["0"], range: { from: 97, to: Number.POSITIVE_INFINITY } },
			{ values: [], range: { from: Number.NEGATIVE_INFINITY, to: -90 } },
			{ values: ["ITA"], range: null },
			{ values: ["none"], range: null },
			null,
			null,
		]);
	});

	test("more rows than a block, codes and streams that end anywhere", async () => {
		const count = 2 * BLOCK_ROWS + 17;
		const rows = Array.from({ length: count }, (_, row) => [
			row,
			row % 7 === 0 ? null : row / 8,
			row % 3 === 0 ? "" : `remark ${row}`,
			row % 5,
			1,
		]);
		const variables = [{ name: "A" }, { name: "B" }, { name: "C", width: 21 }, { name: "D" }, { name: "E" }];
		const content = await read({ variables, rows, ...form, zlibBlock: 10_007 });
		expect(content.rows).toEqual(rows.map((row) => row.map((cell) => (cell === null ? "" : String(cell)))));
	});

	test("only some columns, in any order, one twice", async () => {
		const path = bytesFile(sav({ ...EVERYTHING, ...form }), "sav");
		const { rows } = await readAll(path, () => [6, 0, 5, 0]);
		expect(rows).toEqual(TEXTS.map((row) => [6, 0, 5, 0].map((column) => row[column])));
	});

	test("weights as the numbers that are stored", async () => {
		const numbers = [
			[0.1, 1 / 3],
			[1e-300, 151],
			[152, 0],
		];
		const path = bytesFile(
			sav({ variables: [{ name: "W" }, { name: "R1" }], rows: numbers, ...form }),
			"sav",
		);
		expect(await readNumbers(path)).toEqual(numbers);
	});

	test("days and moments are written as ISO 8601 has them, durations stay numbers", async () => {
		const variables = [20, 23, 38, 39, 22, 41, 21].map((format, place) => ({
			name: `V${place}`,
			format,
			...(place === 0
				? { values: [[13_928_630_400, "Start"]] as [number, string][], missing: [12_219_379_200] }
				: {}),
		}));
		// as.numeric(as.Date("2024-03-01")) * 86400 + 12219379200 in R.
		const [day, moment] = [13_928_630_400, 13_928_630_400 + 37_830];
		const found = await read({
			...form,
			variables,
			rows: [
				[day, day, day, day, moment, moment, 90],
				[null, null, null, null, null, null, null],
			],
		});
		expect(found.rows).toEqual([
			[
				"2024-03-01",
				"2024-03-01",
				"2024-03-01",
				"2024-03-01",
				"2024-03-01 10:30:30",
				"2024-03-01 10:30:30",
				"90",
			],
			["", "", "", "", "", "", ""],
		]);
		expect(found.variables.map(({ type }) => type)).toEqual([...Array(6).fill("text"), "number"]);
		expect([...(found.variables[0]?.values ?? [])]).toEqual([["2024-03-01", "Start"]]);
		expect(found.variables[0]?.missing).toEqual({ values: ["1970-01-01"], range: null });
	});

	test("NaN is missing, as system-missing is", async () => {
		const file = {
			variables: [{ name: "ITEM", values: [[1, "Yes"]] as [number, string][] }],
			rows: [[1], [Number.NaN], [-Number.NaN], [null]],
			...form,
		};
		expect((await read(file)).rows).toEqual([["1"], [""], [""], [""]]);
	});

	test("rows the writer did not count, and a count in the record for large files", async () => {
		const { rows } = await read({ ...EVERYTHING, ...form, claims: null });
		expect(rows).toEqual(TEXTS);
		expect((await read({ ...EVERYTHING, ...form, claims: null, claims64: 4 })).rows).toEqual(TEXTS);
		await expect(read({ ...EVERYTHING, ...form, claims: null, claims64: 5 })).rejects.toThrow(/row 4 of 5/);
	});

	test("rows fewer or more than claimed", async () => {
		await expect(read({ ...EVERYTHING, ...form, claims: 5 })).rejects.toThrow(/cut off after row 4 of 5/);
		await expect(read({ ...EVERYTHING, ...form, claims: 3 })).rejects.toThrow(/more rows than the 3/);
	});
});

describe("texts in every encoding", () => {
	test.each<[string, string, Partial<SavFile>]>([
		["windows-1251", "Түркістан".replace(/[үі]/g, "и"), { encoding: "windows-1251" }],
		["windows-1251", "Обучение", { codePage: 1251 }],
		["windows-1251", "Обучение", { codePage: 1252, encoding: "CP1251" }],
		["windows-1252", "Île-de-France – 5 €, Ÿ", { codePage: 1252 }],
		["windows-1250", "Český Těšín", { codePage: 1250 }],
		["iso-8859-5", "Обучение", { codePage: 28595 }],
		["iso-8859-2", "Győr", { encoding: "ISO-8859-2" }],
		["koi8-r", "Обучение", { encoding: "KOI8-R" }],
		["ibm866", "Обучение", { codePage: 866 }],
	])("%s: %s, stated as %o", async (label, text, stated) => {
		const file: SavFile = {
			variables: [
				{ name: "A", width: 30, label: text, values: [] },
				{ name: "B", values: [[1, text]] },
			],
			rows: [[text, 1]],
			encode: codePage(label),
			...stated,
		};
		const { rows, variables } = await read(file);
		expect(rows).toEqual([[text, "1"]]);
		expect([variables[0]?.label, variables[1]?.values.get("1")]).toEqual([text, text]);
	});

	test.each([2, 3, undefined])(
		"not stated (character code %s): UTF-8 where valid, else Windows-1251",
		async (code) => {
			const file: SavFile = { variables: [{ name: "A", width: 30 }], rows: [["Обучение"]] };
			const stated = code === undefined ? {} : { codePage: code };
			expect((await read({ ...file, ...stated })).rows).toEqual([["Обучение"]]);
			expect((await read({ ...file, ...stated, encode: codePage("windows-1251") })).rows).toEqual([
				["Обучение"],
			]);
		},
	);

	test("an encoding nobody reads matters only where there is more than ASCII", async () => {
		const file: SavFile = { variables: [{ name: "A", width: 8 }], rows: [["plain"]], encoding: "EBCDIC-US" };
		expect((await read(file)).rows).toEqual([["plain"]]);
		const other = { ...file, rows: [["école"]] };
		await expect(read(other)).rejects.toThrow(/texts are in EBCDIC-US, which cannot be read/);
		await expect(read({ variables: file.variables, rows: other.rows, codePage: 1 })).rejects.toThrow(
			/EBCDIC/,
		);
	});
});

describe("odd files that are right all the same", () => {
	test("no end mark, and a range below zero", async () => {
		const file: SavFile = {
			variables: [{ name: "A", range: [LOWEST, -1], missing: [5] }],
			rows: [[-99], [-100], [151], [0]],
			endMark: false,
		};
		const { rows, variables } = await read(file);
		expect(rows).toEqual([["-99"], ["-100"], ["151"], ["0"]]);
		expect(variables[0]?.missing).toEqual({
			values: ["5"],
			range: { from: Number.NEGATIVE_INFINITY, to: -1 },
		});
	});

	test("packed with gzip", async () => {
		expect((await readAll(bytesFile(gzipSync(sav(EVERYTHING)), "sav.gz"))).rows).toEqual(TEXTS);
	});

	test("bytes that arrive one by one", async () => {
		for (const compression of COMPRESSIONS) {
			const bytes = sav({ ...EVERYTHING, compression, zlibBlock: 100 });
			const stdin = Readable.from([...bytes].map((byte) => Buffer.of(byte)));
			const { columns, read: open } = await openSource("-", { stdin });
			expect(columns).toHaveLength(8);
			const { blocks, dictionaries } = open({ coded: [5], weights: [7] });
			for await (const block of blocks) {
				const weights = [0, 1, 2, 3].flatMap((row) => weightsOf(block, row));
				expect(weights).toEqual([1, 100.25, 3.125, 0]);
				expect(block.place(3)).toEqual({ row: 4 });
			}
			expect(dictionaries[0]?.texts).toEqual(["Алматы", "none", "", "Ұлытау облысы"]);
		}
	});

	test("values of 8 bytes with a length each, as PSPP once wrote them", async () => {
		const name = Buffer.from("TEXT");
		const record = (lengths: boolean) => {
			const int = (value: number) => Buffer.from(Int32Array.of(value).buffer);
			const second = lengths ? [int(8)] : [];
			return Buffer.concat([
				int(4),
				name,
				Buffer.of(2),
				int(8),
				Buffer.from("none    "),
				...second,
				Buffer.from("unknown "),
			]);
		};
		const file: SavFile = {
			variables: [{ name: "TEXT", width: 12, missing: ["none", "unknown"] }],
			rows: [["x"]],
		};
		const bytes = sav(file);
		const [usual, old] = [record(false), record(true)];
		const at = bytes.indexOf(usual);
		const head = Buffer.from(bytes.subarray(0, at));
		head.writeInt32LE(old.length, at - 4);
		const changed = Buffer.concat([head, old, bytes.subarray(at + usual.length)]);
		for (const one of [bytes, changed]) {
			const { variables } = await readAll(bytesFile(one, "sav"));
			expect(variables[0]?.missing).toEqual({ values: ["none", "unknown"], range: null });
		}
	});
});

test("a letter that the width of a field has cut off is left out", async () => {
	const bytes = Buffer.from("жаз көктем").subarray(0, 16);
	const path = bytesFile(
		sav({
			variables: [{ name: "T", width: 16 }],
			rows: [["x"]],
			encoding: "UTF-8",
			encode: (text) => (text === "x" ? bytes : Buffer.from(text)),
		}),
		".sav",
	);
	const source = await openSource(path);
	const { blocks, dictionaries } = source.read({ coded: [0], weights: [] });
	for await (const _ of blocks);
	expect(dictionaries[0]?.texts).toEqual(["жаз көкт"]);
});
