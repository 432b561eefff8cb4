import { randomBytes } from "node:crypto";
import { createWriteStream, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGzip } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { Columns, type RowPage } from "../../src/doctor/check.js";
import { Findings } from "../../src/doctor/findings.js";
import { Ids } from "../../src/doctor/ids.js";
import { describeError, type UserError } from "../../src/index.js";
import { inMemory } from "../../src/read/stored.js";
import { mergesOf } from "../../src/read/xlsx/workbook.js";
import { BlockLoops } from "../../src/tabulate/block-loops.js";
import { temporaryFolder } from "../cli/support.js";
import { dta } from "../support/dta.js";
import { root } from "../support/golden.js";
import { isLong } from "../support/long.js";
import { readAll } from "../support/read.js";
import { sav } from "../support/sav.js";
import { zip } from "../support/zip.js";
import { refusal } from "./refusal.js";
import { CODEBOOK, written } from "./survey.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const refused = async (bytes: Buffer) =>
	describeError((await readAll(bytes).catch((caught: unknown) => caught)) as UserError);

describe("what is more than the tool takes is refused", () => {
	const rows = Array.from({ length: 5100 }, (_, id) =>
		[id, id % 20, `v${id % 12}`, id % 300, (id * 7) % 3 ? 1 : 2, (id * 5) % 4 ? 1 : 2, 1].join(","),
	);
	const { data, codebook } = written(folder, { rows });
	const asked = [data, "--codebook", codebook, "--suppress", "none"];
	const topic = ["--topic", "constructor"];

	test("groups", async () => {
		expect(await refusal("rates", ...asked, ...topic, "--by", "id")).toContain("makes more than 5000 groups");
	});

	test("pairs that are not asked for", async () => {
		expect(await refusal("compare", ...asked, ...topic, "--between", "sex")).toContain("make 66 pairs");
	});

	const model = ["model", ...asked, "--outcome", "constructor:constructor", "--predict"];

	test.each([
		["factor(id)", "ID has more than 1000 levels"],
		["factor(kind)", "the predictors make 300 coefficients, more than 250"],
		[
			["id", "school", "sex", "kind", "toString", "w"].map((name) => `number(${name})`).join("*"),
			"an interaction of 6 variables is asked for, and 5 are the most",
		],
	])("a model of %s", async (terms, message) => {
		expect(await refusal(...model, terms)).toContain(message);
	});

	test("items of a list", async () => {
		const many = Array.from(
			{ length: 249 },
			(_, item) => `      i${item}: { variable: c${item}, label: { en: one } }`,
		).join("\n");
		const rule = "    derived:\n      all-of: { label: { en: a }, rule: any-of }\n";
		const long = CODEBOOK.replace("    items:\n", `${rule}    items:\n${many}\n`);
		const file = join(folder, "long.yaml");
		writeFileSync(file, long);
		expect(await refusal("rates", data, "--codebook", file)).toMatch(/251 items, and 250 is the most/);
	});

	test("teachers whose ids are compared: a file of more is told so, and read on", () => {
		const survey = loadCodebook("talis-2018-teacher");
		const findings = new Findings();
		const picked = new Columns();
		const names = ["IDTEACH", "IDSCHOOL", "CNTRY", "IDPOP"];
		const ids = new Ids(survey, names, names.length, picked, findings, 30);
		for (const part of [0, 1, 2, 3]) {
			const own = Array.from({ length: 10 }, (_, row) => String(part * 10 + row));
			const texts = (slot: number) => (picked.texts.columns[slot] === 0 ? own : own.map(() => "1"));
			const place = (row: number) => ({ line: part * 10 + row });
			ids.take({ block: { rows: 10 }, texts, place } as unknown as RowPage);
		}
		ids.end();
		expect(findings.list()).toEqual([
			{ severity: "warning", code: "ids-many", column: "IDTEACH", expected: "30", rows: 10, line: 30 },
		]);
	});
});

