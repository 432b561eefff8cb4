import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import { describe, expect, test } from "vitest";
import { ColumnTypeFinder } from "../../src/convert/column-type.js";
import { conversion } from "../../src/convert/index.js";
import { type ConvertSpec, UserError } from "../../src/index.js";
import type { Variable } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";
import { parseDescriptions, writeDescriptions } from "../../src/read/parquet/variable-metadata.js";
import { normalizeConvert } from "../../src/settings/convert.js";
import { run } from "../cli/support.js";
import { tries } from "../support/long.js";
import { file } from "../support/survey.js";
import { zip } from "../support/zip.js";

const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));
const EXAMPLE = `${FIXTURES}convert.csv`;

async function converted(path: string, spec: ConvertSpec): Promise<Buffer> {
	const chunks: Buffer[] = [];
	const settings = normalizeConvert(path, spec);
	for await (const part of conversion(path, settings, { stdin: Readable.from([]) }).parts) {
		chunks.push(Buffer.from(part));
	}
	return Buffer.concat(chunks);
}

describe("the type of a column gives every text back", () => {
	test.each<[string, string[], ReturnType<ColumnTypeFinder["type"]>]>([
		["codes", ["1", "2", "9"], { kind: "integer", nullable: false, decimals: undefined }],
		["codes and nothing", ["1", "", "-9"], { kind: "integer", nullable: true, decimals: undefined }],
		["leading zeros", ["1", "007"], { kind: "text", nullable: false, decimals: undefined }],
		["a plus", ["+1"], { kind: "text", nullable: false, decimals: undefined }],
		["minus zero", ["-0"], { kind: "text", nullable: false, decimals: undefined }],
		["minus zero with decimals", ["-0.0"], { kind: "text", nullable: false, decimals: undefined }],
		["beyond 32 bits", ["2147483648"], { kind: "double", nullable: false, decimals: undefined }],
		["beyond 2^53", ["9007199254740993"], { kind: "text", nullable: false, decimals: undefined }],
		["fractions", ["1", "2.5"], { kind: "double", nullable: false, decimals: undefined }],
		["two decimals each", ["1.50", "2.25"], { kind: "double", nullable: false, decimals: 2 }],
		["perhaps two codes", ["1.1", "1.10"], { kind: "text", nullable: false, decimals: undefined }],
		[
			"perhaps two codes, with a whole",
			["1.10", "1"],
			{ kind: "text", nullable: false, decimals: undefined },
		],
		[
			"digits no double has",
			["0.12345678901234567891"],
			{ kind: "text", nullable: false, decimals: undefined },
		],
		[
			"seventeen digits of a double",
			["0.30000000000000004"],
			{ kind: "double", nullable: false, decimals: undefined },
		],
		[
			"more digits than tell a double apart",
			["864710756.1999999284744", "1.5"],
			{ kind: "text", nullable: false, decimals: undefined },
		],
		[
			"as many of them in every value",
			["864710756.1999999284744", "0.1000000000000"],
			{ kind: "double", nullable: false, decimals: 13 },
		],
		["decimal commas", ["1,5"], { kind: "text", nullable: false, decimals: undefined }],
		["powers of ten", ["1e5"], { kind: "text", nullable: false, decimals: undefined }],
		["words late", ["1", "2", "n/a"], { kind: "text", nullable: false, decimals: undefined }],
		["nothing", ["", ""], { kind: "text", nullable: true, decimals: undefined }],
	])("%s", (_, texts, type) => {
		const finder = new ColumnTypeFinder();
		for (const text of texts) finder.observe(text);
		expect(finder.type()).toEqual(type);
	});
});

