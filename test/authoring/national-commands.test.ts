import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chartSpec } from "../../src/chart/index.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { compare, gaps, LANGUAGES, means, type ResultSet, rates } from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { run } from "../cli/support.js";
import { root } from "../support/golden.js";
import { expectSame } from "../support/same.js";

// What the worked example of docs/own-surveys.md promises: every question to the national survey is answered.

const SAMPLE = join(root, "data/samples/synthetic-national-pd-survey.csv");
const CODEBOOK = loadCodebook("national-pd-survey");
const TOPICS = Object.keys(CODEBOOK.topics);
const GROUPS = Object.keys(CODEBOOK.groups);
const NETWORK = CODEBOOK.grids?.providers as NonNullable<typeof CODEBOOK.grids>[string];

const table = (results: ResultSet, language: (typeof LANGUAGES)[number] = "en") =>
	renderText("table", results, { locale: loadLocale(language), width: 80, color: false });

/** Ids that no reader should meet where there is a name. */
function expectNamed({ labels }: ResultSet) {
	for (const [id, { values }] of Object.entries(labels?.groups ?? {})) {
		for (const [value, name] of Object.entries(values)) expect(name, `${id}=${value}`).not.toBe(value);
	}
}

describe.each(GROUPS)("by %s", (by) => {
	test.each(TOPICS)("%s fits a terminal, is named and is drawn", async (topic) => {
		const results = await rates([SAMPLE], { topics: [topic], by: [by], language: "ru" });
		const { items, derived = {} } = CODEBOOK.topics[topic] as (typeof CODEBOOK.topics)[string];
		const shown = Object.values(derived).filter(({ onRequest }) => onRequest !== true).length;
		const { values } = CODEBOOK.groups[by] as (typeof CODEBOOK.groups)[string];
		const expected = (Object.keys(items).length + shown) * Object.keys(values).length;
		expect(results.estimates.length).toBe(expected);
		for (const { status, estimate, item } of results.estimates) {
			expect(["ok", "few-teachers"], item).toContain(status);
			expect(estimate === null, item).toBe(status !== "ok");
		}
		expectNamed(results);
		for (const line of table(results, "ru").split("\n"))
			expect([...line].length, line).toBeLessThanOrEqual(80);
		expect(chartSpec(results, { locale: loadLocale("ru") })).toHaveProperty("vconcat");
	});

	test("differences of all topics and means", async () => {
		const { comparisons } = await compare([SAMPLE], { between: by, topics: TOPICS });
		expect(new Set(comparisons.map(({ topic }) => topic))).toEqual(new Set(TOPICS));
		expect(comparisons.filter(({ status }) => status === "ok").length).toBeGreaterThan(100);
		const results = await means([SAMPLE], { by: [by] });
		expect(results.notes.map(({ code }) => code)).not.toContain("replicates-dropped");
		expect(table(results)).toContain("Years as a teacher");
	});
});

describe("the network of providers", () => {
	test.each(LANGUAGES)(
		"is one table and one chart of providers by kinds of programme, in %s",
		async (language) => {
			const results = await rates([SAMPLE], { topics: ["providers"], language });
			expect(results.estimates.length).toBe(36);
			const { title, topics } = NETWORK;
			const text = table(results, language);
			expect(text.split(title[language] as string).length).toBe(2);
			const spec = chartSpec(results, { locale: loadLocale(language) });
			const { values } = (spec as { data: { values: { row: string; column: string; group: string }[] } })
				.data;
			expect(new Set(values.map(({ row }) => row))).toEqual(new Set(Object.keys(NETWORK.topics)));
			expect(values.map(({ group }) => group)).toContain(topics["providers-lesson-study"]?.[language]);
			for (const format of ["markdown", "html", "latex"]) {
				const page = renderText(format, results, { locale: loadLocale(language), width: 80, color: false });
				expect(page).toContain(topics["providers-conferences"]?.[language]);
			}
		},
	);

	test("holds the figures of its topics alone", async () => {
		const [whole, one] = await Promise.all([
			rates([SAMPLE], { topics: ["providers"] }),
			rates([SAMPLE], { topics: ["providers-network"] }),
		]);
		const own = whole.estimates.filter(({ topic }) => topic === "providers-network");
		expectSame({ ...one, estimates: own }, one);
		const cells = one.estimates.map(({ estimate, se }) => `${estimate?.toFixed(1)} (${se?.toFixed(1)})`);
		for (const cell of cells) expect(table(whole)).toContain(cell);
	});

	test("of groups is a table a kind", async () => {
		const results = await rates([SAMPLE], { topics: ["providers"], by: ["locality"] });
		expect(table(results).split("Who provided it:").length).toBe(7);
	});
});

