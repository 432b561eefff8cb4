import { describe, expect, it } from "vitest";
import { chartSpec } from "../../src/chart/index.js";
import { percentRows } from "../../src/chart/kinds/percent/percent-data.js";
import { layOutPanels } from "../../src/chart/kinds/percent/percent-layout.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { hiddenRows, manySystems, oneGroup, sixGroups, systemsByGender, threeGroups } from "./examples.js";
import { hidden, locale, makeResults } from "./fixtures.js";

const PLAIN = { headline: null, highlight: [] };

const en = locale("en");
const items = { low: "Low", high: "High", any: "Any", gone: "Gone" };
const values: Record<string, number> = { low: 10, high: 80, any: 20 };

/** One topic, items in the order low, high, any, gone. */
function small(change: Parameters<typeof makeResults>[0]["change"] = () => ({})): ResultSet {
	return makeResults({
		topics: [{ key: "activities", items }],
		change: (estimate, index) => ({
			...(estimate.item === "gone" ? hidden("few-teachers") : { estimate: values[estimate.item] ?? 0 }),
			...change(estimate, index),
		}),
	});
}

const rowsOf = (results: ResultSet) =>
	layOutPanels(results, en, PLAIN).sections[0]?.panels[0]?.rows.map(({ key }) => key);

describe("the layout", () => {
	it("sorts items by value, with the derived one on top and hidden ones at the foot", () => {
		expect(rowsOf(small())).toEqual(["any", "high", "low", "gone"]);
	});

	it("sorts by the mean over the groups", () => {
		const results = makeResults({
			topics: [{ key: "t", items: { a: "A", b: "B" } }],
			groups: [{ country: "X" }, { country: "Y" }],
			change: (_, index) => ({ estimate: [50, 10, 20, 60][index] ?? 0 }),
		});
		expect(rowsOf(results)).toEqual(["b", "a"]);
	});

	it("draws percentages only", () => {
		const results = small(({ item }) => (item === "low" ? { statistic: "mean" } : {}));
		expect(rowsOf(results)).toEqual(["any", "high", "gone"]);
	});

	it("refuses a result without percentages", () => {
		const results = small(() => ({ statistic: "count" }));
		expect(() => chartSpec(results, { kind: "dots", locale: en })).toThrow(/it shows percentages/);
	});

	it("gives each topic and base a section", () => {
		const { sections } = layOutPanels(threeGroups("en"), en, PLAIN);
		expect(sections.map(({ topic, base }) => [topic, base])).toEqual([
			["activities", "all teachers"],
			["focus", "teachers who took part in at least one activity"],
		]);
	});

	it("keeps up to six groups in one panel and gives more a panel for each item", () => {
		const six = layOutPanels(sixGroups("en"), en, PLAIN);
		expect([six.rows, six.series.length]).toEqual(["items", 5]);
		const many = layOutPanels(manySystems("en"), en, PLAIN);
		expect([many.rows, many.series.length, many.sections[0]?.panels.length]).toEqual(["groups", 1, 11]);
		expect(many.sections[0]?.panels[0]?.heading).toBe("Any activity");
	});

	it("keeps the inner breakdown as series", () => {
		const { series, sections } = layOutPanels(systemsByGender("en"), en, PLAIN);
		expect(series.map(({ label }) => label)).toEqual(["Female", "Male"]);
		expect(sections[0]?.panels[0]?.rows).toHaveLength(6);
	});

	it("makes averages lines, each item's own, and no systems", () => {
		const { series, lines, sections } = layOutPanels(sixGroups("en"), en, PLAIN);
		expect(series.map(({ summary }) => summary)).toEqual(Array(5).fill(false));
		expect(lines).toHaveLength(sections[0]?.panels[0]?.rows.length as number);
		expect(new Set(lines.map(({ label }) => label))).toEqual(new Set(["OECD average-31"]));
		const only = sixGroups("en").estimates.filter(({ group }) => group.country?.startsWith("average"));
		const averages = { ...sixGroups("en"), estimates: only };
		expect(layOutPanels(averages, en, PLAIN).lines).toEqual([]);
	});

	it("falls back to ids where labels are missing", () => {
		const { sections } = layOutPanels(small(), en, PLAIN);
		expect([sections[0]?.title, sections[0]?.base]).toEqual(["activities", "all"]);
	});
});

describe("the data", () => {
	it("gives one decimal to one group and whole percent to several", () => {
		const text = (results: ResultSet) => percentRows(layOutPanels(results, en, PLAIN), en, {})[1]?.text;
		expect(text(oneGroup("en"))).toMatch(/^\d+\.\d$/);
		expect(text(threeGroups("en"))).toMatch(/^\d+$/);
	});

	it("puts the reason in place of a hidden value, and next to one that is shown in spite of it", () => {
		const rows = percentRows(layOutPanels(hiddenRows("en"), en, PLAIN), en, {});
		const withheld = rows.filter(({ estimate }) => estimate === null);
		expect(withheld.map(({ text }) => text)).toContain(en.text("status.few-schools"));
		expect(withheld).toHaveLength(6);
		expect(rows[4]?.text).toBe(`24 · ${en.text("status.few-teachers")}`);
	});

	it("draws an interval that leaves 0 to 100 percent as far as the scale goes, and still tells its ends", () => {
		const wide = small(() => ({ ciLow: -5200, ciHigh: 5360 }));
		const [first] = percentRows(layOutPanels(wide, en, PLAIN), en, {});
		expect(first).toMatchObject({ start: 0, end: 100, low: -5200, high: 5360 });
	});
});
