import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explain, LANGUAGES, rates } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");
const NATIONAL = join(root, "data/samples/synthetic-national-pd-survey.csv");

const QUESTIONS = [
	[SAMPLE, { items: ["peer-coaching"] }],
	[SAMPLE, { items: ["focus:ict"], by: ["experience"], where: ["experience=0-5"] }],
	[TALIS_2024, { items: ["needs:ai"], where: ["country=KAZ"] }],
	[SAMPLE, { items: ["network"], where: ["gender=female"] }],
	[NATIONAL, { items: ["activities:conferences"], where: ["gender=female"] }],
] as const;

describe.each(QUESTIONS)("%s, %j", (file, asked) => {
	const ask = () => explain([file], { ...asked, suppress: "none" });

	test("is the percentage of rates, made of its own parts", async () => {
		const { estimate, weights, counts, rows, replicates, constant } = await ask();
		const { estimates } = await rates([file], { ...asked, suppress: "none" });
		expect([estimate]).toEqual(estimates);
		expect((100 * weights.yes) / weights.valid).toBeCloseTo(estimate.estimate as number, 10);
		expect(counts.yes + counts.no).toBe(estimate.n);
		const { missing, notApplicable, notAdministered } = counts;
		expect((estimate.n as number) + missing + notApplicable + notAdministered).toBe(rows.group);
		if (constant === null) return expect(replicates).toEqual([]);
		const squares = replicates.reduce((sum, theta) => sum + (theta - (estimate.estimate as number)) ** 2, 0);
		expect(Math.sqrt(constant * squares)).toBeCloseTo(estimate.se as number, 10);
	});
});

test("of all teachers, also those who were led past the question", async () => {
	const { estimate, counts } = await explain([SAMPLE], { items: ["focus:ict"], base: "all" });
	const { estimates } = await rates([SAMPLE], { items: ["focus:ict"], base: "all" });
	expect([estimate]).toEqual(estimates);
	expect(counts.yes + counts.no).toBe(estimate.n);
});

test("missing answers by reason, where the column itself tells", async () => {
	const { counts } = await explain([SAMPLE], { items: ["peer-coaching"] });
	expect(counts).toEqual({
		...{ yes: 1859, no: 118, missing: 23, notApplicable: 0, notAdministered: 0 },
		...{ notReached: 2, omitted: 21 },
	});
	expect((await explain([SAMPLE], { items: ["activities:any"] })).counts.omitted).toBe(null);
});

test("what the publisher printed of the same", async () => {
	const { published } = await explain([SAMPLE], { items: ["focus:ict"] });
	expect(published).toMatchObject([{ system: "KAZ", cycle: 2018 }]);
	expect(published[0]?.estimate).toBeCloseTo(89.52, 2);
});

test.each(LANGUAGES)("in plain words and in R, within 80 columns (%s)", async (language) => {
	const { code, out } = await run(["explain", SAMPLE, "--item", "focus:ict", "--lang", language]);
	expect(code).toBe(0);
	const isPath = (line: string) => line.includes(SAMPLE);
	const lines = out.split("\n").filter((line) => !isPath(line));
	expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
	for (const part of [/89[.,]50/, /1[,\u00a0]942/, /\b29\b/, /•/, /┴/, /89[.,]52/]) expect(out).toMatch(part);
	expect(out).toContain("\n    suppressPackageStartupMessages(library(survey))\n");
});

test.each(LANGUAGES)("what takes many lines of R fits 80 columns, too (%s)", async (language) => {
	const asked = ["--item", "activities:any", "--by", "age", "--where", "age=30-49", "--lang", language];
	const { out } = await run(["explain", TALIS_2024, ...asked, "--where", "country=KAZ"]);
	const lines = out.split("\n").filter((line) => !line.includes(TALIS_2024));
	expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
	expect(out).toContain(language === "en" ? "√(0.04 · Σ" : "√(0,04 · Σ");
});

test.each([
	["kk", "  # Салмағы жоқ.", "# Мұнда 94.00319561 0.6451751681:"],
	["ru", "  # Нет веса.", "# Здесь 94.00319561 0.6451751681:"],
	["en", "  # No weight.", "# Here 94.00319561 0.6451751681:"],
] as const)("letters are themselves, comments are in %s, and counts have signs", async (lang, none, here) => {
	const path = join(temporaryFolder(), "мұғалім.csv");
	cpSync(SAMPLE, path);
	const { out } = await run(["explain", path, "--item", "peer-coaching", "--lang", lang]);
	expect(out).toContain('мұғалім.csv"');
	for (const part of [none, here]) expect(out).toContain(part);
	const thousand = lang === "en" ? "1,977" : "1\u00a0977";
	expect(out).toContain(thousand);
	expect(out).not.toMatch(/\b1977\b|\\U\{/);
});

test.each(["kk", "ru"] as const)("all comments of long R are in %s", async (lang) => {
	const asked = ["--item", "activities:any", "--by", "age", "--where", "age=30-49", "--where", "country=KAZ"];
	const { out } = await run(["explain", TALIS_2024, ...asked, "--lang", lang]);
	const comments = out.match(/^ +# .*$/gm) ?? [];
	expect(comments.length).toBeGreaterThan(7);
	expect(comments.filter((line) => /[A-Za-z]{3}/.test(line))).toEqual([]);
});

test.each([
	[["--item", "ict,parents"], "2 items fit"],
	[["--item", "coaching", "--by", "gender"], "2 groups fit"],
	[["--item", "activities:types"], "percentages are explained"],
	[["--item", "focus:ict", "--where", "TT3G11B=39"], "the figure is not shown"],
])("%j is refused", async (more, sentence) => {
	const { code, err } = await run(["explain", SAMPLE, ...more]);
	expect(code).toBe(2);
	expect(err).toContain(sentence);
});
