import { readdirSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { describeError, type RatesSpec, rates, UserError } from "../../src/index.js";
import { vectorCount } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { HybridReader } from "../../src/read/parquet/hybrid.js";
import { columnsFile, parquetOf } from "../support/parquet.js";
import { weightsOf } from "../support/read.js";
import { csv, file, generator, HEADER, makeRows } from "../support/survey.js";

const FOLDER = fileURLToPath(new URL("../fixtures/read/", import.meta.url));
const fixtures = readdirSync(FOLDER).filter((name) => name.endsWith(".parquet"));

async function open(path: string, stdin = Readable.from([])) {
	return openSource(path, { stdin });
}

/** Every cell of a file by its codes, and again by its texts. */
async function contentOf(path: string) {
	const source = await open(path);
	const all = source.columns.map((_, index) => index);
	const { blocks, dictionaries } = source.read({ coded: all, weights: [], texts: all });
	const coded: string[][] = [];
	const texts: string[][] = [];
	for await (const block of blocks) {
		for (let row = 0; row < block.rows; row++) {
			coded.push(all.map((slot) => dictionaries[slot]?.texts[block.codes[slot]?.[row] as number] as string));
			texts.push(all.map((slot) => block.texts[slot]?.[row] as string));
		}
	}
	return { columns: source.columns, coded, texts };
}

describe("files of other programs", () => {
	test.each(fixtures)("%s", async (name) => {
		const expected = JSON.parse(readFileSync(FOLDER + name.replace(".parquet", ".json"), "utf8"));
		const rows = expected.rows.map((row: unknown[]) =>
			row.map((cell) => (cell === null ? "" : String(cell))),
		);
		const { columns, coded, texts } = await contentOf(FOLDER + name);
		expect(columns).toEqual(expected.columns);
		expect(coded).toEqual(rows);
		expect(texts).toEqual(rows);
	});

	test("there are some of each", () => {
		expect(fixtures.filter((name) => name.startsWith("duckdb")).length).toBeGreaterThanOrEqual(7);
		expect(fixtures.filter((name) => name.startsWith("nanoparquet")).length).toBeGreaterThanOrEqual(4);
	});
});

describe("columns of numbers", () => {
	const ROWS = 10_000;
	const next = generator(12);
	/** Runs of one number, short and long. */
	const runs: number[] = [];
	while (runs.length < ROWS) runs.push(...Array(1 + Math.floor(next() ** 3 * 60)).fill(next() * 100));
	runs.length = ROWS;
	const plain = Array.from({ length: ROWS }, () => next() * 100);

	async function blocksOf(
		columns: readonly (readonly (number | null)[])[],
		rowGroupSize: number,
		pageSize: number,
	) {
		const columnData = columns.map(
			(data, index): ColumnSource => ({
				...{ name: `C${index}`, data: [...data], type: "DOUBLE", nullable: data.includes(null) },
				...(index === 0 && { encoding: "RLE_DICTIONARY" }),
			}),
		);
		const path = file(Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize, pageSize })), ".parquet");
		const { blocks } = (await open(path)).read({ coded: [], weights: columns.map((_, index) => index) });
		const weights: number[] = [];
		const unsigned: (boolean | undefined)[] = [];
		let vectors = 0;
		for await (const block of blocks) {
			vectors += vectorCount(block);
			for (let row = 0; row < block.rows; row++) weights.push(...weightsOf(block, row));
			unsigned.push(block.unsigned);
		}
		return { weights, unsigned, vectors };
	}

	test.each([
		[ROWS, 1 << 20],
		[3001, 1 << 20],
		[4096, 700],
		[6000, 4096],
	])("are laid into rows, in row groups of %d and pages of %d bytes", async (rowGroupSize, pageSize) => {
		const { weights, unsigned } = await blocksOf([runs, plain, runs], rowGroupSize, pageSize);
		expect(weights).toEqual(runs.flatMap((number, row) => [number, plain[row] as number, number]));
		expect(unsigned).toEqual([true, true, true]);
	});

	test.each([1 << 20, 700])(
		"share vectors where none of them changes, in pages of %d bytes",
		async (pageSize) => {
			const later = [...runs.slice(5), ...runs.slice(0, 5)];
			const { weights, vectors } = await blocksOf([runs, later, runs], 3001, pageSize);
			expect(weights).toEqual(runs.flatMap((number, row) => [number, later[row] as number, number]));
			const changes = runs.filter((_, row) => runs[row] !== runs[row - 1] || later[row] !== later[row - 1]);
			// One more where a block or a row group begins within a run.
			expect(vectors).toBeGreaterThanOrEqual(changes.length);
			expect(vectors).toBeLessThanOrEqual(changes.length + 6);
		},
	);

	test("tell which blocks have one that may be negative", async () => {
		for (const column of [0, 1]) {
			const columns = [runs, plain].map((numbers, index) =>
				index === column ? numbers.with(5000, -1) : numbers,
			);
			const { weights, unsigned } = await blocksOf(columns, 3001, 4096);
			expect(weights[2 * 5000 + column]).toBe(-1);
			expect(unsigned).toEqual([true, false, true]);
		}
	});

	test("refuse a row without a number", async () => {
		await expect(blocksOf([plain.with(7, Number.NaN), runs], ROWS, 4096)).rejects.toThrow(
			"the weight is empty",
		);
		const gap = [...plain.slice(0, 9), null, ...plain.slice(10)];
		await expect(blocksOf([runs, gap], ROWS, 4096)).rejects.toThrow("the weight is empty");
	});
});

