import { describe, expect, test } from "vitest";
import { chartSpec, renderSvg, type TopLevelSpec } from "../../src/chart/index.js";
import { isOnMap } from "../../src/chart/kinds/map/geography.js";
import { LANGUAGES, type Language, published } from "../../src/index.js";
import { locale } from "./fixtures.js";
import { expectReadable } from "./readable.js";
import { expectValid } from "./valid.js";

const coaching = (language: Language = "en") =>
	published({ items: ["activities:coaching"], where: ["population=isced2"], language });
const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Record<string, unknown>[] }).values;

describe("a map", () => {
	test("has a place for every system that a cycle of TALIS has figures of", () => {
		for (const cycle of [2013, 2018, 2024]) {
			const { estimates } = published({ cycle });
			const systems = new Set(estimates.map(({ group }) => group.country ?? ""));
			const away = [...systems].filter((code) => !code.startsWith("average") && !isOnMap(code));
			expect(away).toEqual([]);
		}
	});

	test.each(LANGUAGES)("is valid, and keeps its texts inside and apart (%s)", async (language) => {
		const spec = chartSpec(coaching(language), { kind: "map", highlight: ["KAZ"], locale: locale(language) });
		expectValid(spec);
		expectReadable(await renderSvg(spec));
	});

	test("puts every figure into the class that it is in, and no average", () => {
		const spec = chartSpec(coaching(), { kind: "map", locale: locale("en") });
		const systems = dataOf(spec) as { code: string; estimate: number; class: number }[];
		expect(systems.length).toBeGreaterThan(50);
		// 7.2 to 95.2: five classes of twenty points.
		for (const { estimate, class: found } of systems) expect(found).toBe(Math.floor(estimate / 20));
		expect(systems.some(({ code }) => code.startsWith("average"))).toBe(false);
	});

	test("is of one item of several countries, and of nothing else", () => {
		const one = published({ countries: ["KAZ"], items: ["activities:coaching"] });
		expect(() => chartSpec(one, { kind: "map", locale: locale("en") })).toThrow("the chart map cannot show");
	});
});
