import { describe, expect, test } from "vitest";
import { CHART_KINDS, chartSpec, kindsFor, narrowSpec, renderSvg } from "../../src/chart/index.js";
import { topRows } from "../../src/chart/select-top.js";
import { topModels } from "../../src/chart/select-top-models.js";
import { compare, gaps, type Language, means, model, published, rates, samplePath } from "../../src/index.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { genders, manySystems, oneGroup, oneItem, trend } from "./examples.js";
import { locale } from "./fixtures.js";
import { expectReadable } from "./readable.js";
import { coaching, four, LOWER, reached } from "./shipped.js";
import { readTexts } from "./texts.js";
import { expectValid } from "./valid.js";

function programmes(years: readonly number[]): Promise<ResultSet> {
	const counts = years.flatMap((year) => [`Physics,${year},40,90`, `Inclusive education,${year},70,95`]);
	return reached(counts, "kk");
}

/** A result for every kind, those with many rows and long names where there are such. */
const DRAWN: Record<
	(typeof CHART_KINDS)[number],
	[Language, (language: Language) => ResultSet | Promise<ResultSet>]
> = {
	dots: ["ru", (language) => oneGroup(language)],
	bars: ["kk", (language) => gaps([samplePath()], { language })],
	dumbbell: ["ru", (language) => genders(language)],
	heatmap: ["ru", (language) => published({ topics: ["focus"], where: LOWER, language })],
	slope: ["kk", (language) => trend(language)],
	matrix: ["ru", (language) => gaps([samplePath()], { language })],
	rank: ["ru", (language) => oneItem(language)],
	map: ["en", (language) => coaching(language)],
	tiles: ["ru", (language) => coaching(language)],
	differences: [
		"kk",
		(language) => compare([samplePath()], { between: "gender", topics: ["activities"], language }),
	],
	means: ["ru", (language) => means([four], { language })],
	reach: ["kk", () => programmes([2023, 2024])],
	stacked: ["ru", (language) => rates([four], { topics: ["modes"], where: ["country=KAZ"], language })],
	forest: ["en", (language) => coaching(language)],
	"leave-one-out": ["kk", (language) => coaching(language)],
	coefficients: [
		"ru",
		(language) =>
			model([samplePath()], { outcomes: ["coaching"], predict: "gender,age", effects: true, language }),
	],
	effects: [
		"kk",
		(language) =>
			model([samplePath()], { outcomes: ["coaching"], predict: "gender,age", effects: true, language }),
	],
};

test("of models in many systems so many as are highest are shown, of one model so many terms", async () => {
	const look = { locale: locale("en"), kind: "coefficients", top: 4 } as const;
	const everywhere = published({
		...{ statistic: "odds-ratio", items: ["needs:ai"], language: "en" },
		where: [...LOWER, "controls=none"],
	} as const);
	const { texts } = readTexts(await renderSvg(chartSpec(everywhere, look)));
	const words = texts.map(({ text }) => text).join(" ");
	expect(words).toMatch(/Shown: the 4 highest of 5\d/);
	expect(words).toMatch(/Lower secondary \(ISCED 2\), (?!controls=)/);
	const order = (everywhere.models ?? [])
		.filter(({ group }) => !group.country?.includes(":"))
		.map(({ group, coefficients }) => ({ code: group.country, ratio: coefficients[0]?.estimate ?? -9 }))
		.sort((a, b) => b.ratio - a.ratio);
	const kept = topModels(everywhere, 4, [], locale("en")).models ?? [];
	expect(
		kept
			.map(({ group }) => group.country)
			.filter((code) => !code?.includes(":"))
			.sort(),
	).toEqual(
		order
			.slice(0, 4)
			.map(({ code }) => code)
			.sort(),
	);
	const [, make] = DRAWN.coefficients;
	const one = topModels(await make("en"), 1, [], locale("en"));
	const terms = new Set(one.models?.flatMap(({ coefficients }) => coefficients.map(({ term }) => term)));
	expect(terms.size).toBe(2);
});

test.each([
	["dumbbell", true],
	["differences", true],
	["effects", true],
	["dots", true],
	// Names of countries and the terms of this model are short enough to stand beside the marks.
	["coefficients", false],
	["rank", false],
	["forest", false],
] as const)("on a telephone long labels stand above the marks: %s", async (kind, above) => {
	const [language, make] = DRAWN[kind];
	const spec = narrowSpec(await make(language), { kind, locale: locale(language) });
	const room = [...JSON.stringify(spec).matchAll(/"labelPadding":(\d+)/g)].map(([, width]) => Number(width));
	expect(room.length).toBeGreaterThan(0);
	// Values left of a pair's marks take 24 pixels.
	expect(Math.max(...room) <= 24).toBe(above);
});

