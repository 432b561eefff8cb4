import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { reach } from "../../src/analysis/questions/reach.js";
import { CHART_KINDS, chartSpec, renderSvg, THEMES, type TopLevelSpec } from "../../src/chart/index.js";
import { spreadLabels } from "../../src/chart/kinds/pairs/spread-labels.js";
import { hasGlyphs } from "../../src/chart/text/font.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { compare, LANGUAGES, means, published, type ResultSet, rates } from "../../src/index.js";
import { root } from "../support/golden.js";
import {
	genders,
	HOSTILE,
	hiddenRows,
	hostileLabels,
	manySystems,
	oneGroup,
	oneItem,
	systemsByGender,
	trend,
	trendOfSystems,
	twoCycles,
} from "./examples.js";
import { locale } from "./fixtures.js";
import { expectReadable } from "./readable.js";
import { readTexts } from "./texts.js";
import { expectValid } from "./valid.js";

const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");

/** Results to draw as a kind that is not their default, or only there worth a look. */
const DRAWN = [
	["bars", genders],
	["bars", manySystems],
	["dots", manySystems],
	["dumbbell", genders],
	["heatmap", manySystems],
	["heatmap", hiddenRows],
	["rank", oneItem],
	["slope", trend],
	["dumbbell", trendOfSystems],
	["dumbbell", trend],
] as const;

const dataOf = (spec: TopLevelSpec) => (spec.data as { values: Record<string, unknown>[] }).values;

describe.each(DRAWN)("%s of %o", (kind, make) => {
	test.each(LANGUAGES)("is valid, and keeps its texts inside and apart (%s)", async (language) => {
		const spec = chartSpec(make(language), { kind, locale: locale(language) });
		expectValid(spec);
		const { texts } = expectReadable(await renderSvg(spec));
		for (const { text, weight } of texts) expect(hasGlyphs(text, weight), text).toBe(true);
	});
});

test.each(["bars", "heatmap"])("%s holds every figure of the result, and no other", (kind) => {
	const results = manySystems("en");
	const drawn = dataOf(chartSpec(results, { kind, locale: locale("en") })).map(({ estimate }) => estimate);
	// Of bars an average is a line.
	const own = results.estimates.filter(
		({ group }) => kind === "heatmap" || !group.country?.startsWith("average"),
	);
	const figures = own.map(({ estimate }) => estimate);
	expect(drawn.map(String).toSorted()).toEqual(figures.map(String).toSorted());
});

test.each(LANGUAGES)(
	"many systems of a heatmap stand by name where that is asked for, averages last (%s)",
	async (language) => {
		const results = manySystems(language);
		const spec = chartSpec(results, { kind: "heatmap", sort: "name", locale: locale(language) });
		const { texts } = readTexts(await renderSvg(spec));
		const names = Object.entries(results.labels?.groups.country?.values ?? {}).map(([, name]) => name);
		const shown = texts
			.filter(({ text }) => names.includes(text))
			.toSorted((a, b) => a.top - b.top)
			.map(({ text }) => text);
		expect(shown.at(-1)).toBe("OECD average-31");
		const systems = shown.slice(0, -1);
		expect(systems.length).toBeGreaterThan(40);
		expect(systems).toEqual(systems.toSorted(new Intl.Collator(language).compare));
	},
);

test("means of rates are the means, and none of their percentages", async () => {
	const results = await rates([sample], { topics: ["activities"], by: ["gender"] });
	const drawn = dataOf(chartSpec(results, { kind: "means", locale: locale("en") })).map(({ value }) => value);
	const own = results.estimates.filter(({ statistic }) => statistic === "mean");
	expect(own.length).toBeGreaterThan(1);
	expect(drawn).toEqual(own.map(({ estimate }) => estimate));
});

test.each(LANGUAGES)(
	"published figures beside one's own are credited under the chart (%s)",
	async (language) => {
		const caption = async (benchmark: string[]) => {
			const results = await rates([sample], { topics: ["needs"], benchmark, language });
			return JSON.stringify(chartSpec(results, { locale: locale(language) }));
		};
		const source = loadCodebook("talis-2024-teacher").publisher?.figures?.source as string;
		expect(source).toContain("OECD");
		expect(await caption(["KAZ@2024"])).toContain(
			locale(language).text("chart.published-source", { source }),
		);
		expect(await caption([])).not.toContain("OECD");
	},
);

