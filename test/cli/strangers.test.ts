import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codebooks } from "../../src/index.js";
import { file } from "../support/survey.js";
import { sheetRows, workbook } from "../support/xlsx.js";
import { run } from "./support.js";

const LINES = [
	"Курсы,Семинары",
	...Array.from({ length: 30 }, (_, row) => (row % 2 === 0 ? "Да,Нет" : "Нет,Да")),
];
const csv = file(`${LINES.join("\n")}\n`);
const codebook = file((await codebooks.draft(csv)).text, ".yaml");
const said = async (...words: string[]) => {
	const { code, err } = await run(words);
	expect(code).toBe(2);
	return err;
};

describe("a country that has no figures", () => {
	test.each([
		["KGZ", "эта страна в исследовании не участвовала или значений не публиковала"],
		["RUS", "в таблицах этого цикла их нет; возможно, есть в другом цикле"],
		["Казакстан", "возможно, KAZ («Казахстан»)?"],
		["Kazakstan", "возможно, KAZ («Kazakhstan»)?"],
	])("published --country %s", async (country, hint) => {
		expect(await said("published", "--country", country, "--lang", "ru")).toBe(
			`talis-pd: нет опубликованных значений для «${country}» — ${hint}\n`,
		);
	});
});

test("published figures of TALIS do not stand beside another survey", async () => {
	const err = await said("rates", csv, "--codebook", codebook, "--benchmark", "KAZ@2024");
	expect(err).toMatch(
		/^talis-pd: the survey ".*" has no published figures — figures of TALIS stand beside TALIS/,
	);
});

test("a sheet that is not the survey's is told from it, with what to say", async () => {
	const path = file(
		workbook({
			sheets: [
				{ name: "Ответы", rows: sheetRows(LINES.map((line) => line.split(","))) },
				{
					name: "Сводка",
					rows: sheetRows([
						["Итого", "Число"],
						["всего", 30],
					]),
				},
			],
		}),
		".xlsx",
	);
	const asked = ["--sheet", "Сводка", "--lang", "ru"];
	const hint = 'в книге есть другие листы: напишите --sheet "Ответы"';
	expect(await said("rates", path, "--codebook", codebook, ...asked)).toBe(
		`talis-pd: на листе «Сводка» нет ни одного из запрошенных столбцов: Курсы, Семинары — ${hint}\n`,
	);
	expect(await said("codebook", "init", path, ...asked)).toContain(hint);
});

describe("a report", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-strangers-"));

	test("in a language opens and is summarised in it, whatever comes first in its config", async () => {
		const config = file(
			[
				"title: { en: Courses, ru: Курсы }",
				`data: ${csv}`,
				`codebook: ${codebook}`,
				"languages: [en, ru]",
				"charts: none",
			].join("\n"),
			".yaml",
		);
		const summary = async (...more: string[]) => {
			const out = join(folder, more.join("") || "own");
			const { code } = await run(["report", config, "--out", out, "--quiet", ...more]);
			expect(code).toBe(0);
			return readFileSync(join(out, "summary.md"), "utf8");
		};
		expect(await summary()).toMatch(/^# Courses\n\n## Key findings/);
		expect(await summary("--lang", "ru")).toMatch(/^# Курсы\n\n## Основные выводы/);
	});

	test("has a config in the reader's language, which is not written over a survey", async () => {
		const config = join(folder, "report.yaml");
		await run(["report", "init", config, "--data", csv, "--codebook", codebook, "--lang", "ru", "--quiet"]);
		const text = readFileSync(config, "utf8");
		expect(text).toContain("languages: [ru, en, kk]");
		expect(text).toContain("Excel .xlsx, SPSS .sav, Stata .dta, R .rds или Parquet.");
		expect(text).toMatch(/^# df: design +# inf или число$/m);
		expect(await said("report", "init", csv, "--lang", "ru")).toContain(
			`файл исследования назовите так: --data ${csv}`,
		);
	});
});

test("what was written is told in the language asked for", async () => {
	const out = file("", ".json");
	const { err } = await run(["rates", csv, "--codebook", codebook, "--out", out, "--lang", "ru"]);
	expect(err).toBe(`записан ${out}\n`);
});

test("an average as published is no reference, and the sentence names what is", async () => {
	const { out } = await run(["published", "--topic", "barriers", "--country", "KAZ,UZB", "--format", "json"]);
	const results = file(out, ".json");
	const against = (average: string) =>
		said("compare", results, "--between", "country", "--reference", `average:${average}`);
	expect(await against("oecd-27")).toContain("say --reference average:oecd or --average oecd;");
	expect(await against("oecd")).toContain("talis-pd published without --country has all that are published");
});
