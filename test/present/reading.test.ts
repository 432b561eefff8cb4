import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/results/result-set.js";
import { readingOf } from "../../src/wording/comparison-sentence.js";
import { type Language, loadLocale } from "../../src/wording/locale.js";
import { byGender, comparison, untested } from "./comparing.js";

/** The sentence of one comparison, with ordinary blanks. */
function reading(row: Comparison, language: Language = "en", settings: Record<string, unknown> = {}): string {
	const results = { ...byGender(language), comparisons: [row] };
	results.settings = { ...results.settings, ...settings };
	return readingOf(row, results, loadLocale(language)).replaceAll("\u00a0", " ");
}

const COACHING = comparison([7.678, 2.9], [15.343, 5.2], {
	...{ label: "Coaching", ciLow: -19.79, ciHigh: 4.44, pAdjusted: 0.424 },
});

test("a difference is said in every language", () => {
	expect(reading(COACHING)).toBe(
		"Coaching: female 7.7 points lower than male, 95% CI −19.8 to 4.4, not significant",
	);
	expect(reading(COACHING, "ru")).toBe(
		"Coaching: «Женщины» — на 7,7 п. п. ниже, чем «Мужчины», 95 % ДИ от −19,8 до 4,4, различие незначимо",
	);
	expect(reading(COACHING, "kk")).toBe(
		"Coaching: «Әйелдер» көрсеткіші «Ерлер» көрсеткішінен 7,7 п. т. төмен, 95 % СА [−19,8; 4,4], статистикалық мәнді емес",
	);
});

describe("the sign", () => {
	const of = (difference: number) => reading({ ...COACHING, difference });

	test.each([
		[0.04, "0.04 points higher"],
		[-0.0004, "0.0004 points lower"],
		[-0.05, "0.1 points lower"],
		[12.345, "12.3 points higher"],
	])("of %d goes by the full number", (difference, text) => {
		expect(of(difference)).toContain(`female ${text} than male`);
	});

	test("of nothing is none", () => {
		expect(of(0)).toContain("Coaching: no difference between female and male");
	});
});

test("means have no points", () => {
	const row = { ...COACHING, statistic: "mean" as const, difference: 0.314, label: "Kinds" };
	expect(reading(row)).toMatch(/^Kinds: female 0\.31 higher than male, /);
	expect(reading(row, "ru")).toContain("на 0,31 выше, чем ");
});

test("names keep their capitals, and cycles are years", () => {
	const countries = { ...COACHING, between: { variable: "country", a: "FRA", b: "average:oecd-30" } };
	expect(reading(countries)).toContain("France 7.7 points lower than OECD average-30");
	const cycles = { ...COACHING, between: { variable: "cycle", a: "2024", b: "2018" } };
	expect(reading(cycles)).toContain("Coaching: 7.7 points lower in 2024 than in 2018, ");
	const ages = { ...COACHING, between: { variable: "age", a: "under-30", b: "50-plus" } };
	expect(reading(ages)).toContain("Coaching: 7.7 points lower for Under 30 than for 50 and over, ");
	const items = { ...COACHING, between: { variable: "item", a: "courses", b: "other" } };
	expect(reading(items)).toMatch(/^In-person courses or seminars 7\.7 points lower than Other activities, /);
});

test("what decides is the adjusted p-value, held against the level", () => {
	const row = { ...COACHING, p: 0.001, pAdjusted: 0.04 };
	expect(reading(row)).toMatch(/, significant$/);
	expect(reading(row, "en", { level: 0.99 })).toMatch(/99% CI .*, not significant$/);
	expect(reading({ ...row, pAdjusted: null })).toMatch(/, significant$/);
	expect(reading({ ...row, pAdjusted: 0.05 })).toMatch(/, not significant$/);
	expect(reading({ ...row, p: null, pAdjusted: null })).toMatch(/, not tested$/);
});

test("beside an interval that excludes 0 it says what took the significance away", () => {
	const row = { ...COACHING, ciLow: -14, ciHigh: -1, p: 0.02, pAdjusted: 0.2 };
	expect(reading(row)).toMatch(/95% CI −14\.0 to −1\.0, not significant after adjustment$/);
	expect(reading(row, "kk")).toMatch(/түзетуден кейін мәнді емес$/);
	expect(reading(row, "ru")).toMatch(/незначимо после поправки$/);
	expect(reading(row, "en", { adjust: "none" })).toMatch(/, not significant$/);
});

test("without a difference it says why", () => {
	expect(reading(untested(COACHING, { status: "suppressed" }))).toBe(
		"Coaching: female and male not compared (suppressed)",
	);
	expect(reading({ ...COACHING, kind: "same-data", difference: 0 })).toContain("(same data)");
});

test("topics and groups are named where there are several", () => {
	const results = byGender("en");
	const [first] = results.comparisons;
	expect(readingOf(first as Comparison, results, loadLocale("en"))).toMatch(
		/^Kazakhstan · In-person courses/,
	);
	results.comparisons.push({ ...COACHING, topic: "measures" });
	expect(readingOf(first as Comparison, results, loadLocale("en"))).toMatch(/^Activities · Kazakhstan · In-/);
});