describe("a survey as Parquet", () => {
	const rows = makeRows(9000, 7).map((row, index) =>
		index % 50 === 3 ? row.map((value, column) => (column === 6 ? "" : value)) : row,
	);
	const settings: RatesSpec = {
		pool: ["population"],
		suppress: "none",
		items: ["coaching", "TT3G22A", "conferences"],
	};
	const expected = rates([file(csv(rows))], settings);

	test.each([[1000], [4096], [5000], [100_000]])(
		"gives the numbers of its CSV, to the last digit, in row groups of %d",
		async (rowGroupSize) => {
			const path = file(columnsFile(HEADER, rows, { rowGroupSize, pageSize: 3000 }), ".parquet");
			const { estimates, notes, source } = await rates([path], settings);
			expect(estimates).toEqual((await expected).estimates);
			expect(notes).toEqual((await expected).notes);
			expect(source[0]).toMatchObject({ format: "parquet", rows: 9000 });
		},
	);

	test("from standard input, and packed", async () => {
		const bytes = columnsFile(HEADER, rows);
		const packed = await rates([file(gzipSync(bytes), ".parquet.gz")], settings);
		expect(packed.estimates).toEqual((await expected).estimates);
		const piped = await rates(["-"], {
			...settings,
			stdin: Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]),
		});
		expect(piped.estimates).toEqual((await expected).estimates);
	});

	test("weights are refused with row and column", async () => {
		const empty = rows.map((row, index) => (index === 5000 ? row.with(HEADER.indexOf("TRWGT3"), "") : row));
		const path = file(columnsFile(HEADER, empty), ".parquet");
		await expect(rates([path], settings)).rejects.toMatchObject({
			message: "the weight is empty",
			where: { row: 5001, column: "TRWGT3" },
		});
	});
});

const survey = columnsFile(HEADER, makeRows(60, 4));

async function outcome(bytes: Uint8Array): Promise<string> {
	return rates([file(bytes, ".parquet")], { pool: ["population"], suppress: "none" }).then(
		(results) => JSON.stringify(results.estimates),
		(error: unknown) => {
			if (!(error instanceof UserError)) throw error;
			const line = describeError(error);
			expect(line).not.toMatch(/\n|undefined|\[object/);
			return line;
		},
	);
}

describe("damaged files end in one sentence", () => {
	test("cut off anywhere", async () => {
		for (let length = 4; length < survey.length; length += 2997) {
			expect(await outcome(survey.subarray(0, length))).toMatch(/Parquet file that is cut off/);
		}
	});

	test("with bytes changed", async () => {
		const next = generator(11);
		let refused = 0;
		for (let i = 0; i < 150; i++) {
			const bytes = Buffer.from(survey);
			// Half of the changes hit the footer, where a byte moves most.
			const from = i % 2 === 0 ? 0 : survey.length - 6000;
			const at = from + Math.floor(next() * (survey.length - from));
			bytes[at] = Math.floor(next() * 256);
			if (!(await outcome(bytes)).startsWith("[")) refused += 1;
		}
		expect(refused).toBeGreaterThan(20);
	});

	test.each([
		["encrypted", Buffer.concat([survey.subarray(0, -4), Buffer.from("PARE")]), /encrypted/],
		["a mark alone", Buffer.from("PAR1"), /cut off/],
		["a footer longer than the file", Buffer.from("PAR1\xff\xff\xff\x7fPAR1", "latin1"), /cut off/],
		["an empty footer", Buffer.from("PAR1\0\0\0\0PAR1"), /damaged/],
	])("%s", async (_, bytes, message) => {
		expect(await outcome(bytes)).toMatch(message);
	});

	test("a billion rows promised cost nothing before their bytes are seen", async () => {
		const bytes = parquetOf(
			{ name: "TCHWGT", type: "DOUBLE", data: new Float64Array(10).fill(1), rows: 1_000_000_000n },
			{ name: "CNTRY", type: "STRING", data: Array(10).fill("AUT"), rows: 1_000_000_000n },
		);
		const source = await open(file(bytes, ".parquet"));
		const before = process.memoryUsage().arrayBuffers;
		const read = async () => {
			for await (const _ of source.read({ coded: [1], weights: [0] }).blocks);
		};
		await expect(read()).rejects.toThrow(/damaged/);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
	});
});

describe("packed whole numbers", () => {
	test.each([
		["a run", [0x90, 0x03, 5], 4, Array(200).fill(5)],
		["eight values of three bits", [3, 0x88, 0xc6, 0xfa], 3, [0, 1, 2, 3, 4, 5, 6, 7]],
	])("%s", (_, bytes, width, values) => {
		const target = new Int32Array(values.length);
		new HybridReader(Uint8Array.from(bytes), 0, bytes.length, width).take(target, values.length);
		expect([...target]).toEqual(values);
	});

	test("a run of a billion is not laid out", () => {
		const reader = new HybridReader(Uint8Array.from([0x80, 0xa8, 0xd6, 0xb9, 0x07, 1]), 0, 6, 1);
		const target = new Int32Array(3);
		reader.take(target, 3);
		expect([...target]).toEqual([1, 1, 1]);
	});

	test("what ends too early is refused", () => {
		const target = new Int32Array(16);
		expect(() => new HybridReader(Uint8Array.from([5, 1]), 0, 2, 3).take(target, 16)).toThrow(RangeError);
		expect(() => new HybridReader(new Uint8Array(9), 0, 9, 30)).toThrow(RangeError);
	});
});
