import { describe, expect, it } from "vitest";
import { chartSpec } from "../../src/chart/index.js";
import { LANGUAGES } from "../../src/wording/locale.js";
import { EXAMPLES, oneGroup, sevenGroups, threeGroups } from "./examples.js";
import { locale } from "./fixtures.js";
import { expectValid } from "./valid.js";

describe("the specification", () => {
	it.each(Object.entries(EXAMPLES))(
		"of %s is valid in every language, and compiles without a warning",
		(_, make) => {
			for (const language of LANGUAGES) {
				expectValid(chartSpec(make(language), { locale: locale(language) }));
			}
		},
	);

	it("carries its data, its schema, a theme and a text for those who cannot see it", () => {
		const spec = chartSpec(oneGroup("en"), { locale: locale("en") });
		expect(spec.$schema).toBe("https://vega.github.io/schema/vega-lite/v6.json");
		expect(spec.data).toEqual({ values: expect.any(Array) });
		expect(spec.config).toBeDefined();
		expect(spec.description).toContain(
			"highest Any activity (88.0%), lowest Reading professional literature",
		);
	});

	it.each([
		["one-group.en", oneGroup("en"), "en"],
		["three-groups.kk", threeGroups("kk"), "kk"],
		["seven-groups.ru", sevenGroups("ru"), "ru"],
	] as const)("of %s stays as it was", async (name, results, language) => {
		const spec = chartSpec(results, { locale: locale(language) });
		await expect(`${JSON.stringify(spec, null, "\t")}\n`).toMatchFileSnapshot(
			`../snapshots/chart/${name}.vl.json`,
		);
	});

	it("is the same for the same result", () => {
		const draw = () => JSON.stringify(chartSpec(threeGroups("ru"), { locale: locale("ru") }));
		expect(draw()).toBe(draw());
	});

	it("names the kinds there are where one is unknown", () => {
		const unknown = () => chartSpec(oneGroup("en"), { kind: "pie", locale: locale("en") });
		expect(unknown).toThrow(
			expect.objectContaining({
				name: "UserError",
				hint: "choose one of: dots, bars, dumbbell, heatmap, slope, matrix, rank, differences, means, reach, forest, leave-one-out, coefficients, effects, stacked, map, tiles",
			}),
		);
	});
});
