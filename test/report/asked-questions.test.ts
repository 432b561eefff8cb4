import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codebooks, type ResultSet, report } from "../../src/index.js";
import { run } from "../cli/support.js";
import { file } from "../support/survey.js";

const MENTOR = "Есть ли у Вас наставник?";
const YEARS = "Сколько лет Вы работаете учителем?";

/** Answers of a year; the share of Да is that of one row in `every`. */
const survey = (every: number) =>
	file(
		[
			["Ваш пол", MENTOR, YEARS].join(","),
			...Array.from({ length: 120 }, (_, row) =>
				[row % 2 === 0 ? "Женский" : "Мужской", row % every === 0 ? "Нет" : "Да", (row * 7) % 41].join(","),
			),
			"",
		].join("\n"),
	);

const folder = mkdtempSync(join(tmpdir(), "talis-pd-questions-"));
const before = survey(10);
const codebook = file((await codebooks.draft(before)).text, ".yaml");
const config = join(folder, "report.yaml");
const configOf = (data: string) =>
	writeFileSync(
		config,
		[
			`title: { ru: Наставники }`,
			`data: ${data}`,
			`codebook: ${codebook}`,
			"languages: [ru]",
			"breakdowns: [vash-pol]",
			"comparisons: [vash-pol]",
			"means: true",
			"charts: none",
			"protect: false",
		].join("\n"),
	);

test("a topic that is one question is asked once, and no colon follows its mark", async () => {
	configOf(before);
	await report(config, join(folder, "first"), { allowOutside: true });
	const summary = readFileSync(join(folder, "first/summary.md"), "utf8");
	expect(summary).toContain(`- «${MENTOR}»: 90,0 % учителей`);
	expect(summary).not.toContain("?:");
	expect(summary).not.toContain(`${MENTOR} «${MENTOR}»`);
});

test("the summary and a gate count the same changes, and a gate speaks one language", async () => {
	configOf(survey(3));
	const baseline = join(folder, "first/results.json");
	const second = join(folder, "second");
	const again = (...more: string[]) =>
		run(["report", config, "--out", second, "--baseline", baseline, "--allow-outside", "--quiet", ...more]);
	const { code, err } = await again("--fail-on", "significant-drop", "--lang", "ru");
	expect(code).toBe(3);
	const { comparisons } = JSON.parse(readFileSync(join(second, "results.json"), "utf8")) as ResultSet;
	const tested = comparisons.filter(({ between, p }) => between.variable === "baseline" && p !== null);
	// Means come with their spread.
	expect(tested.some(({ statistic }) => statistic === "sd")).toBe(true);
	expect(err).toContain(`из ${tested.length} проверенных показателей значимо снизились`);
	const summary = readFileSync(join(second, "summary.md"), "utf8");
	expect(summary).toContain(`По сравнению с прошлым отчётом из ${tested.length} показателей`);
	const english = await again("--fail-on", "data-changed");
	expect(english.err).toBe(
		"talis-pd: the data are not those of the baseline — asked for with --fail-on data-changed\n",
	);
});
