import { describe, expect, test } from "vitest";
import { renderText } from "../../src/present/index.js";
import { widthOf } from "../../src/present/text/text-width.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { LANGUAGES, type Language, loadLocale } from "../../src/wording/locale.js";
import { betweenItems, byGender, gaps, means, severalPairs, withAverage } from "./comparing.js";
import { fixture, THREE } from "./fixture.js";

const ESC = "\u001b";
const COLOR = new RegExp(`${ESC}\\[\\d+m`, "g");
const table = (results: ResultSet, width = 80, language: Language = "en", color = false) =>
	renderText("table", results, { locale: loadLocale(language), width, color });

const KINDS: [name: string, results: (language: Language) => ResultSet][] = [
	["compare-gender", (language) => byGender(language)],
	["compare-pairs", severalPairs],
	["compare-average", withAverage],
	["compare-items", betweenItems],
	["gaps", (language) => gaps(language, ["KAZ", "FRA"])],
	["means", (language) => means(language)],
	["means-by-country", (language) => means(language, ["KAZ", "FRA"])],
];

describe.each(LANGUAGES)("in %s", (language) => {
	test.each(KINDS)("%s is kept as a snapshot", async (name, results) => {
		await expect(table(results(language), 80, language)).toMatchFileSnapshot(
			`../snapshots/present/${name}.${language}.txt`,
		);
	});

	test.each(KINDS)("%s never leaves the page", (_, results) => {
		for (const width of [40, 50, 60, 80, 100, 140]) {
			const text = table(results(language), width, language);
			for (const line of text.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(width);
		}
	});

	test.each(KINDS)("%s shows the same letters with and without colour", (_, results) => {
		const colored = table(results(language), 80, language, true);
		expect(colored).toContain(ESC);
		expect(colored.replaceAll(COLOR, "")).toBe(table(results(language), 80, language));
	});
});

test("the difference, its p-value and the mark stay longest", () => {
	const heads = (width: number) =>
		table(byGender("en"), width)
			.split("\n")
			.find((line) => line.startsWith("Item"));
	expect(heads(100)).toMatch(/Female +Male +Diff\. \(SE\) +95% CI +p +p adj\./);
	expect(heads(80)).toMatch(/Female +Male +Diff\. \(SE\) +95% CI +p adj\./);
	expect(heads(66)).toMatch(/Female +Male +Diff\. \(SE\) +p adj\./);
	expect(table(byGender("en"), 40)).toMatch(/In-person +5\.1 +\(1\.5\) +0\.002 \*/);
	expect(table(byGender("en"), 60)).toContain("No room for: Female, Male, 95% CI, p");
	expect(table(gaps("en"), 100)).toMatch(/12\.6 \(1\.6\) \* +<0\.001/);
});

test("numbers of a column stand under each other", () => {
	const lines = table(byGender("en")).split("\n\n")[1]?.split("\n") ?? [];
	const places = lines.flatMap((line) => [...line.matchAll(/\.\d \(| \* ?$/g)].map(({ index }) => index));
	expect(lines.length).toBeGreaterThan(5);
	expect(new Set(places).size).toBeLessThanOrEqual(2);
});

test("groups are the rows where one item is compared once in each", () => {
	const results = byGender("en");
	results.comparisons = results.comparisons.filter(({ item }) => item === "courses");
	const text = table(results);
	expect(text).toContain("Base: all teachers\nIn-person courses or seminars\nDifference = Female − Male");
	expect(text).toMatch(/^Group .*\nKazakhstan +90\.2 .*\nFrance +90\.2 /m);
});

test("without adjustment there is one p-value", () => {
	const results = byGender("en");
	results.settings = { ...results.settings, adjust: "none", df: "inf" };
	expect(table(results, 120)).toMatch(/95% CI +p\n/);
	expect(table(results)).toContain("* p < 0.05, not adjusted for the number of comparisons; normal");
});

test("rates with a benchmark show the rates, then the differences", () => {
	const compared = byGender("en", [{ country: "KAZ" }]);
	const results = { ...fixture(THREE), comparisons: compared.comparisons, labels: compared.labels };
	results.settings = { ...results.settings, adjust: "none" };
	const text = table(results as ResultSet);
	expect(text.indexOf("Item, % (SE)")).toBeGreaterThan(-1);
	expect(text.indexOf("Item, % (SE)")).toBeLessThan(text.indexOf("Difference = Female − Male"));
	expect(text).toContain("95% logit intervals; 95% intervals of differences");
	const csv = renderText("csv", results as ResultSet, { locale: loadLocale("en"), width: 80, color: false });
	expect(csv.split("\n").length).toBe(results.estimates.length + 2);
	expect(csv).not.toContain("p_adjusted");
});
