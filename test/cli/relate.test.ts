import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES, type ResultSet } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

const ASKED = ["relate", SAMPLE, "--variable", "types,TT3G11B,focus:ict"];

test.each(LANGUAGES)("the table fits 80 columns and names both variables (%s)", async (language) => {
	const { code, out, err } = await run([...ASKED, "--by", "gender", "--lang", language]);
	expect([code, err]).toEqual([0, ""]);
	expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
	const words: Record<string, RegExp> = { en: /Correlation/, kk: /корреляция/i, ru: /корреляция/i };
	expect(out).toMatch(words[language] as RegExp);
});

test.each(["markdown", "html", "latex", "csv"])("as %s", async (format) => {
	const { code, out } = await run([...ASKED, "--format", format]);
	expect(code).toBe(0);
	expect(out).toMatch(/TT3G11B|Years of work experience/);
	expect(out).toMatch(/0\.041|0\.0406/);
});

test("as a workbook, and again from saved results in another language", async () => {
	const folder = temporaryFolder();
	const saved = join(folder, "relations.json");
	expect((await run([...ASKED, "--out", join(folder, "relations.xlsx"), "--quiet"])).code).toBe(0);
	expect((await run([...ASKED, "--out", saved, "--quiet"])).code).toBe(0);
	const results = JSON.parse(readFileSync(saved, "utf8")) as ResultSet;
	expect(results.relations).toHaveLength(3);
	const { code, out } = await run(["render", saved, "--lang", "ru"]);
	expect(code).toBe(0);
	expect(out).toMatch(/Корреляции/);
	expect(out).toMatch(/Стаж|лет|видов/i);
});

test("bad input is a sentence", async () => {
	const { code, err } = await run(["relate", SAMPLE, "--variable", "types"]);
	expect([code, err.split("\n").length]).toEqual([2, 2]);
});