test("needs against the topics of programmes, by every group", async () => {
	const results = await gaps([SAMPLE], { by: [...GROUPS.slice(0, 2)] });
	expect(results.comparisons.length).toBe(
		14 * new Set(results.comparisons.map(({ group }) => JSON.stringify(group))).size,
	);
	expect(results.comparisons.length).toBeGreaterThan(14 * 6);
	expect(chartSpec(await gaps([SAMPLE]), { locale: loadLocale("kk") })).toHaveProperty("vconcat");
});

test("certificates are of those who used the platform, each platform by itself", async () => {
	const { estimates } = await rates([SAMPLE], { topics: ["certificates", "platforms"] });
	const n = (topic: string, item: string) =>
		estimates.find((row) => row.topic === topic && row.item === item)?.n as number;
	expect(new Set(estimates.map(({ base }) => base))).toEqual(new Set(["used-platform", "all"]));
	for (const item of ["bilimland", "coursera", "khan-academy", "other"]) {
		const { estimate } = estimates.find(
			(row) => row.topic === "platforms" && row.item === item,
		) as (typeof estimates)[number];
		// Users by the unweighted rows, give or take those who left the question out.
		expect(n("certificates", item) / n("platforms", item)).toBeCloseTo((estimate as number) / 100, 1);
	}
});

describe("every command", () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-national-"));
	const at = (name: string) => join(folder, name);
	const KINDS: [kind: string, command: string, ...options: string[]][] = [
		["dots", "rates", "--topic", "barriers"],
		["bars", "rates", "--topic", "barriers"],
		["heatmap", "rates", "--topic", "activities", "--by", "region"],
		["rank", "rates", "--item", "lesson-study", "--by", "region"],
		["dumbbell", "compare", "--between", "locality", "--topic", "platforms"],
		["differences", "compare", "--between", "items", "--item", "lesson-study,action-research"],
		["matrix", "gaps"],
		["means", "means", "--by", "locality"],
	];

	test.each(KINDS)("chart %s of %s", async (kind, command, ...options) => {
		const chart = at(`${kind}.svg`);
		const asked = [command, SAMPLE, ...options, "--kind", kind, "--chart", chart, "--lang", "kk"];
		expect(await run(asked)).toMatchObject({ code: 0 });
		expect(readFileSync(chart, "utf8")).toContain("<svg");
	});

	test("files of every format, and saved results shown again", async () => {
		for (const ending of ["csv", "json", "xlsx", "md", "html", "tex", "txt"]) {
			const { code } = await run([
				"rates",
				SAMPLE,
				"--topic",
				"retraining,mentoring",
				"--out",
				at(`r.${ending}`),
			]);
			expect(code, ending).toBe(0);
		}
		const { code, out } = await run(["render", at("r.json"), "--lang", "ru"]);
		expect([code, out]).toEqual([0, expect.stringContaining("Был наставник в первый год работы")]);
		expect((await run(["rates", SAMPLE, "--topic", "providers", "--out", at("p.json")])).code).toBe(0);
		expect((await run(["render", at("p.json"), "--lang", "kk"])).out).toContain(NETWORK.title.kk);
	});

	const CHECKS: string[][] = [
		["inspect", SAMPLE],
		["doctor", SAMPLE, "--strict"],
		["codebook", "check", SAMPLE, "--strict", "--codebook", "national-pd-survey"],
	];
	test.each(CHECKS)("%s finds nothing wrong", async (...words) => {
		expect((await run(words)).code).toBe(0);
	});

	test("a report from a config that init wrote, with all topics in three languages", async () => {
		expect((await run(["report", "init", at("report.yaml"), "--data", SAMPLE])).code).toBe(0);
		const { code, err } = await run(["report", at("report.yaml"), "--allow-outside", "--out", at("report")]);
		expect([code, err]).toEqual([0, expect.stringContaining("index.html")]);
		expect(readdirSync(at("report/tables"))).toEqual([
			"activities.csv",
			"between-gender.csv",
			"by-gender.csv",
			"focus.csv",
			"gaps.csv",
			"needs.csv",
		]);
	});
});
