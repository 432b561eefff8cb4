import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { chartSpec, renderSvg, type TopLevelSpec } from "../../src/chart/index.js";
import { gaps, LANGUAGES, type Language, type ResultSet } from "../../src/index.js";
import { gapTopicsOf } from "../../src/results/gap-topics.js";
import { root } from "../support/golden.js";
import { locale } from "./fixtures.js";
import { overlaps, readTexts, type TextBox } from "./texts.js";
import { expectValid } from "./valid.js";

const four = join(root, "data/samples/synthetic-talis-2024.csv");
const one = join(root, "data/samples/synthetic-kazakhstan-2018.csv");

interface Datum {
	panel: string;
	item: string;
	label: string;
	need: number;
	offer: number;
	text: string;
}
const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Datum[] }).values;

describe.each([
	["four systems", four],
	["one system", one],
])("need × offer of %s", (_, file) => {
	const drawn = new Map<Language, { results: ResultSet; spec: TopLevelSpec; texts: TextBox[] }>();
	beforeAll(async () => {
		for (const language of LANGUAGES) {
			const results = await gaps([file], { language });
			const spec = chartSpec(results, { kind: "matrix", locale: locale(language) });
			drawn.set(language, { results, spec, ...readTexts(await renderSvg(spec)) });
		}
	}, 60_000);

	test.each(LANGUAGES)("keeps its texts inside and apart (%s)", async (language) => {
		const { spec, texts } = drawn.get(language) as { spec: TopLevelSpec; texts: TextBox[] };
		expectValid(spec);
		const { width, height } = readTexts(await renderSvg(spec));
		for (const { text, left, right, top, bottom } of texts) {
			expect(Math.min(left, top), text).toBeGreaterThanOrEqual(0);
			expect(right, text).toBeLessThanOrEqual(width);
			expect(bottom, text).toBeLessThanOrEqual(height);
		}
		expect(overlaps(texts)).toEqual([]);
	});

	test("has a point for every pair of figures of the results, and no other", () => {
		const { results, spec } = drawn.get("en") as { results: ResultSet; spec: TopLevelSpec };
		const { need, offer } = gapTopicsOf(results);
		const rows = results.estimates.filter(({ statistic }) => statistic === "percent");
		const pairs = rows
			.filter(({ topic }) => topic === need)
			.flatMap((row) => {
				const other = rows.find(
					({ topic, item, group }) =>
						topic === offer && item === row.item && JSON.stringify(group) === JSON.stringify(row.group),
				);
				return row.estimate === null || typeof other?.estimate !== "number"
					? []
					: [[row.item, row.estimate, other.estimate].join()];
			});
		expect(pairs.length).toBeGreaterThan(10);
		expect(
			dataOf(spec)
				.map(({ item, need, offer }) => [item, need, offer].join())
				.toSorted(),
		).toEqual(pairs.toSorted());
	});
});

test("points of several systems have the numbers of a list, from what is needed most", async () => {
	const results = await gaps([four], { language: "ru" });
	const spec = chartSpec(results, { kind: "matrix", locale: locale("ru") });
	const { texts } = readTexts(await renderSvg(spec));
	const data = dataOf(spec);
	const numbers = new Map(data.map(({ item, text }) => [item, Number(text)]));
	const panels = new Set(data.map(({ panel }) => panel)).size;
	expect(panels).toBe(4);
	expect([...numbers.values()].toSorted((a, b) => a - b)).toEqual([...numbers.keys()].map((_, at) => at + 1));
	const meanOf = (item: string) => {
		const own = data.filter((datum) => datum.item === item).map(({ need }) => need);
		return own.reduce((sum, need) => sum + need, 0) / own.length;
	};
	const order = [...numbers.keys()].toSorted((a, b) => meanOf(b) - meanOf(a));
	expect(order.map((item) => numbers.get(item))).toEqual(order.map((_, at) => at + 1));
	for (const { item, label, text } of data) {
		expect(Number(text)).toBe(numbers.get(item));
		const [number] = texts.filter((box) => box.text === text);
		const name = texts.find(
			(box) => Math.abs(box.bottom - (number as TextBox).bottom) < 1 && label.startsWith(box.text),
		);
		expect(name?.text, `${text} ${label}`).toMatch(/\S/);
		// Once in the list and once in each panel.
		expect(texts.filter((box) => box.text === text && box.weight === 600)).toHaveLength(1 + panels);
	}
});