describe("what no survey file has is damage, and told as such", () => {
	test("files of an archive, and files that lie over each other", async () => {
		const members = Array.from({ length: 10_001 }, (_, place) => ({ path: `${place}.csv`, bytes: "" }));
		expect(await refused(zip(members))).toContain("lists more than 10000 files");
		const one = zip([{ path: "a.csv", bytes: "A\n1\n" }]);
		one.writeUInt32LE(1_000_000, one.indexOf(Buffer.from("504b0102", "hex")) + 20);
		expect(await refused(one)).toContain("lists files that lie over each other");
	});

	// Two gigabytes: only in the long run.
	if (isLong)
		test("what is unpacked in memory, as a packed Parquet file has to be", { timeout: 300_000 }, async () => {
			const piece = Buffer.concat([randomBytes(1 << 14), Buffer.alloc((1 << 20) - (1 << 14))]);
			const pieces = function* () {
				yield Buffer.from("PAR1");
				for (let place = 0; place < 2 ** 11; place++) yield piece;
			};
			const file = join(folder, "large.parquet.gz");
			await pipeline(Readable.from(pieces()), createGzip({ level: 1 }), createWriteStream(file));
			expect(await refusal("rates", file)).toContain("too large to be unpacked in memory");
		});

	test("merged cells of a sheet", async () => {
		const cells = Array.from({ length: 100_001 }, (_, row) => `<mergeCell ref="A${row + 1}:B${row + 1}"/>`);
		const type = "http://schemas.openxmlformats.org";
		const book = zip([
			{
				path: "xl/workbook.xml",
				bytes: `<workbook xmlns:r="${type}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			},
			{
				path: "xl/_rels/workbook.xml.rels",
				bytes: `<Relationships><Relationship Id="rId1" Type="${type}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			},
			{
				path: "xl/worksheets/sheet1.xml",
				bytes: `<worksheet><sheetData/><mergeCells>${cells.join("")}</mergeCells></worksheet>`,
			},
		]);
		await expect(
			mergesOf(inMemory(book), { name: "a", place: 0, hidden: false }, "merged.xlsx"),
		).rejects.toThrow("has more than 100000 merged cells");
	});

	test("columns and bytes of a row that a Stata file claims", async () => {
		const small = { variables: [{ name: "a", type: 2045 }], rows: [["x"]] };
		const many = dta({ ...small, release: 119, bigEndian: false });
		many.writeUInt32LE(120_001, many.indexOf("<K>") + 3);
		expect(await refused(many)).toContain("it claims 120001 variables");
		const variables = Array.from({ length: 16_500 }, (_, place) => ({ name: `v${place}`, type: 2045 }));
		const wide = dta({ variables, rows: [], release: 118, bigEndian: false });
		expect(await refused(wide)).toContain(`a row claims ${16_500 * 2045} bytes`);
	});

	test("an archive within an archive, by what it says of itself", async () => {
		const inner = { path: "a.zip", bytes: zip([{ path: "b.csv", bytes: "A\n1\n" }]), size: 2 ** 30 + 1 };
		const file = join(folder, "outer.zip");
		writeFileSync(file, zip([inner]));
		expect(await refusal("rates", file)).toContain("is an archive within an archive, and too large");
	});

	test("labels of SPSS and Stata", async () => {
		const label = "x".repeat(30_000);
		const variables = Array.from({ length: 2300 }, (_, place) => ({ name: `V${place}`, label }));
		expect(await refused(sav({ variables, rows: [variables.map(() => 1)] }))).toContain(
			"its dictionary goes on for more than 64 MB",
		);
		const values = Array.from({ length: 800 }, (_, code): [number, string] => [code, label]);
		const three = ["a", "b", "c"].map((name) => ({ name, type: "int" as const, values }));
		expect(await refused(dta({ variables: three, rows: [[1, 1, 1]], release: 118 }))).toContain(
			"its value labels go on for more than 64 MB",
		);
	});

	test("what R keeps beside its numbers, and what xz looks back on", async () => {
		const plain = readFileSync(join(root, "test/fixtures/read/r-plain.rds"));
		const found = new Set<string>();
		// Wherever a vector of texts begins, it claims more.
		for (
			let at = plain.indexOf("00000010", 0, "hex");
			at >= 0;
			at = plain.indexOf("00000010", at + 1, "hex")
		) {
			const copy = Buffer.from(plain);
			copy.writeInt32BE(2 ** 22 + 1, at + 4);
			found.add(await refused(copy));
		}
		expect([...found].join()).toContain(`an attribute has ${2 ** 22 + 1} elements`);
		const packed = readFileSync(join(root, "test/fixtures/read/r-xz.rds"));
		const place = packed.indexOf("2101", 12, "hex") + 2;
		packed[place] = 40;
		packed.writeUInt32LE(crc32(packed.subarray(12, 20)), 20);
		expect(await refused(packed)).toMatch(/xz file is damaged or cut off/);
	});

	test("sums of a block of rows", () => {
		const block = { rows: 1 << 16, width: 10_001, vector: new Int32Array(1 << 16).map((_, row) => row) };
		expect(() => new BlockLoops({ ...block, weights: [], states: [], codes: [] } as never, [])).toThrow(
			"a block of rows has more sums than fit into memory",
		);
	});

	test("objects of R within each other", async () => {
		const plain = readFileSync(join(root, "test/fixtures/read/r-plain.rds"));
		const header = plain.subarray(0, plain.indexOf("UTF-8") + 5);
		const list = Buffer.from("0000001300000001", "hex");
		const deep = Buffer.concat([
			header,
			...Array.from({ length: 300 }, () => list),
			Buffer.from("000000fe", "hex"),
		]);
		expect(await refused(deep)).toMatch(/objects stand within each other 201 deep/);
	});
});

/** Rooms in which numbers say how things look and are proposed, and refuse nothing. */
const LOOKS = ["authoring", "chart", "emit", "present", "profile", "report", "wording"];

/** Limits of what is kept, searched or said, which refuse nothing. */
const NOT_REFUSING = new Set([
	"src/analysis/saved/changes.ts: MOST_CHANGE",
	"src/analysis/result/measure-notes.ts: MOST_NAMED",
	"src/analysis/saved/changes.ts: MOST_NAMED",
	"src/analysis/survey/refusals.ts: MOST_FRACTIONS",
	"src/base/key-of.ts: LONGEST",
	"src/base/suggest.ts: MOST",
	"src/cli/open.ts: PATIENCE_MS",
	"src/codebook/meaning/labelled-columns.ts: MOST_CODES",
	"src/codebook/plan/scope.ts: MOST_NAMED",
	"src/convert/dictionaries.ts: MOST_TEXTS",
	"src/convert/row-group.ts: MOST_ROWS",
	"src/doctor/ids.ts: MOST_SHAPES",
	"src/doctor/undeclared.ts: MOST",
	"src/library/render.ts: MOST_DRAWN",
	"src/model/logistic.ts: MOST_STEPS",
	"src/model/logistic.ts: MOST_SHORT_STEPS",
	"src/model/model-sums.ts: MOST_CELLS",
	"src/platform/links.ts: MOST_LINKS",
	"src/platform/turns.ts: LONGEST_MS",
	"src/protect/lattice.ts: MOST_CROSSED",
	"src/protect/structure.ts: MOST_IN_A_BAND",
	"src/reach/count-columns.ts: MOST_LISTED",
	"src/read/database/clickhouse.ts: LONGEST_QUERY",
	"src/read/database/clickhouse.ts: LONGEST_WAIT",
	"src/read/database/postgresql.ts: LONGEST_GOODBYE",
	"src/read/dta/layout.ts: LONGEST_TEXT",
	"src/read/encoding.ts: MOST_BESIDE",
	"src/read/find-files.ts: MOST_TOLD",
	"src/read/header-rows.ts: MOST_EXTRA",
	"src/read/sav/slab.ts: MOST_ROWS",
	"src/read/unpack/bzip2.ts: MOST_BLOCK_BYTES",
	"src/read/unpack/bzip2.ts: MOST_CODE_BITS",
	"src/read/zip/members.ts: MOST_NAMED",
	"src/stats/meta-analysis.ts: MOST_HALVINGS",
	"src/stats/meta-analysis.ts: MOST_STEPS",
	"src/tabulate/block-loops.ts: MOST_KEYS",
]);

test("every limit of src/ is in docs/limits.md, or refuses nothing", () => {
	const table = readFileSync(join(root, "docs/limits.md"), "utf8");
	const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
		name.endsWith(".ts"),
	);
	const limits = files.flatMap((name) =>
		[
			...readFileSync(join(root, "src", name), "utf8").matchAll(
				/^(?:export )?const (?:\[([A-Z_, ]+)\]|([A-Z][A-Z_]+))(?::[^=]+)? =/gm,
			),
		].flatMap(([, several, one]) =>
			(several ?? one ?? "")
				.split(", ")
				.filter((own) => /^(MOST|MAX|LONGEST|LARGEST|LIMIT|PATIENCE)/.test(own))
				.map((own) => `src/${name.replaceAll("\\", "/")}: ${own}`),
		),
	);
	expect(limits.length).toBeGreaterThan(50);
	const looks = (limit: string) => LOOKS.some((room) => limit.startsWith(`src/${room}/`));
	const told = (limit: string) => table.includes(`\`${limit}\``);
	expect(
		limits.filter((limit) => !told(limit) && !looks(limit) && !NOT_REFUSING.has(limit)).toSorted(),
	).toEqual([]);
	expect([...NOT_REFUSING].filter((limit) => told(limit) || !limits.includes(limit))).toEqual([]);
});
