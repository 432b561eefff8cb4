import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { translated } from "../../src/analysis/saved/translate.js";
import { LANGUAGES, type ResultSet, rates, samplePath, UserError } from "../../src/index.js";
import { FORMATS, formatOfFile, renderText } from "../../src/present/index.js";
import { widthOf } from "../../src/present/text/text-width.js";
import { loadLocale } from "../../src/wording/locale.js";

const ESC = "\u001b";
const view = (language: (typeof LANGUAGES)[number] = "en", width = 80, color = false) => ({
	locale: loadLocale(language),
	width,
	color,
});

let one: ResultSet;
let several: ResultSet;

beforeAll(async () => {
	one = await rates([samplePath()], { counts: true });
	several = await rates([samplePath()], { by: ["age", "gender"], total: true, topics: ["activities"] });
});

describe.each(LANGUAGES)("the table in %s", (language) => {
	test.each([80, 60, 120])("fits %i columns", async (width) => {
		const spoken = await rates([samplePath()], { language, by: ["age", "gender"], topics: ["focus"] });
		for (const results of [spoken, await rates([samplePath()], { language })]) {
			const lines = renderText("table", results, view(language, width)).split("\n");
			for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(width);
		}
	});

	test("is kept as a snapshot", async () => {
		const results = await rates([samplePath()], { language, topics: ["activities"] });
		await expect(renderText("table", results, view(language))).toMatchFileSnapshot(
			`../snapshots/present/activities.${language}.txt`,
		);
		const groups = await rates([samplePath()], {
			language,
			topics: ["activities"],
			by: ["gender"],
			total: true,
		});
		await expect(renderText("table", groups, view(language))).toMatchFileSnapshot(
			`../snapshots/present/activities-by-gender.${language}.txt`,
		);
	});
});

test("colour is a choice", () => {
	expect(renderText("table", one, view("en", 80, false))).not.toContain(ESC);
	expect(renderText("table", one, view("en", 80, true))).toContain(ESC);
});

test("decimals stand under each other", () => {
	const tables = renderText("table", several, view()).split("\n\n");
	const aligned = tables.map((table) => {
		const rows = table.split("\n").filter((line) => /\d\.\d \(\d+\.\d\)/.test(line));
		return rows.map((line) => JSON.stringify([...line.matchAll(/\.\d \(/g)].map(({ index }) => index)));
	});
	const filled = aligned.filter((rows) => rows.length > 5);
	expect(filled.length).toBeGreaterThan(1);
	for (const rows of filled) expect(new Set(rows).size).toBe(1);
});

test.each(["table", "csv", "markdown", "json"])("%s says that the data are synthetic", (format) => {
	expect(renderText(format, one, view())).toMatch(/synthetic/i);
});

test("csv reads back to the same numbers", () => {
	const { data } = Papa.parse<Record<string, string>>(renderText("csv", several, view()), {
		header: true,
		skipEmptyLines: true,
	});
	expect(data.length).toBe(several.estimates.length);
	for (const [index, row] of data.entries()) {
		const estimate = several.estimates[index];
		expect([row.item, row.age, row.gender]).toEqual([
			estimate?.item,
			estimate?.group.age,
			estimate?.group.gender,
		]);
		expect(row.estimate === "" ? null : Number(row.estimate)).toBe(estimate?.estimate);
		expect(row.se === "" ? null : Number(row.se)).toBe(estimate?.se);
	}
});

test("json reads back to the same results", () => {
	expect(JSON.parse(renderText("json", one, view()))).toEqual(one);
});

test("a table, csv and markdown show the same figures", () => {
	const coaching = one.estimates.find(
		({ item, statistic }) => item === "peer-coaching" && statistic === "percent",
	);
	const shown = `${coaching?.estimate?.toFixed(1)} (${coaching?.se?.toFixed(1)})`;
	expect(shown).toBe("94.0 (0.6)");
	expect(renderText("markdown", one, view())).toContain(shown);
	expect(renderText("table", one, view())).toMatch(/94\.0 +\(0\.6\)/);
});

test("hidden figures show their status, marked ones both", async () => {
	const spec = { by: ["language", "age", "novice", "gender"], topics: ["activities"], items: ["coaching"] };
	const hidden = await rates([samplePath()], spec);
	expect(hidden.estimates.some(({ status }) => status === "few-teachers")).toBe(true);
	expect(renderText("table", hidden, view())).toContain("too few teachers");
	const shown = await rates([samplePath()], { ...spec, suppress: "none" });
	expect(renderText("table", shown, view())).toMatch(/\) !/);
});

test("labels that would run as formulas, or break a table, do neither", () => {
	const hostile = structuredClone(one);
	for (const estimate of hostile.estimates) estimate.label = '=1+1|"x"\n<script>';
	const { data } = Papa.parse<Record<string, string>>(renderText("csv", hostile, view()), {
		header: true,
		skipEmptyLines: true,
	});
	expect(data[0]?.label).toBe(`'${hostile.estimates[0]?.label}`);
	const table = renderText("markdown", hostile, view());
	expect(table).not.toContain("<script>");
	for (const line of table.split("\n").filter((row) => row.startsWith("|"))) {
		expect(line.replaceAll("\\|", "").split("|").length).toBe(6);
	}
});

test.each(["table", "csv", "markdown", "html", "latex"])(
	"%s has no character that steers a terminal",
	(format) => {
		const hostile = structuredClone(one);
		for (const estimate of hostile.estimates) estimate.label = `${ESC}[2Jred\u0000\u0007\u009b1m`;
		for (const topic of Object.values(hostile.labels?.topics ?? {})) topic.title = `${ESC}]0;x\u0007`;
		const text = renderText(format, hostile, view());
		expect(text).toContain("red");
		expect(text.replace(/[\n\t]/g, "")).not.toMatch(/\p{Cc}/u);
	},
);

test("what is hidden before a formula does not let it run", () => {
	const hostile = structuredClone(one);
	for (const estimate of hostile.estimates) estimate.label = "\u0000=1+1";
	expect(renderText("csv", hostile, view())).toContain(",' =1+1,");
});

test.each([
	["en", "2 rows have no value of “Gender” and are left out."],
	["kk", "«Жынысы» мәні жоқ 2 жол есепке алынбады."],
	["ru", "Не учтено строк без значения «Пол»: 2."],
] as const)("notes name a breakdown as tables do (%s)", async (language, text) => {
	const results = await rates([samplePath()], { by: ["gender"], language });
	const note = results.notes.find(({ code }) => code === "rows-without-value");
	expect(note).toMatchObject({ text, detail: { breakdown: "gender", rows: 2 } });
	const saved = await rates([samplePath()], { by: ["gender"], language: language === "ru" ? "kk" : "ru" });
	expect(translated(saved, language).notes).toContainEqual(note);
});

test("formats by name and by ending", () => {
	expect(FORMATS).toEqual(["table", "json", "csv", "xlsx", "markdown", "html", "latex"]);
	expect(["a.csv", "b.JSON", "c.md", "d.xlsx", "e.htm", "f.tex"].map(formatOfFile)).toEqual([
		...["csv", "json", "markdown", "xlsx", "html", "latex"],
	]);
	expect(() => formatOfFile("d.doc")).toThrow(UserError);
	expect(() => renderText("tabel", one, view())).toThrow(UserError);
});