describe("csv → parquet → csv", () => {
	test("gives the same bytes, also packed", async () => {
		const parquet = file(await converted(EXAMPLE, { to: "parquet" }), ".parquet");
		expect((await converted(parquet, { to: "csv" })).toString()).toBe(readFileSync(EXAMPLE, "utf8"));
		expect(gunzipSync(await converted(parquet, { to: "csv.gz" })).toString()).toBe(
			readFileSync(EXAMPLE, "utf8"),
		);
		expect(await converted(file(gzipSync(readFileSync(EXAMPLE)), ".csv.gz"), { to: "parquet" })).toEqual(
			readFileSync(parquet),
		);
	});

	test("weights that schools share are places in a dictionary, others bare numbers", async () => {
		const rows = Array.from({ length: 5000 }, (_, row) =>
			[(Math.floor(row / 10) * 1.37 + 0.1).toFixed(13), (row * 0.7183 + 0.1).toFixed(13)].join(","),
		);
		const csv = file(`SHARED,OWN\n${rows.join("\n")}\n`);
		const parquet = await converted(csv, { to: "parquet" });
		const { row_groups } = parquetMetadata(Uint8Array.from(parquet).buffer);
		const encodings = row_groups[0]?.columns.map(({ meta_data }) => meta_data?.encodings);
		expect(encodings).toEqual([["PLAIN", "RLE_DICTIONARY"], ["PLAIN"]]);
		expect((await converted(file(parquet, ".parquet"), { to: "csv" })).toString()).toBe(
			(await converted(csv, { to: "csv" })).toString(),
		);
	});

	test("whatever stands in the cells", async () => {
		const number = fc.oneof(
			fc.integer().map(String),
			fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
			fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
		);
		const cell = fc.oneof(
			number,
			fc.constantFrom("", "007", "1.50", "1.5", "Ұ, «a»"),
			fc.string({ unit: "grapheme" }),
		);
		const column = fc.oneof(
			fc.array(number, { minLength: 5, maxLength: 5 }),
			fc.array(cell, { minLength: 5, maxLength: 5 }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(column, { minLength: 2, maxLength: 4 }), async (columns) => {
				const clean = columns.map((texts) => texts.map((text) => text.replace(/[\r\0]/g, "").trim()));
				const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
				const rows = Array.from({ length: 5 }, (_, row) =>
					clean.map((texts) => quoted(texts[row] as string)).join(","),
				);
				const first = file(`${columns.map((_, index) => `C${index}`).join(",")}\n${rows.join("\n")}\n`);
				const parquet = file(await converted(first, { to: "parquet" }), ".parquet");
				const csv = await converted(first, { to: "csv" });
				expect((await converted(parquet, { to: "csv" })).toString()).toBe(csv.toString());
			}),
			{ numRuns: tries(60), seed: 5 },
		);
	});

	test("writes what DuckDB read", async () => {
		// The file beside it tells what DuckDB read; test/fixtures/make-parquet.mjs makes both again.
		expect(await converted(EXAMPLE, { to: "parquet" })).toEqual(
			readFileSync(`${FIXTURES}read/talis-pd.parquet`),
		);
	});

	test("in several row groups, with another delimiter", async () => {
		const lines = Array.from({ length: 135_000 }, (_, row) => `${row},1,${row / 8}`);
		const long = file(`ID,A,W\n${lines.join("\n")}\n`);
		const parquet = file(await converted(long, { to: "parquet" }), ".parquet");
		const { row_groups } = parquetMetadata(new Uint8Array(readFileSync(parquet)).buffer);
		expect(row_groups.length).toBe(3);
		const back = await converted(parquet, { to: "csv", delimiter: ";" });
		expect(back.toString().replaceAll(";", ",") === readFileSync(long, "utf8")).toBe(true);
	});
});

const variables: Variable[] = [
	{
		label: "Жынысы",
		type: "number",
		values: new Map([
			["2", "Male"],
			["1", "Female"],
		]),
		missing: { values: ["9", "8"], range: null },
	},
	{
		label: "",
		type: "number",
		values: new Map(),
		missing: { values: ["0"], range: { from: 96, to: Infinity } },
	},
	{
		label: "",
		type: "number",
		values: new Map(),
		missing: { values: [], range: { from: -Infinity, to: -1 } },
	},
	{ label: "Country", type: "text", values: new Map([["FRA", "France"]]), missing: null },
];

describe("labels and declared missing values", () => {
	test("come back from the metadata as they were", () => {
		const text = writeDescriptions(
			variables.map((variable, index) => ({ name: `V${index}`, variable, decimals: index || undefined })),
		);
		const read = parseDescriptions(text, "x.parquet");
		expect([...read.values()].map(({ variable }) => variable)).toEqual(variables);
		expect([...read.values()].map(({ decimals }) => decimals)).toEqual([undefined, 1, 2, 3]);
		expect([...(read.get("V0")?.variable.values.keys() ?? [])]).toEqual(["2", "1"]);
	});

	test("a column without any is described by its type", async () => {
		const source = await openSource(file(await converted(EXAMPLE, { to: "parquet" }), ".parquet"), {
			stdin: Readable.from([]),
		});
		expect(source.variables?.map(({ type }) => type)).toEqual([
			"number",
			"text",
			"text",
			"number",
			"text",
			"number",
			"text",
			"text",
			"number",
		]);
	});

	test.each([
		"{",
		"[]",
		'{"version":2,"variables":[]}',
		'{"version":1,"variables":[{"name":"A","type":"date"}]}',
	])("of another form are refused: %s", (text) =>
		expect(() => parseDescriptions(text, "x.parquet")).toThrow(UserError),
	);
});

