import { describe, expect, test } from "vitest";
import { CHARTS } from "../../src/chart/chart-list.js";
import { chartSpec, lookFor, type TopLevelSpec } from "../../src/chart/index.js";
import { compare, published, type ResultSet } from "../../src/index.js";
import { manySystems, oneGroup, oneItem, trendOfSystems } from "./examples.js";
import { locale } from "./fixtures.js";
import { expectValid } from "./valid.js";

const en = locale("en");
const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Record<string, unknown>[] }).values;
const coaching = (countries?: string[]) =>
	published({
		items: ["activities:coaching"],
		where: ["population=isced2"],
		...(countries === undefined ? {} : { countries }),
	});

describe("what is pointed at", () => {
	test("keeps its colour in a ranking, and all others are grey", () => {
		const spec = chartSpec(coaching(), { kind: "rank", highlight: ["kaz"], locale: en });
		expectValid(spec);
		const strong = dataOf(spec).filter(({ quiet }) => quiet === false);
		expect(strong.map(({ group }) => group)).toEqual(["Kazakhstan"]);
	});

	test("is what the title is about", () => {
		const spec = chartSpec(coaching(), { highlight: ["KAZ"], benchmarkLine: "oecd", locale: en });
		expect(spec.description).toMatch(/“Coaching[^”]*”: Kazakhstan 70\.8%, OECD average-27 27\.7%/);
	});

	test("is said to be above an average where that was tested", async () => {
		const results = await compare(["data/samples/synthetic-talis-2024.csv"], {
			between: "country",
			reference: "average:all",
			items: ["activities:coaching"],
		});
		const spec = chartSpec(results, { highlight: ["KAZ"], locale: en });
		expect(spec.description).toMatch(
			/^Kazakhstan: 70\.8%, 34\.\d points above the Mean of 4 of 49 TALIS systems\./,
		);
		const other = chartSpec(results, { highlight: ["SGP"], locale: en });
		expect(other.description).toMatch(/^Singapore: 37\.0%, not significantly different from the Mean/);
	});

	test.each([
		["heatmap", manySystems],
		["dots", manySystems],
		["bars", oneItem],
		["slope", trendOfSystems],
		["dumbbell", trendOfSystems],
	] as const)("a %s that points at a system is valid", (kind, make) => {
		expectValid(chartSpec(make("en"), { kind, highlight: ["KZ"], top: 5, locale: en }));
	});

	test("is refused where the results have no such group, and where a kind points at nothing", () => {
		expect(() => chartSpec(coaching(), { highlight: ["KAX"], locale: en })).toThrow("highlight names KAX");
		expect(() => chartSpec(coaching(), { benchmarkLine: "moon", locale: en })).toThrow(
			"benchmarkLine names moon",
		);
		const none = [...CHARTS]
			.filter(([, { takes }]) => takes?.includes("highlight") !== true)
			.map(([name]) => name);
		expect(none).toEqual(expect.arrayContaining(["matrix", "means", "reach"]));
	});

	test("of many charts is asked of those that can", () => {
		expect(lookFor(coaching(), "rank", { highlight: ["KAZ", "XXX"], benchmarkLine: "oecd" })).toEqual({
			highlight: ["KAZ"],
			benchmarkLine: "oecd",
		});
		expect(lookFor(coaching(), "means", { highlight: ["KAZ"] })).toEqual({});
	});
});

describe("rows", () => {
	const names = (spec: TopLevelSpec) => [...new Set(dataOf(spec).map(({ group }) => group))];

	test("are the highest asked for, and what is pointed at, averages never among them", () => {
		const spec = chartSpec(coaching(), { kind: "rank", highlight: ["SWE"], top: 3, locale: en });
		expect(names(spec)).toEqual(["Viet Nam", "Albania", "Kazakhstan", "Sweden"]);
	});

	test("stand by name where that is asked for", () => {
		const spec = chartSpec(coaching(), { kind: "rank", sort: "name", locale: en });
		const systems = names(spec) as string[];
		expect(systems).toEqual(systems.toSorted(new Intl.Collator("en").compare));
	});

	test("of items end with what is left over", () => {
		const rows = dataOf(chartSpec(oneGroup("en"), { locale: en })).map(({ row }) => row);
		expect(new Set(rows)).toContain("other");
		const spec = JSON.stringify(chartSpec(oneGroup("en"), { locale: en }));
		const [, domain = "[]"] = /"domain":(\["any"[^\]]*\])/.exec(spec) ?? [];
		expect(JSON.parse(domain).at(-1)).toBe("other");
	});
});

test("results are left as they were", () => {
	const results = coaching();
	const before = JSON.stringify(results);
	chartSpec(results as ResultSet, { highlight: ["KAZ"], top: 2, sort: "name", locale: en });
	expect(JSON.stringify(results)).toBe(before);
});
