import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeError, UserError } from "../../src/index.js";
import { type DtaFile, dta } from "../support/dta.js";
import { readAll } from "../support/read.js";

const RELEASES = [113, 114, 115, 117, 118, 119] as const;
const long = "жазба ".repeat(700).trim();

/** Every type of cell, at its limits. */
function everything(release: DtaFile["release"], bigEndian: boolean): DtaFile {
	const hasLong = release >= 117;
	const spoken = release >= 118 ? "Алматы" : "Almaty";
	return {
		release,
		bigEndian,
		variables: [
			{
				name: "small",
				type: "byte",
				label: "A small number",
				values: [
					[1, "Yes"],
					[2, "No"],
					[".a", "Refused"],
				],
			},
			{ name: "middle", type: "int" },
			{ name: "large", type: "int32" },
			{ name: "single", type: "float" },
			{ name: "double", type: "double" },
			{ name: "day", type: "int", format: "%td" },
			{ name: "moment", type: "double", format: "%tc" },
			{ name: "text", type: 14 },
			...(hasLong ? ([{ name: "essay", type: "long" }] as const) : []),
		],
		rows: [
			[-127, -32767, -2147483647, -1.5, -1e300, -1, 1500, spoken, long],
			[100, 32740, 2147483620, 0.25, 8e307, 21915, 1893456000000, "", ""],
			[".", ".", ".", ".", ".", ".", ".", "a", "b"],
			[".a", ".b", ".c", ".d", ".e", ".f", ".z", "  c", "d"],
		].map((row) => (hasLong ? row : row.slice(0, -1))),
	};
}

describe.each(RELEASES)("release %d", (release) => {
	test.each([false, true])("every type of cell, big end first: %s", async (bigEndian) => {
		const file = everything(release, bigEndian);
		const { columns, rows, variables, format } = await readAll(dta(file));
		expect(format).toBe("dta");
		expect(columns).toEqual(file.variables.map(({ name }) => name));
		const spoken = file.rows[0]?.[7];
		const essays = release >= 117 ? [[long], [""], ["b"], ["d"]] : [[], [], [], []];
		expect(rows).toEqual(
			[
				["-127", "-32767", "-2147483647", "-1.5", "-1e+300", "1959-12-31", "1960-01-01 00:00:01.5", spoken],
				["100", "32740", "2147483620", "0.25", "8e+307", "2020-01-01", "2020-01-01 00:00:00", ""],
				["", "", "", "", "", "", "", "a"],
				[".a", ".b", ".c", ".d", ".e", ".f", ".z", "c"],
			].map((row, index) => [...row, ...(essays[index] ?? [])]),
		);
		expect(variables[0]).toEqual({
			label: "A small number",
			type: "number",
			values: new Map([
				["1", "Yes"],
				["2", "No"],
				[".a", "Refused"],
			]),
			missing: { values: [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => `.${letter}`), range: null },
		});
	});

	test("a file that is cut off says so, wherever it is cut", async () => {
		const bytes = dta(everything(release, false));
		for (let length = 12; length < bytes.length; length += 31) {
			const error = await readAll(bytes.subarray(0, length)).catch((caught: unknown) => caught);
			// Before 117 nothing marks the end: whole sets of value labels may be missing.
			if (release < 117 && !(error instanceof UserError)) continue;
			expect(error, `${length} of ${bytes.length} bytes`).toBeInstanceOf(UserError);
			expect(describeError(error as UserError)).toMatch(/cut off|damaged/);
		}
	});
});

describe("what cannot be is refused", () => {
	const good = everything(118, false);
	test.each<[string, Buffer, RegExp]>([
		[
			"a release nobody has",
			Buffer.from(dta(good).toString("latin1").replace("<release>118", "<release>120"), "latin1"),
			/release 120, which is not read/,
		],
		["an older release", Buffer.from([108, 2, 1, 0, 0, 0, 0, 0]), /release 108, which is not read/],
		["more rows than there are", dta({ ...good, claims: 5 }), /damaged|cut off/],
		["a billion rows", dta({ ...good, claims: 1e9 }), /cut off within the rows/],
		[
			"no byte order",
			Buffer.from(dta(good).toString("latin1").replace("LSF", "XSF"), "latin1"),
			/byte order/,
		],
		["no rows", dta({ ...good, rows: [] }), /no rows/],
	])("%s", async (_, bytes, message) => {
		const error = await readAll(bytes).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(UserError);
		expect(describeError(error as UserError)).toMatch(message);
	});

	test("a cell that names a long text that is not there", async () => {
		const bytes = dta(good);
		const at = bytes.indexOf("GSO");
		bytes.writeUInt32LE(77, at + 3);
		await expect(readAll(bytes)).rejects.toThrow(/names a long text that is not there/);
	});
});

const hasHaven =
	spawnSync("Rscript", ["-e", "library(haven); library(jsonlite); library(data.table); library(tibble)"])
		.status === 0;

test.skipIf(!hasHaven)(
	`R makes the same fixtures as are kept here${hasHaven ? "" : " (skipped: R, haven, jsonlite, data.table or tibble is absent)"}`,
	{ timeout: 60_000 },
	async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-r-"));
		execFileSync("Rscript", ["test/fixtures/make-r.R", folder], {
			env: { ...process.env, LC_ALL: "C.UTF-8" },
		});
		const made = readdirSync(folder).filter((name) => /\.(dta|rds|RData)$/.test(name));
		expect(made.length).toBe(15);
		for (const name of made) {
			const { sha256: _, ...kept } = await readAll(`test/fixtures/read/${name}`);
			const { sha256: __, ...fresh } = await readAll(join(folder, name));
			expect(fresh, name).toEqual(kept);
			const beside = name.replace(/\.\w+$/, ".json");
			expect(readFileSync(join(folder, beside), "utf8")).toBe(
				readFileSync(`test/fixtures/read/${beside}`, "utf8"),
			);
		}
	},
);
