import { describe, expect, test } from "vitest";
import { chartSpec } from "../../src/chart/index.js";
import { differencesFinding } from "../../src/findings/differences.js";
import { inWords } from "../../src/findings/finding.js";
import { meansFinding } from "../../src/findings/means.js";
import { effectsFinding, modelFinding } from "../../src/findings/models.js";
import { sharesFinding } from "../../src/findings/shares.js";
import { compare, LANGUAGES, means, model, published, type ResultSet } from "../../src/index.js";
import { isSignificant } from "../../src/results/significance.js";
import { loadLocale } from "../../src/wording/locale.js";
import { genders, oneGroup, trend } from "../chart/examples.js";
import { SAMPLE } from "../cli/support.js";

const en = loadLocale("en");
const said = (results: ResultSet) => {
	const finding = differencesFinding(results, en);
	return finding === null ? null : inWords(finding, en);
};

describe("a difference", () => {
	test("is claimed where it is tested and significant, and counted as the results have it", async () => {
		const results = await compare([SAMPLE], { between: "gender", topics: ["activities"] });
		const count = results.comparisons.filter((row) => isSignificant(row, results.settings)).length;
		expect(differencesFinding(results, en)).toMatchObject({
			key: "differ",
			values: { a: "women", b: "men", count, of: results.comparisons.length },
		});
		expect(said(results)).toBe(
			`Women and men differ significantly in ${count} of 12 items, most in “Observation visits to other schools” (+7.5\u00a0points)`,
		);
	});

	test("is not claimed where nothing is significant", async () => {
		const results = await compare([SAMPLE], { between: "gender", topics: ["activities"] });
		const comparisons = results.comparisons.map((row) => ({ ...row, p: 0.3, pAdjusted: 0.9 }));
		expect(said({ ...results, comparisons } as ResultSet)).toBe(
			"Women and men do not differ significantly in any of 12 items",
		);
	});

	test("is not claimed where nothing was tested: both figures stand beside each other", () => {
		const results = genders("en");
		expect(differencesFinding(results, en)).toBeNull();
		expect(inWords(sharesFinding(results) as never, en)).toMatch(/^“Peer and.*: Female 70\.5%, Male 75\.0%$/);
	});

	test("is not claimed of means of two groups, and the foot names the method of each kind of interval", async () => {
		const results = await means([SAMPLE], { variables: ["types"], by: ["gender"] });
		expect(inWords(meansFinding(results) as never, en)).toMatch(/: Female \d+\.\d+, Male \d+\.\d+$/);
		const spec = JSON.stringify(chartSpec(results, { locale: en, kind: "means" }));
		expect(spec).toContain("95% confidence interval (Wald");
	});

	test("between cycles counts rises and falls of what compares", () => {
		const results = trend("en");
		const shown = results.comparisons.filter(({ difference }) => difference !== null);
		const moved = shown.filter((row) => isSignificant(row, results.settings));
		const up = moved.filter(({ difference }) => Number(difference) > 0).length;
		expect(said(results)).toContain(
			`From 2018 to 2024, ${moved.length} of ${shown.length} figures changed significantly (${up} up, ${moved.length - up} down)`,
		);
	});
});

describe("more than half", () => {
	test("is said of items whose whole interval is above it", () => {
		const results = oneGroup("en");
		const own = results.estimates.filter(({ item }) => item !== "any");
		const surely = own.filter(({ ciLow }) => (ciLow ?? 0) > 50).length;
		expect(own.filter(({ estimate }) => (estimate ?? 0) > 50).length).toBeGreaterThan(surely);
		expect(sharesFinding(results)?.values).toMatchObject({ count: surely, of: own.length });
	});
});

describe("several models", () => {
	const fitted = model([SAMPLE], {
		...{ outcomes: ["coaching", "courses-online"], predict: "gender,experience,age", effects: true },
	});
	const terms = ({ models = [] }: ResultSet) =>
		models.flatMap(({ coefficients }) => coefficients.filter(({ term }) => term !== "(intercept)"));

	test("count the significant coefficients, and in how many models the term that most often is", async () => {
		const results = await fitted;
		const significant = terms(results).filter(({ p }) => p !== null && p < 0.05);
		const finding = modelFinding(results);
		const { item, times, tests, up, down } = (finding?.values ?? {}) as Record<string, number | string>;
		const own = significant.filter(({ label }) => label === item);
		expect(finding).toMatchObject({
			key: "models",
			values: { models: 2, of: terms(results).length, count: significant.length },
		});
		expect([times, tests, up]).toEqual([
			own.length,
			2,
			own.filter(({ estimate }) => Number(estimate) > 0).length,
		]);
		expect(Number(up) + Number(down)).toBe(own.length);
		for (const { label } of significant) {
			expect(significant.filter((row) => row.label === label).length).toBeLessThanOrEqual(own.length);
		}
		const clear = terms(results).filter(({ ame }) => Number(ame?.ciLow) * Number(ame?.ciHigh) > 0);
		expect(effectsFinding(results)?.values).toMatchObject({ count: clear.length });
	});

	test("claim nothing where no coefficient is significant, and name the outcome they share", async () => {
		const results = await fitted;
		const models = results.models?.map((one) => ({
			...{ ...one, outcome: { ...one.outcome, label: "Coaching" } },
			coefficients: one.coefficients.map((row) => ({ ...row, p: 0.3 })),
		}));
		const finding = modelFinding({ ...results, models } as ResultSet);
		expect(inWords(finding as never, en)).toBe(
			`Coaching: none of ${terms(results).length} coefficients in 2 models is significant`,
		);
	});
});

test.each(LANGUAGES)("a title says what was found, and its topic stands under it (%s)", (language) => {
	const results = published({ countries: ["KAZ", "SGP", "EST"], items: ["activities:coaching"], language });
	const locale = loadLocale(language);
	const titled = (title?: string) =>
		chartSpec(results, { locale, ...(title === undefined ? {} : { title }) }) as unknown as {
			title: { text: string[]; subtitle: string[] };
			description: string;
		};
	const { title, description } = titled();
	const finding = title.text.join(" ");
	expect(finding).toMatch(/\d+[.,]\d/);
	expect(description.startsWith(finding)).toBe(true);
	const topic = titled("topic").title.text.join(" ");
	expect(topic).not.toBe(finding);
	expect(title.subtitle.join(" ").startsWith(topic)).toBe(true);
	expect(titled("Our own words").title.text).toEqual(["Our own words"]);
});
