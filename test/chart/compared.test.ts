import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { chartSpec, renderSvg } from "../../src/chart/index.js";
import { placeLabels } from "../../src/chart/kinds/matrix/place-labels.js";
import { distanceTo, meets, shared } from "../../src/chart/kinds/matrix/plane-geometry.js";
import { compare, gaps, LANGUAGES, type Language, means, type ResultSet } from "../../src/index.js";
import { root } from "../support/golden.js";
import { locale } from "./fixtures.js";
import { expectValid } from "./valid.js";

const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");

/** Results of the sample, by what they compare. */
const ASKED: Record<string, (language: Language) => Promise<ResultSet>> = {
	"women and men": (language) => compare([sample], { between: "gender", topics: ["activities"], language }),
	"groups by groups": (language) =>
		compare([sample], {
			between: "gender",
			by: ["novice"],
			pool: ["population"],
			items: ["coaching", "online"],
			language,
		}),
	items: (language) =>
		compare([sample], { between: "items", items: ["coaching", "network", "conferences"], language }),
	gaps: (language) => gaps([sample], { language }),
	"gaps by gender": (language) => gaps([sample], { by: ["gender"], language }),
	means: (language) => means([sample], { by: ["gender"], language }),
};

describe.each(Object.keys(ASKED))("the chart of %s", (name) => {
	const drawn = new Map<Language, ResultSet>();
	beforeAll(async () => {
		for (const language of LANGUAGES)
			drawn.set(language, await (ASKED[name] as (typeof ASKED)[string])(language));
	});

	test.each(LANGUAGES)("is valid and compiles without a warning (%s)", (language) => {
		const spec = chartSpec(drawn.get(language) as ResultSet, { locale: locale(language) });
		expectValid(spec);
		expect(spec.description).toMatch(/\S/);
	});

	test("prints the numbers of the results", async () => {
		const results = drawn.get("en") as ResultSet;
		const svg = await renderSvg(chartSpec(results, { locale: locale("en") }));
		const figures = name.includes("gaps")
			? []
			: name === "means"
				? results.estimates
						.filter(({ statistic }) => statistic === "mean")
						.map(({ estimate }) => (estimate as number).toFixed(2))
				: results.comparisons.map(({ difference, statistic }) =>
						Math.abs(difference as number).toFixed(statistic === "percent" ? 1 : 2),
					);
		for (const figure of figures) expect(svg).toContain(figure);
		if (name.includes("gaps"))
			for (const { label } of results.comparisons) expect(svg).toContain(label.split(" ")[0]);
	});
});

test.each([
	["gender", "differences.en", "en"],
	["novice", "differences.ru", "ru"],
] as const)("differences by %s stay as they were", async (between, name, language) => {
	const results = await compare([sample], { between, topics: ["mentoring"], language });
	const spec = chartSpec(results, { locale: locale(language) });
	await expect(`${JSON.stringify(spec, null, "\t")}\n`).toMatchFileSnapshot(
		`../snapshots/chart/${name}.vl.json`,
	);
});

test("need × offer stays as it was", async () => {
	const spec = chartSpec(await gaps([sample], { language: "kk" }), { locale: locale("kk") });
	await expect(`${JSON.stringify(spec, null, "\t")}\n`).toMatchFileSnapshot(
		"../snapshots/chart/matrix.kk.vl.json",
	);
});

test("results without what a chart needs are refused in a sentence", async () => {
	const results = await compare([sample], { between: "gender", items: ["coaching"] });
	const draw = (kind: string, from: ResultSet) => () => chartSpec(from, { kind, locale: locale("en") });
	expect(draw("matrix", results)).toThrow(/cannot show this result: it shows needs beside offers/);
	expect(draw("means", results)).toThrow(/it shows means/);
	expect(draw("differences", { ...results, comparisons: [] })).toThrow(/it shows comparisons/);
});

test.each([12, 150])("labels of points on a circle of %i pixels stand apart", (radius) => {
	const points = Array.from({ length: 14 }, (_, index) => ({
		x: 380 + radius * Math.cos(index),
		y: 260 + radius * Math.sin(index),
	}));
	const lines = points.map((_, index) => [`Label ${index}`, "in two lines"]);
	const field = { width: 760, height: 520, cross: { x: 380, y: 260 }, taken: [] };
	const places = placeLabels(points, lines, field);
	for (const [index, { area, end }] of places.entries()) {
		expect(area.left >= 0 && area.right <= 760 && area.top >= 0 && area.bottom <= 520).toBe(true);
		for (const [other, place] of places.entries()) {
			if (other === index) continue;
			expect(shared(area, place.area), `${index} covers ${other}`).toBe(0);
			const point = points[other] as { x: number; y: number };
			expect(distanceTo(point, area), `${index} covers the point ${other}`).toBeGreaterThan(2);
			// In a knot some lines must cross; where there is room none does.
			if (radius > 100 && place.end !== null) expect(meets(point, place.end, area)).toBe(false);
			// Only a label beside its point goes without a line.
			if (end === null) expect(distanceTo(points[index] as typeof point, area)).toBeLessThan(15);
		}
	}
});