describe("talis-pd convert", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-convert-"));
	const at = (name: string) => join(folder, name);

	test("writes by the ending, and says what it wrote", async () => {
		expect(await run(["convert", EXAMPLE, at("a.parquet")])).toEqual({
			code: 0,
			out: "",
			err: `wrote ${at("a.parquet")}: 4 rows, 9 columns\n`,
		});
		const { code, out } = await run(["convert", at("a.parquet"), "-", "--to", "csv", "--delimiter", "tab"]);
		expect([code, out.split("\n")[1]]).toEqual([
			0,
			"1001\tFRA\t007\t1.50\t1.1\t1\tАлматы\t9007199254740993\t21.4837651234567",
		]);
	});

	test.each<[string, string[], RegExp]>([
		["an input", [EXAMPLE, EXAMPLE], /is an input/],
		["no ending", [EXAMPLE, at("data")], /does not say which format to write — add --to/],
		["an SPSS file", [EXAMPLE, at("data.sav")], /data\.sav: \.sav files are not written — name a \.csv/],
		["SPSS", [EXAMPLE, at("data"), "--to", "sav"], /"sav" is not a value of --to/],
		["labels in Parquet", [EXAMPLE, at("b.parquet"), "--labels"], /are for csv/],
		["a delimiter that is none", [EXAMPLE, at("b.csv"), "--delimiter", "x"], /--delimiter/],
		["Parquet to the terminal", [EXAMPLE, "-", "--to", "parquet"], /parquet is not text/],
		["standard input twice", ["-", at("b.parquet")], /takes two passes/],
		["a device twice", ["/dev/null", at("b.parquet")], /takes two passes/],
		["two columns of one name", [file("A,A\n1,2\n"), at("b.parquet")], /has the column A twice/],
		["no such file", [at("none.csv"), at("b.parquet")], /no such file/],
		["no such folder", [EXAMPLE, join(folder, "none", "b.csv")], /does not exist/],
	])("refuses %s", async (_, argv, message) => {
		const { code, out, err } = await run(["convert", ...argv]);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toMatch(message);
		expect(existsSync(at("b.parquet"))).toBe(false);
	});

	test("leaves an old file as it is where the new one fails", async () => {
		writeFileSync(at("old.csv"), "old");
		const { code, err } = await run(["convert", file("A,B\n1,2\n3\n"), at("old.csv")]);
		expect([code, readFileSync(at("old.csv"), "utf8")]).toEqual([2, "old"]);
		expect(err).toMatch(/line 3: has 1 field /);
		expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
	});
});

describe("formats that are not read", () => {
	const head = (text: string) => Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc(600)]);

	test.each<[string, Buffer, RegExp]>([
		[
			"SAS",
			head(`${"\0".repeat(12)}\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92`),
			/is a SAS file.*haven::read_sas/,
		],
		[
			"an SPSS file with a password",
			head("\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15\0\0\0"),
			/with a password.*without/,
		],
		["SAS transport", head("HEADER RECORD*******LIBRARY HEADER RECORD"), /SAS transport/],
		["SPSS portable", head(`${"ASCII SPSS PORT FILE".padStart(60)}`), /portable/],
		[
			"old Excel",
			head("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
			/is an Excel file that is old or has a password.*\.xlsx/,
		],
		[
			"OpenDocument",
			zip([
				{ path: "mimetype", bytes: "" },
				{ path: "content.xml", bytes: "" },
			]),
			/OpenDocument.*\.xlsx/,
		],
		["binary Excel", zip([{ path: "xl/workbook.bin", bytes: "" }]), /binary Excel.*\.xlsx/],
		["R as text", gzipSync(head("A\n3\n263170\n")), /R data written as text/],
		["Feather", head("ARROW1\0\0"), /Arrow or Feather/],
	])("%s is told what to do", async (_, bytes, message) => {
		const { code, err } = await run(["rates", file(bytes, ".dat")]);
		expect(code).toBe(2);
		expect(err).toMatch(message);
	});
});

test("blanks around texts and what is not a number stay as they are", async () => {
	const rows = ["id,name,x", "1, a ,1.5", "2,b,NaN", "3,,", "4,  ,Infinity", "5,NaN,-2"];
	const text = `${rows.join("\n")}\n`;
	const parquet = join(mkdtempSync(join(tmpdir(), "talis-pd-blanks-")), "blanks.parquet");
	expect((await run(["convert", file(text), "-", "--to", "csv"])).out).toBe(text);
	expect((await run(["convert", file(text), parquet])).code).toBe(0);
	expect((await run(["convert", parquet, "-", "--to", "csv"])).out).toBe(text);
	const source = await openSource(parquet);
	const { blocks, dictionaries } = source.read({ coded: [1, 2], weights: [] });
	for await (const _ of blocks);
	// To whoever reads answers it is an empty cell.
	expect(dictionaries.map(({ texts }) => texts)).toEqual([
		["a", "b", ""],
		["1.5", "", "Infinity", "-2"],
	]);
});
