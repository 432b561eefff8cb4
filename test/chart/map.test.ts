import { describe, expect, test } from "vitest";
import { chartSpec, narrowSpec, renderSvg, type TopLevelSpec } from "../../src/chart/index.js";
import { isOnMap } from "../../src/chart/kinds/map/geography.js";
import { hatching, type MapPoint } from "../../src/chart/kinds/map/hatching.js";
import { LANGUAGES, type Language, published } from "../../src/index.js";
import { locale } from "./fixtures.js";
import { expectReadable } from "./readable.js";
import { expectValid } from "./valid.js";

const coaching = (language: Language = "en") =>
	published({ items: ["activities:coaching"], where: ["population=isced2"], language });
const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Record<string, unknown>[] }).values;

interface Tile {
	code: string;
	left: number;
	top: number;
	pointed: boolean;
}

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

	test("has a drawing for telephones, with all its texts inside and apart", async () => {
		const spec = narrowSpec(coaching("kk"), { kind: "map", highlight: ["KAZ"], locale: locale("kk") });
		const { width } = expectReadable(await renderSvg(spec as TopLevelSpec));
		expect(width).toBeLessThanOrEqual(390);
	});

	test("puts every figure into the class that it is in, and no average", () => {
		const spec = chartSpec(coaching(), { kind: "map", locale: locale("en") });
		const systems = dataOf(spec) as { code: string; estimate: number; class: number }[];
		expect(systems.length).toBeGreaterThan(50);
		// 7.2 to 95.2: five classes of twenty points.
		for (const { estimate, class: found } of systems) expect(found).toBe(Math.floor(estimate / 20));
		expect(systems.some(({ code }) => code.startsWith("average"))).toBe(false);
	});

	test("hatches countries that have no figure, and none that has one", () => {
		const inside = (from: number, to: number, south: number, north: number) => (points: MapPoint[]) =>
			points.filter(([lon, lat]) => lon > from && lon < to && lat > south && lat < north).length;
		// Well inside Kazakhstan, and inside Chad.
		const [kazakhstan, chad] = [inside(60, 75, 45, 50), inside(16, 21, 10, 20)];
		const all = hatching(new Set());
		expect(kazakhstan(all)).toBeGreaterThan(3);
		expect(chad(all)).toBeGreaterThan(3);
		const known = hatching(new Set(["KAZ"]));
		expect([kazakhstan(known), chad(known)]).toEqual([0, chad(all)]);
		// The middle of the Atlantic and of the Indian Ocean.
		expect([inside(-45, -25, 0, 30)(all), inside(65, 90, -30, 0)(all)]).toEqual([0, 0]);
	});

	test("as tiles has a square of its own for every system, pointed ones outlined", () => {
		const look = { kind: "tiles", highlight: ["KAZ"], locale: locale("en") };
		const [view] = (
			chartSpec(coaching(), look) as unknown as { vconcat: [{ vconcat: [{ data: { values: Tile[] } }] }] }
		).vconcat[0].vconcat;
		const tiles = view.data.values;
		expect(new Set(tiles.map(({ left, top }) => `${left} ${top}`)).size).toBe(tiles.length);
		expect(tiles.length).toBe(dataOf(chartSpec(coaching(), { ...look, kind: "map" })).length);
		expect(tiles.filter(({ pointed }) => pointed).map(({ code }) => code)).toEqual(["KAZ"]);
	});

	test.each(["map", "tiles"])("as %s names the parts of countries that it has codes of", (kind) => {
		const spec = JSON.stringify(chartSpec(coaching(), { kind, locale: locale("en") })).replaceAll('","', " ");
		expect(spec).toContain("BFL: Flemish Community");
		expect(spec).toContain("CSH: Shanghai");
	});

	test("is of one item of several countries, and of nothing else", () => {
		const one = published({ countries: ["KAZ"], items: ["activities:coaching"] });
		expect(() => chartSpec(one, { kind: "map", locale: locale("en") })).toThrow("the chart map cannot show");
	});
});
