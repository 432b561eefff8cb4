import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/golden.js";
import { run, SAMPLE } from "./support.js";

const FOUR = join(root, "data/samples/synthetic-talis-2024.csv");
const KINDS = [
	...["peer-coaching", "courses-in-person", "network", "other", "courses-online", "conferences"],
	...["qualification-programme", "school-visits", "business-visits", "professional-literature"],
].join(",");

describe("a model that cannot be is refused in a sentence", () => {
	test.each([
		[
			"no variation in the outcome",
			["--outcome", "peer-coaching", "--predict", "gender", "--where", "peer-coaching=yes"],
			/^talis-pd: KAZ: No model of peer-coaching: all teachers have the same value — choose another outcome/,
		],
		[
			"fewer schools than coefficients",
			[
				...["--outcome", "types", "--predict", "gender,age,experience"],
				...["--where", "IDSCHOOL=1001,1002", "--suppress", "none"],
			],
			/too few schools or replicates for so many coefficients — use fewer predictors/,
		],
		[
			"a predictor that decides the answer",
			["--outcome", "activities:any", "--predict", "peer-coaching"],
			/the answer of some teachers is fully determined by activities:peer-coaching/,
		],
		[
			"predictors that an outcome is made of",
			["--outcome", "types", "--predict", KINDS],
			/its predictors determine the value of every teacher — leave out what the outcome is made of/,
		],
		[
			"an unknown term",
			["--outcome", "types", "--predict", "gendr"],
			/there is no group or column "gendr" — did you mean gender/,
		],
		["an unknown part of an interaction", ["--outcome", "types", "--predict", "gender * agge"], /"agge"/],
		[
			"the outcome among its predictors",
			["--outcome", "types", "--predict", "gender,types"],
			/activities:types is the outcome, so it cannot be a predictor/,
		],
		[
			"the same by its column",
			["--outcome", "peer-coaching", "--predict", "TT3G22G"],
			/activities:peer-coaching is the outcome/,
		],
		[
			"the same by its column's levels",
			["--outcome", "peer-coaching", "--predict", "factor(TT3G22G)"],
			/activities:peer-coaching is the outcome/,
		],
		[
			"a predictor times itself by another name",
			["--outcome", "types", "--predict", "needs:ict * TT3G27E"],
			/needs:ict is multiplied by itself/,
		],
		["no predictor", ["--outcome", "types"], /a model needs predictors/],
		["no outcome", ["--predict", "gender"], /a model needs an outcome/],
		[
			"a level that nobody has",
			["--outcome", "types", "--predict", "gender", "--reference", "gender=neither"],
			/neither/,
		],
	])("%s", async (_, words, message) => {
		const { code, out, err } = await run(["model", SAMPLE, ...words]);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toMatch(message);
		expect(err.trimEnd().split("\n")).toHaveLength(1);
	});

	test.each([
		[["--outcome", "needs:ai", "--predict", "barriers:cost"]],
		[["--outcome", "types", "--predict", "needs:ai,barriers:cost"]],
		[["--outcome", "types", "--define", "both = needs:ai and barriers:cost", "--predict", "both"]],
	])("%o of different forms", async (words) => {
		const { code, err } = await run(["model", FOUR, ...words]);
		expect(code).toBe(2);
		expect(err).toMatch(/they stand on different forms/);
	});
});

test("a predictor that goes by two names is one", async () => {
	const asked = ["model", SAMPLE, "--outcome", "types", "--format", "csv", "--predict"];
	const [once, twice] = [await run([...asked, "needs:ict"]), await run([...asked, "needs:ict,TT3G27E"])];
	expect(twice.code).toBe(0);
	expect(twice.out).toBe(once.out);
});

test("relate and compare refuse what they cannot test", async () => {
	for (const [words, message] of [
		[["relate", SAMPLE, "--variable", "types"], /nothing to be correlated/],
		[["relate", SAMPLE, "--variable", "types,nonsense"], /nonsense/],
		[["relate", SAMPLE, "--variables", "types,nonsense"], /nonsense/],
		[["relate", SAMPLE, "--variable", "types", "--variables", "TT3G02"], /cannot be used with option/],
		[["relate", SAMPLE, "--alpha", "TT3G11A"], /a scale has two columns or more/],
		[
			["compare", SAMPLE, "--between", "items", "--item", "peer-coaching,network", "--test", "joint"],
			/levels/,
		],
		[["rates", SAMPLE, "--item", "network", "--synthesis", "reml"], /no figures of two systems/],
		[["rates", SAMPLE, "--item", "x", "--define", "x = any(peer-coaching"], /is not a definition/],
	] as const) {
		const { code, err } = await run([...words]);
		expect(code).toBe(2);
		expect(err).toMatch(message);
	}
});

test("published has no concepts of one's own, and offers none", async () => {
	const { out } = await run(["published", "--help"]);
	expect(out).toContain("--statistic");
	expect(out).not.toContain("--define");
});