describe.each(CHART_KINDS)("%s", (kind) => {
	test("has a drawing for telephones and one for stories, with all texts inside and apart", async () => {
		const [language, make] = DRAWN[kind];
		const results = await make(language);
		const look = { kind, locale: locale(language) };
		const narrow = narrowSpec(results, look);
		if (narrow === null) throw new Error("there is no narrow drawing");
		expectValid(narrow);
		expect(expectReadable(await renderSvg(narrow)).width).toBeLessThanOrEqual(392);
		const story = chartSpec(results, { ...look, width: 492 });
		expect(expectReadable(await renderSvg(story)).width).toBeLessThanOrEqual(542);
	});
});

test("columns of a heatmap that have no room stand below, and no figure is lost", () => {
	const results = manySystems("en");
	const count = (spec: object) => JSON.stringify(spec).match(/"orient":"top"/g)?.length ?? 0;
	const look = { kind: "heatmap", locale: locale("en") };
	expect(count(chartSpec(results, look))).toBe(1);
	const narrow = narrowSpec(results, look) as unknown as { data: { values: unknown[] } };
	expect(count(narrow)).toBeGreaterThan(1);
	expect(narrow.data.values.length).toBe(
		(chartSpec(results, look) as unknown as { data: { values: unknown[] } }).data.values.length,
	);
});

test("heads of a heatmap stand once over panels with the same columns", () => {
	const results = published({ topics: ["activities"] });
	const spec = JSON.stringify(chartSpec(results, { kind: "heatmap", locale: locale("en") }));
	expect(spec.match(/"orient":"top"/g)?.length).toBe(1);
	expect(spec).toContain("Primary (ISCED 1)");
	expect(spec).toContain("Upper secondary (ISCED 3)");
});

test("the largest unmet needs are those kept where only so many have room", async () => {
	const results = await gaps([samplePath()]);
	const unmet = ({ estimates }: ResultSet) =>
		estimates.filter(({ topic }) => topic === "unmet").map(({ item }) => item);
	const largest = results.estimates
		.filter(({ topic }) => topic === "unmet")
		.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0))
		.slice(0, 3)
		.map(({ item }) => item);
	const kept = topRows(results, 3, [], locale("en"));
	expect(unmet(kept).toSorted()).toEqual(largest.toSorted());
	expect(kindsFor(kept)).toContain("bars");
});

test("the highest items are those kept, whatever they are compared with", async () => {
	const results = await rates([samplePath()], { topics: ["focus"], benchmark: ["KAZ@2024"] });
	expect(results.comparisons.length).toBeGreaterThan(5);
	const kept = topRows(results, 3, [], locale("en")).estimates.map(({ item }) => item);
	expect(kept).toContain("assessment");
	expect(kept).not.toContain("parents");
});

test("a synthesis of the highest systems has the mean of all", () => {
	const results = coaching("en");
	const [whole] = results.syntheses ?? [];
	const kept = topRows(results, 5, ["KAZ"], locale("en"));
	const [top] = kept.syntheses ?? [];
	expect([top?.estimate, top?.k]).toEqual([whole?.estimate, whole?.k]);
	expect(top?.members).toContain("KAZ");
	expect(top?.members.length).toBeLessThan(10);
	const shown = top?.figures.map(({ estimate }) => estimate) ?? [];
	expect(Math.max(...shown)).toBe(Math.max(...(whole?.figures ?? []).map(({ estimate }) => estimate)));
	expect(chartSpec(results, { kind: "forest", top: 5, locale: locale("en") })).toBeDefined();
});

test("one year of programmes is a panel with a row for each", async () => {
	const spec = chartSpec(await programmes([2023]), { kind: "reach", locale: locale("kk") });
	expectValid(spec);
	const { texts } = expectReadable(await renderSvg(spec));
	expect(texts.filter(({ text }) => text === "Physics").length).toBe(1);
	expect(texts.map(({ text }) => text)).toContain("44,4\u00a0%");
});

test.each(["dots", "bars"])(
	"labels of %s on a telephone stand above their marks, in the plot's whole width",
	async (kind) => {
		const spec = narrowSpec(oneGroup("en"), { kind, locale: locale("en") });
		const { vconcat } = spec as unknown as { vconcat: [{ vconcat: [{ width: number }] }] };
		expect(vconcat[0].vconcat[0].width).toBeGreaterThan(290);
		const { texts } = expectReadable(await renderSvg(spec as NonNullable<typeof spec>));
		const items = new Set(
			(spec as unknown as { data: { values: { item: string }[] } }).data.values.map(({ item }) => item),
		);
		const label = texts.find(({ text }) => items.has(text));
		const value = texts.filter(({ top }) => top > (label?.top ?? 0)).toSorted((a, b) => a.top - b.top)[0];
		expect(label?.left).toBeLessThan(40);
		expect(value?.top).toBeGreaterThan((label?.bottom ?? 0) - 4);
	},
);
