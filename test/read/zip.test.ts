import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeError, inspect, rates, UserError } from "../../src/index.js";
import { findFiles } from "../../src/read/find-files.js";
import { expectSame } from "../support/same.js";
import { csv, file, makeRows } from "../support/survey.js";
import { type ZipMember, zip } from "../support/zip.js";

const plain = csv(makeRows(60, 99));
const SETTINGS = { pool: ["population"], suppress: "none" } as const;
const expected = rates([file(plain)], SETTINGS);
const archive = (...members: ZipMember[]) => file(zip(members), ".zip");
const SURVEY = { path: "TALIS/teachers.csv", bytes: plain };
const README = { path: "readme.txt", bytes: "Read me" };

describe("a file in an archive is read as the file it is", () => {
	const inner = { path: "inner.zip", bytes: zip([SURVEY]), method: 0 };
	test.each<[string, string]>([
		["the only one", archive(SURVEY)],
		["beside what is none", archive(README, { path: "TALIS/", bytes: "", method: 0 }, SURVEY)],
		[
			"beside what file managers put there",
			archive({ path: "__MACOSX/TALIS/._teachers.csv", bytes: "x" }, SURVEY),
		],
		["not packed", archive({ ...SURVEY, method: 0 })],
		["as Zip64", archive({ ...SURVEY, wide: true })],
		["packed by gzip, too", archive({ path: "teachers.csv.gz", bytes: gzipSync(plain) })],
		["by its name", `${archive(README, SURVEY)}/TALIS/teachers.csv`],
		["by a pattern", `${archive(README, SURVEY)}/*.csv`],
		["by a pattern with its folder", `${archive(README, SURVEY)}/TALIS/*`],
		[
			"with letters that patterns have",
			`${archive({ path: "data (1) [2].csv", bytes: plain })}/data (1) [2].csv`,
		],
		["in an archive in it", archive(README, inner)],
		["in an archive in it, by its name", `${archive(README, inner)}/inner.zip/TALIS/teachers.csv`],
	])("%s", async (_, name) => {
		const found = await rates([name], SETTINGS);
		expectSame(found, await expected);
		expect(found.source[0]).toMatchObject({ format: "csv", rows: 60 });
		expect(["teachers.csv", "teachers.csv.gz", "data (1) [2].csv"]).toContain(found.source[0]?.file);
	});

	test("with the SHA-256 it has when it is unpacked", async () => {
		const found = await rates([archive(README, SURVEY)], SETTINGS);
		expect(found.source[0]?.sha256).toBe(createHash("sha256").update(plain).digest("hex"));
	});

	test.each([1, 2])("from standard input, in %d archives", async (depth) => {
		const bytes = depth === 1 ? zip([README, SURVEY]) : zip([{ path: "a.zip", bytes: zip([SURVEY]) }]);
		expectSame(await rates(["-"], { ...SETTINGS, stdin: Readable.from([bytes]) }), await expected);
	});

	test("whatever its name ends in", async () => {
		expectSame(await rates([file(zip([SURVEY]), ".dat")], SETTINGS), await expected);
		expect((await inspect(file(zip([SURVEY]), ".dat"))).rows).toBe(60);
	});

	test("several are files of one survey, in the order of their names", async () => {
		const rows = makeRows(60, 99);
		const parts = [csv(rows.slice(0, 30)), csv(rows.slice(30))];
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-zip-"));
		writeFileSync(
			join(folder, "b.zip"),
			zip([
				{ path: "2.csv", bytes: parts[1] as string },
				{ path: "1.csv", bytes: parts[0] as string },
			]),
		);
		writeFileSync(join(folder, "notes.md"), "");
		const found = await rates([join(folder, "*.zip")], SETTINGS);
		expect(found.source.map(({ file: name }) => name)).toEqual(["1.csv", "2.csv"]);
		expectSame(found, await expected);
		expect((await findFiles([join(folder, "*.zip/*.csv")])).map((name) => resolve(name))).toEqual([
			join(folder, "b.zip/1.csv"),
			join(folder, "b.zip/2.csv"),
		]);
	});

	test("a folder that is named like an archive is a folder", async () => {
		const folder = join(mkdtempSync(join(tmpdir(), "talis-pd-zip-")), "data.zip");
		mkdirSync(folder);
		writeFileSync(join(folder, "teachers.csv"), plain);
		expectSame(await rates([join(folder, "teachers.csv")], SETTINGS), await expected);
		await expect(rates([join(folder, "absent.csv")])).rejects.toThrow(/no such file/);
	});
});

describe("archives that cannot be", () => {
	const bomb = Buffer.alloc(300 << 20);
	const good = zip([SURVEY]);
	const flipped = Buffer.from(good);
	flipped[200] = (flipped[200] as number) ^ 0x10;
	const twice = zip([SURVEY, { path: "schools.csv", bytes: plain }]);
	test.each<[string, string, RegExp]>([
		["encrypted", archive({ ...SURVEY, encrypted: true }), /\.zip\/TALIS\/teachers\.csv: is encrypted/],
		["packed by a method nobody reads", archive({ ...SURVEY, method: 12 }), /method 12/],
		["made to grow", archive({ path: "bomb.csv", bytes: bomb }), /would grow from \d+ bytes to 314572800/],
		["longer than it claims", archive({ ...SURVEY, size: 100 }), /damaged or cut off/],
		["shorter than it claims", archive({ ...SURVEY, size: plain.length + 10 }), /damaged or cut off/],
		["with another checksum", archive({ ...SURVEY, sum: 7 }), /damaged or cut off/],
		["with a bit that is wrong", file(flipped, ".zip"), /damaged|line|encoding/],
		["cut off", file(good.subarray(0, good.length - 30), ".zip"), /damaged or cut off/],
		["empty", archive(), /is an empty archive/],
		["without a survey file", archive({ path: "a.pdf", bytes: "x" }), /holds no survey file: a\.pdf/],
		[
			"without the file asked for",
			`${archive(SURVEY)}/other.csv`,
			/has no file other\.csv.*TALIS\/teachers\.csv/,
		],
		["without one that matches", `${archive(SURVEY)}/*.sav`, /has no file that matches \*\.sav/],
		["that are absent", "absent.zip/a.csv", /absent\.zip: there is no such file/],
		[
			"three deep",
			archive({ path: "a.zip", bytes: zip([{ path: "b.zip", bytes: zip([SURVEY]) }]) }),
			/holds no survey file: a\.zip\/b\.zip/,
		],
		["with files over each other", file(Buffer.concat([good.subarray(0, 40), good]), ".zip"), /./],
	])("%s", async (_, name, message) => {
		const error = await rates([name]).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(UserError);
		expect((error as UserError).exitCode).toBe(2);
		expect(describeError(error as UserError)).toMatch(message);
	});

	test("with several survey files, where one is wanted", async () => {
		const error = await rates(["-"], { stdin: Readable.from([twice]) }).catch((caught: unknown) => caught);
		expect(describeError(error as UserError)).toMatch(
			/several survey files: TALIS\/teachers\.csv, schools\.csv/,
		);
	});

	test("three deep, from standard input", async () => {
		const bytes = zip([{ path: "a.zip", bytes: zip([{ path: "b.zip", bytes: zip([SURVEY]) }]) }]);
		const error = await rates(["-"], { stdin: Readable.from([bytes]) }).catch((caught: unknown) => caught);
		expect(describeError(error as UserError)).toMatch(/within an archive within an archive/);
	});
});
