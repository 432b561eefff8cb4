import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-language-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sample = at("data/samples/synthetic-kazakhstan-2018.csv");
const four = at("data/samples/synthetic-talis-2024.csv");

/** A language that is not there: Uzbek, whose messages all have a mark, so that one of another language shows. */
const MARK = "ʻ";

// A package with one file more, and with nothing built anew.
beforeAll(() => {
	for (const part of ["bin", "dist", "data", "package.json"]) {
		cpSync(join(root, part), at(part), { recursive: true });
	}
	symlinkSync(join(root, "node_modules"), at("node_modules"));
	const english: Record<string, string> = JSON.parse(readFileSync(at("data/locales/en.json"), "utf8"));
	const marked = Object.entries(english).map(([key, message]): [string, string] => [
		key,
		key.startsWith("words.") ? message : `${MARK}${message}`,
	]);
	const uzbek = {
		...Object.fromEntries(marked),
		"words.yes-no": "ha/yoʻq",
		"words.counts.program": "dastur",
		"label:Education conferences": "Konferensiyalar",
	};
	writeFileSync(at("data/locales/uz.json"), JSON.stringify(uzbek));
});

function run(...args: string[]): string {
	return execFileSync(process.execPath, [at("bin/talis-pd.js"), ...args], { cwd: folder, encoding: "utf8" });
}

describe("a language more is a file more", () => {
	test.each([
		["rates", [sample, "--topic", "activities", "--by", "gender"]],
		["compare", [sample, "--between", "gender", "--topic", "focus"]],
		["compare between cycles", [sample, four, "--between", "cycle", "--topic", "needs"]],
		["gaps", [sample]],
		["means", [sample]],
		["model", [sample, "--outcome", "types", "--predict", "gender"]],
		["published", ["--topic", "focus", "--country", "KAZ,average"]],
		["reach", [at("data/samples/administrative-counts-kazakhstan.csv")]],
		["inspect", [sample]],
		["inspect variables", [sample, "--variables", "TT3G22A"]],
		["doctor", [join(root, "test/fixtures/doctor/every-defect.csv")]],
		["codebook list", []],
		["codebook check", [sample, "--codebook", "talis-2018-teacher"]],
		["demo", ["--out", "demo"]],
	] as [string, string[]][])("%s speaks it", (name, args) => {
		const [command = "", second] = name.split(" ");
		const words = command === "codebook" ? [command, second as string] : [command];
		const out = run(...words, ...args, "--lang", "uz");
		expect(out).toContain(MARK);
		expect(out).not.toMatch(/undefined|\[object/);
	});

	test.each(["csv", "markdown", "html", "latex", "json"])("in tables as %s", (format) => {
		const out = run("rates", sample, "--topic", "activities", "--lang", "uz", "--format", format);
		expect(out).toContain("Konferensiyalar");
		if (format === "json") expect(JSON.parse(out).settings.lang).toBe("uz");
	});

	test("with its own numbers, and English labels where it has none", () => {
		const out = run("rates", sample, "--topic", "activities", "--lang", "uz");
		expect(out).toMatch(/^Konferensiyalar .*64,8/m);
		expect(out).toMatch(/^In-person courses or seminars .*89,0/m);
	});

	test.each(["chart.svg", "chart.png", "chart.html", "chart.vl.json", "book.xlsx"])("in %s", (file) => {
		run(
			"rates",
			sample,
			"--topic",
			"activities",
			"--lang",
			"uz",
			file === "book.xlsx" ? "--out" : "--chart",
			file,
		);
		expect(existsSync(at(file))).toBe(true);
		if (!/png|xlsx/.test(file)) expect(readFileSync(at(file), "utf8")).toContain("Konferensiyalar");
	});

	test("in saved results rendered again, from and to it", () => {
		run("rates", sample, "--topic", "activities", "--out", "saved.json");
		expect(run("render", "saved.json", "--lang", "uz")).toContain("Konferensiyalar");
		run("rates", sample, "--topic", "activities", "--lang", "uz", "--out", "uz.json");
		expect(run("render", "uz.json")).toContain("Konferensiyalar");
		expect(run("render", "uz.json", "--lang", "en")).toContain("Education conferences");
	});

	test("in help, and in what a wrong language is told", () => {
		expect(run("rates", "--help")).toContain("en, kk, ru or uz");
		const { stderr } = spawnSync(process.execPath, [at("bin/talis-pd.js"), "rates", sample, "--lang", "fr"], {
			encoding: "utf8",
		});
		expect(stderr).toContain("there are: en, kk, ru, uz");
	});

	test("in a report's first config, and in the report that it makes", { timeout: 300_000 }, () => {
		run("report", "init", "report.yaml", "--data", sample);
		const config = parse(readFileSync(at("report.yaml"), "utf8"));
		expect(config.languages).toEqual(["en", "kk", "ru", "uz"]);
		expect(config.title.uz).toBe(`${MARK}Teachers' professional development`);
		const smaller = { ...config, languages: ["uz", "en"], topics: ["activities"], charts: "topics" };
		writeFileSync(at("smaller.yaml"), JSON.stringify(smaller));
		run("report", "smaller.yaml", "--out", "report");
		const page = readFileSync(at("report/index.html"), "utf8");
		expect(page).toContain('<html lang="uz"');
		expect(page).toContain(config.title.uz.replace("'", "&#39;"));
		expect(page).toContain("Konferensiyalar");
		expect(readFileSync(at("report/summary.md"), "utf8")).toContain(MARK);
		expect(readFileSync(at("report/charts/activities.svg"), "utf8")).toContain("Konferensiyalar");
	});

	test("in codebooks: its answers and columns are recognised, and drafts are written in it, too", () => {
		writeFileSync(at("own.csv"), "Trening,Seminar\nha,yoʻq\nyoʻq,ha\nha,ha\n");
		const draft = run("codebook", "init", "own.csv", "--quiet");
		expect(draft).toContain("Write kk, ru and uz beside en");
		const { bases, topics } = parse(draft);
		expect(bases.all.label.uz).toBe(`${MARK}all respondents`);
		expect(Object.keys(topics).length).toBe(1);
		draft.includes("ha") || expect.unreachable();
		const own = parse(draft);
		own.title.uz = "Oʻz soʻrovi";
		writeFileSync(at("own.yaml"), JSON.stringify(own));
		expect(run("rates", "own.csv", "--codebook", "own.yaml", "--lang", "uz", "--format", "json")).toContain(
			"Oʻz soʻrovi",
		);
	});

	test("in administrative counts, whose columns are called by its words", () => {
		writeFileSync(at("counts.csv"), "dastur,year,trained,eligible\nA,2024,5,10\n");
		expect(run("reach", "counts.csv", "--lang", "uz")).toContain(MARK);
	});
});
