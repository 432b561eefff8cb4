import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { codebooks, samplePath } from "../../src/index.js";
import { file } from "../support/survey.js";
import { sheetRows, workbook } from "../support/xlsx.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

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
			`файл исследования укажите так: --data ${csv}`,
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

describe("words of tables", () => {
	const sample = samplePath();
	const shown = async (...words: string[]) => (await run([...words, "--quiet"])).out;

	test("an item has one label, whatever word found it", async () => {
		const label = "Logistic model of Peer or self-observation and coaching at school";
		for (const outcome of ["coaching", "peer-coaching"]) {
			expect(await shown("model", sample, "--outcome", outcome, "--predict", "gender")).toContain(label);
		}
	});

	test("what two topics call alike is told apart in correlations", async () => {
		expect(await shown("relate", sample, "--variable", "types,focus:ict")).toContain(
			"Topics covered: ICT skills",
		);
	});

	test("codes without an order have no mean, as they have no correlation", async () => {
		expect(await said("means", sample, "--variable", "gender")).toContain(
			"TT3G01 holds codes without an order, which have no mean — talis-pd rates shows the share of each",
		);
	});

	test("a joint test beside the t test of the same pair says that they are two", async () => {
		const asked = ["compare", sample, "--between", "gender", "--item", "network", "--test", "joint"];
		expect(await shown(...asked)).toContain(
			"This F test and the t tests of the differences are different tests",
		);
	});

	test("items that differ in meaning between cycles are not read out one by one", async () => {
		const later = join(dirname(sample), "synthetic-talis-2024.csv");
		const out = await shown(
			"compare",
			sample,
			later,
			"--between",
			"cycle",
			"--topic",
			"activities",
			"--where",
			"country=KAZ",
		);
		expect(out).toContain("not comparable");
		expect(out).not.toContain("not compared");
		expect(out).not.toContain("In words");
	});
});

test("a file of numbers alone is drafted, and rates say what counts nothing", async () => {
	const rows = Array.from(
		{ length: 12 },
		(_, row) => `${row % 7 === 0 ? 4.5 : row + 10.25},${3 * row + 0.5}`,
	);
	const path = file(`Стаж,Часы\n${rows.join("\n")}\n`, ".csv");
	const draft = file((await codebooks.draft(path)).text, ".yaml");
	expect(await said("rates", path, "--codebook", draft, "--lang", "ru")).toContain(
		"в кодовой книге нет показателей, доли которых можно посчитать",
	);
});

describe("an option of one value", () => {
	test("may be repeated as it is, and a comma may stand in a name", async () => {
		const folder = temporaryFolder();
		const chart = join(folder, "a,b.svg");
		const once = ["--item", "coaching", "--level", "0.9", "--level", "0.9", "--chart", chart];
		expect(await run(["rates", SAMPLE, ...once])).toMatchObject({ code: 0 });
		expect(existsSync(chart)).toBe(true);
	});
});

test("what a draft decided is broken between words on a terminal, and one line each in a pipe", async () => {
	const path = join(temporaryFolder(), "form.csv");
	const rows = Array.from({ length: 40 }, (_, row) => `${row % 2},${row % 3 ? 1 : 0},said ${row} of this`);
	writeFileSync(path, `Q1_1,Q1_2,Comments\n${rows.join("\n")}\n`);
	const told = async (isTTY: boolean) => {
		let err = "";
		const stderr = { write: (text: string) => (err += text), isTTY, columns: 60 };
		const stdout = { write() {} };
		await main(["codebook", "init", path], { stdin: process.stdin, stdout, stderr, env: {} });
		return err.replaceAll("\r\u001b[K", "").trimEnd().split("\n");
	};
	const [whole, broken] = [await told(false), await told(true)];
	expect(whole.every((line) => /^(decided|left out|drafted)/.test(line))).toBe(true);
	expect(broken.every((line) => line.length <= 60)).toBe(true);
	expect(broken.join("\n").replaceAll("\n  ", " ")).toBe(whole.join("\n"));
});
