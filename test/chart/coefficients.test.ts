import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { chartSpec, kindsFor, renderSvg, type TopLevelSpec } from "../../src/chart/index.js";
import { hasGlyphs } from "../../src/chart/text/font.js";
import { LANGUAGES, type Model, model, published, type ResultSet } from "../../src/index.js";
import { root } from "../support/golden.js";
import { locale } from "./fixtures.js";
import { expectReadable } from "./readable.js";
import { expectValid } from "./valid.js";

const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
const four = join(root, "data/samples/synthetic-talis-2024.csv");

const RESULTS = new Map<string, ResultSet>();
beforeAll(async () => {
	const coaching = { outcomes: ["peer-coaching"], predict: "gender,age,experience", effects: true };
	RESULTS.set("logistic", await model([sample], coaching));
	RESULTS.set("linear", await model([sample], { outcomes: ["types"], predict: "gender,TT3G11B" }));
	RESULTS.set("both", await model([sample], { outcomes: ["types", "peer-coaching"], predict: "gender" }));
	const models = ["first: gender", "second: gender,experience"];
	RESULTS.set("side by side", await model([four], { outcomes: ["types"], models }));
	const unadjusted = ["population=isced2", "controls=none"];
	const oneTerm = published({ statistic: "odds-ratio", items: ["needs:ai"], where: unadjusted });
	RESULTS.set("one term", oneTerm);
	RESULTS.set("published", published({ statistic: "odds-ratio", items: ["needs:behaviour"] }));
});

const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Record<string, unknown>[] }).values;
const draw = (name: string, kind: string) =>
	chartSpec(RESULTS.get(name) as ResultSet, { kind, locale: locale("en") });
const textOf = (spec: TopLevelSpec) => JSON.stringify(spec).replaceAll('","', " ");

describe.each([
	...["logistic", "linear", "both", "side by side", "published"].map((name) => [name, "coefficients"]),
	["logistic", "effects"],
])("%s models as %s", (name = "", kind = "") => {
	test.each(LANGUAGES)(
		"are valid, and keep their texts inside and apart (%s)",
		async (language) => {
			const spec = chartSpec(RESULTS.get(name) as ResultSet, { kind, locale: locale(language) });
			expectValid(spec);
			const { texts } = expectReadable(await renderSvg(spec));
			for (const { text, weight } of texts) expect(hasGlyphs(text, weight), text).toBe(true);
			// Of 55 systems it takes seconds.
			if (name === "published") return;
			const ofTelephone = { kind, locale: locale(language), width: 342 };
			expectReadable(await renderSvg(chartSpec(RESULTS.get(name) as ResultSet, ofTelephone)));
		},
		30_000,
	);
});

test.each([
	["logistic", "coefficients", /Men|Male|Age|Teaching|no term is/],
	["linear", "coefficients", /terms (is|are) significant, the clearest “/],
	["logistic", "effects", /significant/],
	["both", "coefficients", /^Of 2 coefficients in 2 models, [012] |^None of 2 coefficients/],
	[
		"side by side",
		"coefficients",
		/^Number of kinds.*: of \d+ coefficients in 8 models, \d+ are significant; “/,
	],
	["published", "coefficients", /coefficients in \d+ models, \d+ are significant; “/],
	["one term", "coefficients", /^“[^”]+”: from 0\.\d+ \([^)]+\) to [\d.]+ \(/],
])("the title of %s models as %s says what was found", (name, kind, words) => {
	expect([(draw(name, kind).title as { text: string | string[] }).text].flat().join(" ")).toMatch(words);
});

test("coefficients are drawn around zero, odds ratios around one, the intercept nowhere", () => {
	const [linear, logistic] = [draw("linear", "coefficients"), draw("logistic", "coefficients")];
	const rows = (name: string) =>
		((RESULTS.get(name)?.models ?? [])[0] as Model).coefficients.filter(({ term }) => term !== "(intercept)");
	expect(dataOf(linear).map(({ value, low, high }) => [value, low, high])).toEqual(
		rows("linear").map(({ estimate, ciLow, ciHigh }) => [estimate, ciLow, ciHigh]),
	);
	expect(dataOf(logistic).map(({ value }) => value)).toEqual(
		rows("logistic").map(({ oddsRatio }) => oddsRatio?.estimate),
	);
	expect(JSON.stringify(logistic)).toMatch(/"datum":1,.*"type":"log"/);
	expect(JSON.stringify(linear)).toMatch(/"datum":0,/);
	expect(JSON.stringify(linear)).not.toContain("Intercept");
});

test("effects are points with intervals, and say what makes them stand out", () => {
	const spec = draw("logistic", "effects");
	for (const { low, high, filled } of dataOf(spec) as { low: number; high: number; filled: boolean }[]) {
		expect(filled).toBe(low * high > 0);
	}
	expect(textOf(spec)).toContain("leaves zero out");
});

test("of many systems each term is a panel, the highest first, averages as lines, the novices apart", () => {
	const spec = draw("published", "coefficients");
	const panels = [...new Set(dataOf(spec).map(({ panel }) => panel))];
	expect(panels).toHaveLength(2 * 3 * 3);
	expect(dataOf(spec).filter(({ row }) => String(row).includes("average:"))).toEqual([]);
	expect(textOf(spec)).toMatch(/OECD average-\d+ \d\.\d\d/);
	expect(textOf(spec)).toContain("Novice (5 years or less)");
});

test("a ratio that the scale does not hold is printed, and its mark ends with the scale", () => {
	const results = published({
		...{ statistic: "odds-ratio", items: ["induction:any"], where: ["population=isced2"] },
	});
	const spec = chartSpec(results, { locale: locale("en") });
	const extreme = dataOf(spec).filter(({ value }) => typeof value === "number" && value < 0.001);
	expect(extreme.map(({ text }) => text)).toEqual(["< 0.01 *", "< 0.01 *"]);
	expect(textOf(spec)).toContain('"clamp":true');
});

test("numbers under a narrow plot of ratios stand apart", () => {
	const ticksAt = (width?: number) => {
		const spec = chartSpec(RESULTS.get("one term") as ResultSet, {
			...{ kind: "coefficients", locale: locale("en"), top: 12 },
			...(width === undefined ? {} : { width }),
		});
		return JSON.parse(
			/"values":(\[[\d.,]+\]),"format":"~g"/.exec(JSON.stringify(spec))?.[1] ?? "[]",
		) as number[];
	};
	expect(ticksAt()).toContain(1);
	expect(ticksAt(342)).toContain(1);
	expect(ticksAt(342).length).toBeLessThan(ticksAt().length);
});

test("kinds are offered where there is something to draw", () => {
	expect(kindsFor(RESULTS.get("logistic") as ResultSet)).toEqual(["coefficients", "effects"]);
	expect(kindsFor(RESULTS.get("linear") as ResultSet)).toEqual(["coefficients"]);
	expect(kindsFor(RESULTS.get("published") as ResultSet)).toEqual(["coefficients"]);
});
