import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { model, type ResultSet, rates } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

// What a script meets that nobody watches: names that say too little, variables that are not set, files that changed.

const folder = temporaryFolder();

/** The sample with some of its cells changed, by column. */
function changed(name: string, change: (cells: string[], columns: string[]) => string[]): string {
	const [header = "", ...lines] = readFileSync(SAMPLE, "utf8").trimEnd().split(/\r?\n/);
	const columns = header.split(",");
	const rows = lines.slice(0, 600).map((line) => change(line.split(","), columns).join(","));
	const path = join(folder, name);
	writeFileSync(path, `${[header, ...rows].join("\n")}\n`);
	return path;
}

let small = "";
beforeAll(() => {
	small = changed("small.csv", (cells) => cells);
});

describe("a condition by words", () => {
	test.each([
		["team=1", "TT3G20G", "Induction: team teaching"],
		["expens=1", "TT3G28B", "too expensive"],
	])(
		"%s names the column that it was taken for, in the table and in the settings",
		async (where, column, label) => {
			const asked = ["rates", small, "--item", "coaching", "--where", where];
			const { out } = await run([...asked, "--format", "json"]);
			const { settings, notes }: ResultSet = JSON.parse(out);
			expect(settings.where).toEqual([`${column}=1`]);
			expect(notes.find(({ code }) => code === "column-by-words")).toMatchObject({
				detail: { words: where.slice(0, -2), column },
				text: expect.stringContaining(label),
			});
			expect((await run(asked)).out.replace(/\s+/g, " ")).toContain(`was taken as the column ${column} (`);
		},
	);

	test.each(["eam=1", "pensive=1"])("the inside of a word is no name: %s", async (where) => {
		const { code, err } = await run(["rates", small, "--item", "coaching", "--where", where]);
		expect([code, err]).toEqual([2, expect.stringContaining("there is no group or column")]);
	});

	test("words that several columns have are refused", async () => {
		const { code, err } = await run(["rates", small, "--where", "school=1"]);
		expect([code, err]).toEqual([2, expect.stringMatching(/"school" fits \d+ columns — name one of them: /)]);
	});
});

describe("an empty text does not stand for everything", () => {
	test.each(["--item", "--topic", "--by"])("%s ''", async (flag) => {
		const { code, err } = await run(["rates", small, flag, ""]);
		expect([code, err]).toEqual([2, expect.stringContaining("name at least one, or leave it out")]);
		expect(err.trimEnd().split("\n")).toHaveLength(1);
	});

	test.each([{ items: [] }, { topics: [] }, { items: ["coaching", ""] }])(
		"in the library: %o",
		async (spec) => {
			await expect(rates([small], spec)).rejects.toMatchObject({ name: "UserError", exitCode: 2 });
		},
	);
});

test("a predictor with one value is said to be left out", async () => {
	const { notes, models } = await model([small], {
		...{ outcomes: ["types"], predict: "gender,experience", where: ["gender=female"] },
	});
	expect(models?.[0]?.coefficients.map(({ variable }) => variable)).not.toContain("gender");
	expect(notes).toContainEqual(
		expect.objectContaining({
			code: "model-constant",
			text: "Left out of the model of types, because all its teachers have the same value: gender=female.",
		}),
	);
	await expect(model([small], { outcomes: ["types"], predict: "gender" })).resolves.toMatchObject({
		notes: expect.not.arrayContaining([expect.objectContaining({ code: "model-constant" })]),
	});
});

test("weights that were scaled without their replicates are noted, and doctor counts all replicates", async () => {
	const doubled = changed("doubled.csv", (cells, columns) =>
		cells.map((cell, place) => (columns[place] === "TCHWGT" ? String(2 * Number(cell)) : cell)),
	);
	const codesOf = async (file: string) =>
		(await rates([file], { items: ["peer-coaching"] })).notes.filter(({ code }) => code === "replicates-off");
	expect(await codesOf(small)).toEqual([]);
	const [note] = await codesOf(doubled);
	expect(note?.detail).toMatchObject({ weight: "TCHWGT" });
	expect(note?.detail?.percent).toBeGreaterThan(45);
	expect(note?.detail?.percent).toBeLessThan(55);
	expect((await run(["doctor", doubled])).out).toMatch(
		/100 replicate weights have a sum far from that of TCHWGT/,
	);
});

test("--json-errors and --quiet may stand before the command", async () => {
	const { code, err } = await run(["--quiet", "--json-errors", "rates", small, "--item", "nothing"]);
	expect([code, JSON.parse(err)]).toEqual([
		2,
		expect.objectContaining({ message: 'there is no item "nothing"' }),
	]);
	expect((await run(["--quiet", "rates", small, "--item", "coaching"])).code).toBe(0);
});

test("a script is not written into a file that is called a table", async () => {
	const out = join(folder, "table.csv");
	const { code, err } = await run(["rates", small, "--emit", "r", "--out", out]);
	expect([code, err]).toEqual([2, expect.stringContaining("has the ending of results")]);
	expect((await run(["rates", small, "--emit", "r", "--out", join(folder, "script.R")])).code).toBe(0);
});
