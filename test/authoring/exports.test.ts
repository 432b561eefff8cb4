import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import { codebooks, rates } from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { apart, root } from "../support/golden.js";
import { file } from "../support/survey.js";

const folder = join(root, "test/fixtures/own");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".csv") ? [name.slice(0, -4)] : []));

interface Expected {
	grids?: Record<string, string[]>;
	items: { topic?: string; label: string; n: number; percent: number }[];
}
const expectedOf = (name: string): Expected => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

test("there are files of every tool", () => {
	expect(names).toEqual([
		"data-office",
		"google-forms-download",
		"google-forms-grid",
		"google-forms-sheets",
		"limesurvey-codes",
		"limesurvey-table",
		"limesurvey-text",
		"microsoft-forms-likert",
		"microsoft-forms",
		"qualtrics",
		"redcap",
		"surveymonkey",
	]);
});

describe.each(names)("%s", (name) => {
	const survey = join(folder, `${name}.csv`);

	test("the draft loads, fits the file, and gives the percentages counted before it was written", async () => {
		const { draft, check } = codebooks;
		// Codes say nothing of which of them count: the fourth does, as was decided when the figures were counted.
		const drafted = await draft(survey);
		const text =
			drafted.questions.length === 0
				? drafted.text
				: drafted.text.replace(/^defaults:\n(?: .*\n)+/m, "").replace(/yes: \[ "\?" \]/, "yes: [ A4 ]");
		const path = file(text, ".yaml");
		expect(parseCodebook(text, "draft").cycle).toBeGreaterThanOrEqual(2025);
		const checked = await check(survey, path);
		// Whether its schools were drawn is asked in the draft, and warned of until it is answered.
		const left = name === "data-office" ? ["psu-none"] : [];
		expect(checked.findings.map(({ code }) => code)).toEqual(left);
		const { estimates } = await rates([survey], { codebook: path });
		const { items, grids = {} } = expectedOf(name);
		const drawn = Object.entries(parseCodebook(text, "draft").grids ?? {});
		expect(drawn.map(([id, { topics }]) => [id, Object.values(topics).map(({ en }) => en)])).toEqual(
			Object.entries(grids),
		);
		expect(text).not.toMatch(/^# Columns nothing was made of:.*(points|name|modified|time|mail)/im);
		for (const { topic, label, n, percent } of items) {
			const found = estimates.filter(
				(one) =>
					one.label === label &&
					one.statistic === "percent" &&
					one.variable !== null &&
					(topic === undefined || one.topic === topic),
			);
			expect(found.length, label).toBe(1);
			expect(found[0]?.n, label).toBe(n);
			expect(apart(found[0]?.estimate, percent), label).toBeLessThan(1e-12);
		}
		const measured = estimates.filter(({ variable }) => variable !== null);
		expect(measured.length).toBe(items.length);
	});

	test("is unweighted only where it has no weight, and every output says so", async () => {
		const { draft } = codebooks;
		const { text, weighted } = await draft(survey);
		const results = await rates([survey], { codebook: file(text, ".yaml") });
		expect(weighted).toBe(name === "data-office");
		const view = { locale: loadLocale("en"), width: 80, color: false };
		for (const format of ["table", "markdown", "json", "csv"]) {
			const word = format === "csv" ? ",weights\n" : /unweighted/i;
			if (weighted) expect(renderText(format, results, view)).not.toMatch(word);
			else expect(renderText(format, results, view)).toMatch(word);
		}
	});
});
