import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type ResultSet } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

/** What is asked, a word that its table has in each language, and a number that it has in every format. */
const QUESTIONS = {
	relate: {
		asked: ["relate", SAMPLE, "--variable", "types,TT3G11B,focus:ict"],
		words: { en: /Correlation/, kk: /корреляция/i, ru: /корреляция/i },
		number: /0[.,]04[01]/,
	},
	"compare --test --within": {
		asked: [
			"compare",
			SAMPLE,
			"--between",
			"experience",
			"--item",
			"peer-coaching",
			"--test",
			"joint",
			"--within",
			"5",
		],
		words: { en: /Rao–Scott/, kk: /Рао–Скотт/, ru: /Рао–Скотта/ },
		number: /2[.,]5[45]/,
	},
	"published --synthesis": {
		asked: [
			...["published", "--cycle", "2024", "--item", "activities:coaching", "--where", "population=isced2"],
			...["--synthesis", "reml", "--moderator", "oecd"],
		],
		words: { en: /random effects/, kk: /кездейсоқ/, ru: /случайн/ },
		number: /33[.,]6?[79]/,
	},
	model: {
		asked: ["model", SAMPLE, "--outcome", "types", "--predict", "gender,experience"],
		words: { en: /R²/, kk: /R²/, ru: /R²/ },
		number: /\d[.,]\d\d/,
	},
} as const;

describe.each(Object.entries(QUESTIONS))("%s", (_, { asked, words, number }) => {
	test.each(LANGUAGES)("a table of 80 columns (%s)", async (language) => {
		const { code, out, err } = await run([...asked, "--lang", language]);
		expect([code, err]).toEqual([0, ""]);
		expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
		expect(out).toMatch(words[language as keyof typeof words]);
		expect(out).toMatch(number);
	});

	test.each(["markdown", "html", "latex", "csv", "json"])("as %s", async (format) => {
		const { code, out } = await run([...asked, "--format", format]);
		expect(code).toBe(0);
		expect(out).toMatch(number);
	});

	test("as a workbook, and again from saved results in another language", async () => {
		const folder = temporaryFolder();
		const saved = join(folder, "results.json");
		for (const file of [join(folder, "results.xlsx"), saved])
			expect((await run([...asked, "--out", file, "--quiet"])).code).toBe(0);
		const { code, out } = await run(["render", saved, "--lang", "ru"]);
		expect(code).toBe(0);
		expect(out).toBe((await run([...asked, "--lang", "ru"])).out);
		const results = JSON.parse(readFileSync(saved, "utf8")) as ResultSet;
		expect(results.schema).toBe("talis-pd/results@1");
	});
});

test.each(LANGUAGES)("forest and leave-one-out are drawn (%s)", async (language) => {
	const folder = temporaryFolder();
	for (const kind of ["forest", "leave-one-out"]) {
		const file = join(folder, `${kind}.svg`);
		const { code } = await run([
			...QUESTIONS["published --synthesis"].asked,
			...["--lang", language, "--kind", kind, "--chart", file, "--quiet"],
		]);
		expect(code).toBe(0);
		const svg = readFileSync(file, "utf8");
		expect(svg).toMatch(/Kazakhstan|Қазақстан|Казахстан/);
		// A square and a text a system, and a diamond for all, for members and for others.
		expect(svg.match(/33[.,]\d \(/g)?.length).toBeGreaterThanOrEqual(1);
		expect(svg.match(/mark-trail/g)).toHaveLength(3);
	}
});

test("bad input is a sentence", async () => {
	const { code, err } = await run(["relate", SAMPLE, "--variable", "types"]);
	expect([code, err.split("\n").length]).toEqual([2, 2]);
});