test("ratios have a panel each, and no scale of standard deviations", async () => {
	const results = await means([sample], { by: ["gender"], ratios: ["TT3G11A/TT3G11B"] });
	const spec = chartSpec(results, { locale: locale("en") });
	const drawn = dataOf(spec).map(({ value }) => value);
	expect(drawn).toEqual(results.estimates.map(({ estimate }) => estimate));
	expect(drawn).toHaveLength(2);
	expect(JSON.stringify(spec)).toContain('"title":"Ratio"');
	expect(JSON.stringify(spec)).not.toContain("standard deviation");
});

test("a chart of countries put together says so, and which they are", async () => {
	const file = join(root, "data/samples/synthetic-talis-2024.csv");
	const captionOf = async (pool: string[]) =>
		JSON.stringify(
			chartSpec(await rates([file], { topics: ["needs"], by: ["gender"], pool }), { locale: locale("en") }),
		);
	expect(await captionOf(["country"])).toContain("4 countries are pooled");
	expect(await captionOf([])).not.toContain("pooled");
});

test("distributions of one count in several groups are on one scale", async () => {
	const results = await means([sample], { by: ["gender"], variables: ["types"] });
	const spec = JSON.stringify(chartSpec(results, { kind: "means", locale: locale("en") }));
	const domains = [...spec.matchAll(/"domain":(\[[-\d.,e]+\])/g)].map(([, domain]) => domain);
	expect(domains.length).toBeGreaterThan(2);
	expect(new Set(domains).size).toBe(2);
});

describe("means of systems", () => {
	const codes = ["FR", "IT", "KZ", "MX"];
	const values = [3, 5, null, 4];
	const results = (key: string): ResultSet => {
		const base = oneItem("en");
		const [row] = base.estimates as [ResultSet["estimates"][number]];
		const estimates = codes.map((code, index) => ({
			...row,
			statistic: "mean" as const,
			group: { [key]: code },
			estimate: values[index] ?? null,
		}));
		return { ...base, estimates };
	};
	const draw = (key: string) => chartSpec(results(key), { kind: "means", locale: locale("en") });
	const order = async (key: string) =>
		readTexts(await renderSvg(draw(key)))
			.texts.toSorted((a, b) => a.top - b.top)
			.map(({ text }) => text)
			.filter((text) => [...codes, "France", "Italy", "Kazakhstan", "Mexico"].includes(text));

	test("stand by value, what is hidden last", async () => {
		expect(await order("country")).toEqual(["Italy", "Mexico", "France", "Kazakhstan"]);
	});

	test("and those of a few groups of other kinds in their own order", async () => {
		expect(await order("level")).toEqual(codes);
	});

	test("have the level of their intervals, and not the method of percentages", () => {
		const { usermeta: _, ...drawn } = draw("country");
		const spec = JSON.stringify(drawn);
		expect(spec).toContain("95% confidence interval (line)");
		expect(spec).not.toContain("logit");
	});
});

test("rank holds the figures from the highest", () => {
	const results = oneItem("en");
	const drawn = dataOf(chartSpec(results, { kind: "rank", locale: locale("en") }));
	const figures = results.estimates.map(({ estimate }) => estimate as number).toSorted((a, b) => b - a);
	expect(drawn.map(({ estimate }) => estimate)).toEqual(figures);
});

test("a hidden figure stands with its reason, never as a number", () => {
	const results = manySystems("en");
	const hidden = results.estimates.filter(({ estimate }) => estimate === null).length;
	const spec = chartSpec(results, { kind: "heatmap", locale: locale("en") });
	const marked = dataOf(spec).filter(({ estimate }) => estimate === null);
	expect(marked).toHaveLength(hidden);
	for (const { text, reason } of marked) expect([text, reason]).toEqual(["a", "too few teachers"]);
	expect(JSON.stringify(spec)).toContain("Hidden: a – too few teachers");
});

test("what was not asked is not said to be hidden", () => {
	const spec = JSON.stringify(chartSpec(hiddenRows("en"), { kind: "heatmap", locale: locale("en") }));
	expect(spec).toContain(
		'"Hidden: a – too few teachers; b – too few schools; c – low response; d – protected","e – not administered; f – no data"',
	);
});