describe("a concept with a part that was not asked", () => {
	// `ai` stands on forms B and C: of form A nobody was asked, so that nobody of it is counted.
	test("one no decides that all is a no only among those who were asked everything", async () => {
		const asked = async (define: string) => {
			const { out } = await run([
				...["rates", FOUR, "--define", define, "--item", "x", "--format", "json", "--where", "country=KAZ"],
			]);
			const [row] = JSON.parse(out).estimates;
			return row as { n: number; estimate: number };
		};
		const both = await asked("x = needs:ai and activities:coaching");
		const needs = await asked("x = any(needs:ai)");
		// A no to the other part decides for those who left the need out; the third of form A was not asked.
		expect(both.n).toBeGreaterThanOrEqual(needs.n);
		expect(both.n).toBeLessThanOrEqual(Math.ceil((800 * 2) / 3));
		expect(both.estimate).toBeLessThan(needs.estimate);
	});
});

test("saved models and correlations are not compared, and the sentence says what is", async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-models-"));
	const file = join(folder, "model.json");
	await run(["model", SAMPLE, "--outcome", "types", "--predict", "gender", "--out", file]);
	const { code, err } = await run(["compare", file, "--between", "country"]);
	expect(code).toBe(2);
	expect(err).toMatch(
		/holds a model, and coefficients of separate results are not comparable — compare percentages/,
	);
});

test.each(["table", "csv", "markdown", "html", "latex"])(
	"models, relations and syntheses as %s",
	async (format) => {
		for (const words of [
			["model", FOUR, "--outcome", "types", "--predict", "experience", "--synthesis", "reml"],
			[
				"model",
				FOUR,
				"--outcome",
				"coaching",
				"--predict",
				"experience",
				"--effects",
				"--at",
				"experience=0-5",
			],
			["relate", FOUR, "--variable", "types,activities:coaching", "--rank"],
			["compare", FOUR, "--between", "experience", "--item", "coaching", "--test", "joint", "--within", "5"],
		]) {
			const { code, out, err } = await run([...words, "--format", format]);
			expect([code, err]).toEqual([0, ""]);
			expect(out.split("\n").length).toBeGreaterThan(2);
			expect(out).not.toMatch(/undefined|NaN|\[object/);
			if (format !== "table") continue;
			expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
		}
	},
	60_000,
);

test("the terms of each model side by side have their names in another language, also in its syntheses", async () => {
	const models = ["--model", "some: gender", "--model", "more: gender,experience", "--synthesis", "reml"];
	const saved = join(mkdtempSync(join(tmpdir(), "talis-pd-terms-")), "models.json");
	const { code } = await run(["model", FOUR, "--outcome", "coaching", ...models, "--out", saved]);
	expect(code).toBe(0);
	const { out } = await run(["render", saved, "--lang", "ru"]);
	expect(out).toMatch(/Пол: Мужчины \(some\)[\s\S]*Педагогический стаж: 6–10 лет\s*\(more\)/);
	expect(out).not.toMatch(/experience/i);
});

test("a joint test goes by the whole name of a number, and by that of a factor without its levels", async () => {
	const { out } = await run(["model", SAMPLE, "--outcome", "types", "--predict", "gender * TT3G11A"]);
	const all = out.replace(/\s+/g, " ");
	expect(all).toMatch(/Gender × Years at this school, all F.{1,40} levels/);
	expect(out).toMatch(/^Gender, all levels/m);
});

test("a logistic table has the interval of odds ratios, and names the levels that others are compared with", async () => {
	const asked = ["model", SAMPLE, "--outcome", "coaching", "--predict", "gender,experience"];
	const { out } = await run(asked);
	expect(out).toContain("Reference levels: Gender: Female; Teaching experience: 0–5 years\n");
	const { out: json } = await run([...asked, "--format", "json"]);
	const [{ coefficients }] = JSON.parse(json).models;
	const { oddsRatio } = coefficients.find(({ term }: { term: string }) => term === "gender=male");
	const [low, high] = [oddsRatio.ciLow.toFixed(2), oddsRatio.ciHigh.toFixed(2)];
	expect(out).toMatch(new RegExp(`^Gender: Male .* ${oddsRatio.estimate.toFixed(2)} +${low}–${high}$`, "m"));
	const inRussian = await run([...asked, "--lang", "ru"]);
	expect(inRussian.out).toContain("Базовые уровни: Пол: Женщины; Педагогический стаж: 0–5 лет\n");
});

test("an interaction as R writes it is answered with ours", async () => {
	const { code, err } = await run(["model", SAMPLE, "--outcome", "coaching", "--predict", "gender:age"]);
	expect([code, err]).toEqual([
		2,
		'talis-pd: "gender:age" is no item, and interactions are written with * — write gender*age\n',
	]);
});

test("a total says that it leaves out rows without a group", async () => {
	const asked = ["rates", SAMPLE, "--item", "coaching", "--by", "experience", "--format", "json"];
	const codes = async (more: string[]) =>
		JSON.parse((await run([...asked, ...more])).out).notes.map(({ code }: { code: string }) => code);
	expect(await codes(["--total"])).toEqual(
		expect.arrayContaining(["rows-without-value", "total-with-values"]),
	);
	expect(await codes([])).not.toContain("total-with-values");
});