test("heads of columns lie, in a table that is turned for it where groups are few", async () => {
	const draw = async (results: ResultSet) =>
		renderSvg(chartSpec(results, { kind: "heatmap", locale: locale("en") }));
	expect(/rotate\((-90|270)/.test(await draw(manySystems("en")))).toBe(true);
	const few = await draw(genders("en"));
	expect(/rotate/.test(few)).toBe(false);
	const { texts } = readTexts(few);
	const topOf = (word: string) => texts.find(({ text }) => text === word)?.top;
	expect(topOf("Female")).toBe(topOf("Male"));
	expect(topOf("Any activity")).toBeGreaterThan(topOf("Female") as number);
	const values = dataOf(chartSpec(genders("en"), { kind: "heatmap", locale: locale("en") }));
	for (const { topic, item, group, estimate } of genders("en").estimates) {
		const cell = values.find(
			({ row, column }) => row === item && column === Object.values(group).join(" | "),
		);
		expect(cell?.estimate, `${topic} ${item}`).toBe(estimate);
	}
});

test("a cell that the result has nothing for says so", () => {
	const results = manySystems("en");
	const { estimates } = results;
	const spec = chartSpec(
		{ ...results, estimates: estimates.slice(1) },
		{ kind: "heatmap", locale: locale("en") },
	);
	expect(dataOf(spec).filter(({ text }) => text === "–")).toHaveLength(1);
	expect(JSON.stringify(spec)).toContain("– no figure");
});

describe("a dumbbell of comparisons", () => {
	let results: ResultSet;
	beforeAll(async () => {
		results = await compare([sample], { between: "gender", topics: ["activities"] });
	});

	test("holds both sides, and is filled where the difference is significant", () => {
		const rows = dataOf(chartSpec(results, { kind: "dumbbell", locale: locale("en") }));
		const tested = results.comparisons.filter(({ statistic }) => statistic === "percent");
		expect(rows).toHaveLength(2 * tested.length);
		for (const { item, a, b, pAdjusted } of tested) {
			const [first, second] = rows.filter(({ row }) => row === item);
			expect([first?.value, second?.value]).toEqual([a.estimate, b.estimate]);
			expect([first?.filled, second?.filled]).toEqual(Array(2).fill((pAdjusted as number) < 0.05));
		}
		expect(new Set(rows.map(({ filled }) => filled)).size).toBe(2);
	});

	test("says which comparisons it cannot show", () => {
		expect(results.comparisons.some(({ item }) => item === "types")).toBe(true);
		const spec = chartSpec(results, { kind: "dumbbell", locale: locale("en") });
		expect(JSON.stringify(spec)).toContain("Not shown (not a percentage): Number of kinds of activity");
	});

	test("draws no line between cycles that do not compare", () => {
		const { comparisons } = trend("en");
		const rows = dataOf(chartSpec(trend("en"), { kind: "dumbbell", locale: locale("en") }));
		const apart = comparisons.filter(({ status }) => status === "not-comparable");
		expect(apart.flatMap(({ a, b }) => [a.estimate, b.estimate])).not.toContain(null);
		expect(apart.length).toBeGreaterThan(0);
		for (const { item, status } of comparisons) {
			const joined = rows.filter(({ row }) => row === item).every(({ low }) => low !== null);
			expect(joined, item).toBe(status === "ok");
		}
	});

	test("says that untested pairs are not tested, and fills none", () => {
		const spec = chartSpec(genders("en"), { kind: "dumbbell", locale: locale("en") });
		expect(JSON.stringify(spec.title)).toContain("not tested");
		for (const { filled, difference = "" } of dataOf(spec)) expect([filled, difference]).toEqual([false, ""]);
	});
});

test("a rank says who differs from the average as the tests do", () => {
	const base = oneItem("en");
	const [first, second, third] = base.estimates;
	if (first === undefined || second === undefined || third === undefined) throw new Error("too few");
	const test = (row: typeof first, difference: number, p: number) => ({
		...row,
		group: {},
		between: { variable: "country", a: row.group.country ?? "", b: "average:oecd-31" },
		kind: "part-whole" as const,
		a: { estimate: row.estimate, se: row.se, n: row.n },
		b: { estimate: 0, se: 0, n: 0 },
		difference,
		t: 0,
		p,
		pAdjusted: p,
	});
	const results = {
		...base,
		comparisons: [test(first, 5, 0.01), test(second, -5, 0.01), test(third, 5, 0.3)],
	};
	const rows = dataOf(chartSpec(results, { kind: "rank", locale: locale("en") }));
	const verdict = ({ group }: typeof first) => rows.find(({ row }) => row === group.country)?.verdict;
	expect([first, second, third].map(verdict)).toEqual(["above", "below", "no-different"]);
});

describe("a slope", () => {
	const results = trend("en");
	const spec = chartSpec(results, { kind: "slope", locale: locale("en") });
	const rows = dataOf(spec);

	test("holds both cycles of every item, the earlier first", () => {
		expect(rows.map(({ row, earlier, later }) => [row, earlier, later])).toEqual(
			results.comparisons.map(({ item, a, b }) => [item, b.estimate, a.estimate]),
		);
		expect(rows.some(({ earlier }) => earlier === null)).toBe(true);
	});

	test("draws a line only where the cycles compare, strong where the change is significant", () => {
		for (const [index, { status, difference, pAdjusted }] of results.comparisons.entries()) {
			const significant = pAdjusted !== null && pAdjusted < 0.05;
			expect(rows[index]).toMatchObject({ joined: status === "ok", significant, difference });
		}
		expect(rows[2]?.change).toBe("not comparable");
		expect(rows[3]?.change).toBe("suppressed");
		expect((spec.title as { subtitle: string[] }).subtitle.join(" ")).toContain(
			"no line: the cycles are not comparable",
		);
	});

	test("names both cycles once", () => {
		const { subtitle } = spec.title as { subtitle: string[] };
		expect(subtitle[1]).toBe("TALIS 2018–2024 teacher questionnaire · Kazakhstan");
	});

	test("takes only cycles", () => {
		const draw = () => chartSpec(genders("en"), { kind: "slope", locale: locale("en") });
		expect(draw).toThrow("the chart slope cannot show this result: it shows two cycles side by side");
	});
});

test("labels in a column are moved apart, and no further", () => {
	const heights = [10, 10, 20, 10];
	expect(spreadLabels([50, 52, 90, 5], heights, 100)).toEqual([46, 56, 90, 5]);
	expect(spreadLabels([0, 0, 0, 0], heights, 100)).toEqual([5, 15, 30, 45]);
	expect(spreadLabels([100, 100, 100, 100], heights, 100)).toEqual([55, 65, 80, 95]);
});

test("what a result holds decides the kind", () => {
	const dataSize = (results: ResultSet, kind?: string) =>
		JSON.stringify(chartSpec(results, { locale: locale("en"), ...(kind === undefined ? {} : { kind }) }));
	expect(dataSize(oneGroup("en"))).toBe(dataSize(oneGroup("en"), "dots"));
	expect(dataSize(trend("en"))).toBe(dataSize(trend("en"), "slope"));
	expect(dataSize(twoCycles(manySystems("en")))).toBe(dataSize(twoCycles(manySystems("en")), "dumbbell"));
	expect(dataSize(oneItem("en"))).toBe(dataSize(oneItem("en"), "rank"));
	expect(dataSize(manySystems("en"))).toBe(dataSize(manySystems("en"), "heatmap"));
	expect(dataSize(systemsByGender("en"))).toBe(dataSize(systemsByGender("en"), "heatmap"));
});

test("a kind that cannot show the result says which can", () => {
	const draw = () => chartSpec(oneGroup("en"), { kind: "rank", locale: locale("en") });
	expect(draw).toThrow(
		expect.objectContaining({
			name: "UserError",
			message: "the chart rank cannot show this result: it shows one item of several countries or groups",
			hint: "kinds that can: dots, bars",
		}),
	);
});

test("a theme changes colours and nothing else", () => {
	const [light, ...others] = THEMES.map((theme) => chartSpec(genders("en"), { theme, locale: locale("en") }));
	for (const { config, ...rest } of others) {
		expect({ ...rest, config: { ...config, params: null } }).toEqual({
			...light,
			config: { ...light?.config, params: null },
		});
		expect(config?.params).not.toEqual(light?.config?.params);
	}
});

test.each(CHART_KINDS.filter((kind) => ["dots", "bars", "dumbbell", "heatmap"].includes(kind)))(
	"%s takes hostile labels for text",
	async (kind) => {
		const spec = chartSpec(hostileLabels(), { kind, locale: locale("en") });
		expectValid(spec);
		const svg = await renderSvg(spec);
		expect(svg).not.toMatch(/<(script|b|i)\b/);
		const words = readTexts(svg)
			.texts.map(({ text }) => text)
			.join("")
			.replaceAll(" ", "");
		expect(words).toContain("</script><script>alert(");
	},
);

test.each(["slope", "differences"])("%s takes hostile labels for text", async (kind) => {
	const spec = chartSpec(twoCycles(hostileLabels()), { kind, locale: locale("en") });
	expectValid(spec);
	const svg = await renderSvg(spec);
	expect(svg).not.toMatch(/<(script|b|i)\b/);
	expect(svg).toContain("&lt;script&gt;");
});

test.each(["forest", "leave-one-out"])("%s takes hostile labels for text", async (kind) => {
	const asked = { items: ["activities:coaching"], where: ["population=isced2"], synthesis: "reml" } as const;
	const results = published(asked);
	const hostile = "</script><script>alert(1)</script>";
	const syntheses = results.syntheses?.map((one) => ({ ...one, of: { ...one.of, label: hostile } })) ?? [];
	const spec = chartSpec({ ...results, syntheses }, { kind, locale: locale("en") });
	expectValid(spec);
	const svg = await renderSvg(spec);
	expect(svg).not.toMatch(/<script\b/);
	expect(svg).toContain("&lt;script&gt;");
	// Every system has its square inside the plot, larger where it counts more.
	const { values } = spec.data as { values: { weight: number | null; low: number; value: number }[] };
	expect(values.filter(({ weight }) => weight !== null)).toHaveLength(54);
	expect(values.every(({ low, value }) => low <= value)).toBe(true);
});

test("reach takes hostile names of programmes for text", async () => {
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const rows = HOSTILE.filter((name) => name !== "").map((name) => `${cell(name)},2018,1,4`);
	const file = join(mkdtempSync(join(tmpdir(), "talis-pd-reach-")), "counts.csv");
	writeFileSync(file, ["program,year,trained,eligible", ...rows].join("\n"));
	const spec = chartSpec(await reach(file), { kind: "reach", locale: locale("en") });
	expectValid(spec);
	const svg = await renderSvg(spec);
	expect(svg).not.toMatch(/<(script|b|i)\b/);
	expect(svg).toContain("&lt;script&gt;");
});

test("slope stays as it was", async () => {
	const spec = chartSpec(trend("kk"), { locale: locale("kk") });
	await expect(`${JSON.stringify(spec, null, "\t")}\n`).toMatchFileSnapshot(
		"../snapshots/chart/slope.kk.vl.json",
	);
});

test.each(["bars", "dumbbell", "heatmap"])("%s stays as it was", async (kind) => {
	const spec = chartSpec(genders("en"), { kind, locale: locale("en") });
	await expect(`${JSON.stringify(spec, null, "\t")}\n`).toMatchFileSnapshot(
		`../snapshots/chart/${kind}.en.vl.json`,
	);
});

describe.each(["dumbbell", "differences", "slope"])("%s of many systems", (kind) => {
	test.each(LANGUAGES)("stands in columns, with its texts inside and apart (%s)", async (language) => {
		const results = twoCycles(manySystems(language));
		const comparisons = results.comparisons.map((row, index) => {
			const difference = row.difference === null ? null : (index % 17) - 8;
			const earlier = row.a.estimate === null ? null : Math.min(100, row.a.estimate - (difference ?? 0));
			return { ...row, difference, ciLow: null, ciHigh: null, b: { ...row.b, estimate: earlier } };
		});
		const top = kind === "slope" ? { top: 20 } : {};
		const spec = chartSpec({ ...results, comparisons }, { kind, ...top, locale: locale(language) });
		expectValid(spec);
		const { width, height } = expectReadable(await renderSvg(spec));
		expect(width).toBeLessThan(1400);
		expect(height).toBeLessThan(kind === "slope" ? 6500 : 4500);
	});
});
