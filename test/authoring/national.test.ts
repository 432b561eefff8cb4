import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { compare, gaps, LANGUAGES, means, rates } from "../../src/index.js";
import { calibrationFrom } from "../../src/synth/calibration/library.js";
import { listTargets } from "../../src/synth/calibration/parse.js";
import { surveyLines } from "../../src/synth/index.js";
import { apart, root } from "../support/golden.js";

const CALIBRATION = join(root, "data/calibration/synthetic-national-pd-survey.yaml");
const SAMPLE = join(root, "data/samples/synthetic-national-pd-survey.csv");
const CODEBOOK = loadCodebook("national-pd-survey");
const TOPICS = Object.keys(CODEBOOK.topics);

interface Golden {
	mean: { estimate: number; se: number };
	differences: { item: string; difference: number; se: number }[];
	rows: {
		item: string;
		by: string;
		value: string;
		estimate: number;
		se: number;
		n: number;
		df: number;
		deff: number;
		logit: [number, number];
	}[];
}
const goldenOf = (path: string): Golden => JSON.parse(readFileSync(path, "utf8"));
const golden = goldenOf(join(root, "test/golden/national.json"));

/** R's names for the groups of the sample. */
const GROUPS: Record<string, [by: string[], value: Record<string, string>]> = {
	"": [[], {}],
	"LOCALITY 1": [["locality"], { locality: "urban" }],
	"LOCALITY 2": [["locality"], { locality: "rural" }],
	"REGION 6": [["region"], { region: "cities" }],
};

describe("R's survey, strata and schools, to 1e-9", () => {
	test.each(Object.keys(GROUPS))("group %j", async (name) => {
		const [by, value] = GROUPS[name] as (typeof GROUPS)[string];
		const { estimates, design } = await rates([SAMPLE], { topics: TOPICS, by, suppress: "none" });
		expect(design).toMatchObject({ method: "taylor", strata: "STRATUM", psu: "SCHOOL", weight: "NPDWGT" });
		const rows = golden.rows.filter((row) => `${row.by} ${row.value}`.trim() === name);
		expect(rows.length).toBe(77);
		for (const row of rows) {
			const found = estimates.find(
				(one) =>
					[one.item, one.variable].includes(row.item) &&
					(row.item !== "never" || one.topic === "retraining") &&
					JSON.stringify(one.group) === JSON.stringify(value) &&
					one.statistic === "percent",
			);
			const where = `${row.item} ${name}`;
			for (const key of ["estimate", "se", "deff"] as const) {
				expect(apart(found?.[key], row[key]), `${where} ${key}`).toBeLessThan(1e-9);
			}
			expect([found?.n, found?.df], where).toEqual([row.n, row.df]);
			if (found?.ciMethod !== "logit") continue;
			expect(apart(found.ciLow, row.logit[0]), where).toBeLessThan(1e-9);
			expect(apart(found.ciHigh, row.logit[1]), where).toBeLessThan(1e-9);
		}
	});

	test("differences of town and village, with their covariance, and a mean", async () => {
		const { comparisons } = await compare([SAMPLE], {
			between: "locality",
			topics: ["activities", "platforms"],
		});
		for (const { item, difference, se } of golden.differences) {
			const found = comparisons.find(({ variable }) => variable === item);
			expect(apart(found?.difference, difference), item).toBeLessThan(1e-9);
			expect(apart(found?.se, se), item).toBeLessThan(1e-9);
		}
		const { estimates } = await means([SAMPLE], { variables: ["experience-years"] });
		const mean = estimates.find(({ statistic }) => statistic === "mean");
		expect(apart(mean?.estimate, golden.mean.estimate)).toBeLessThan(1e-9);
		expect(apart(mean?.se, golden.mean.se)).toBeLessThan(1e-9);
	});

	const hasSurvey = spawnSync("Rscript", ["-e", "library(survey)"]).status === 0;
	const skipped = hasSurvey ? "" : " (skipped: R's package survey is absent)";
	test.skipIf(!hasSurvey)(
		`make-national.R makes national.json again${skipped}`,
		{ timeout: 300_000 },
		async () => {
			const out = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "national.json");
			await promisify(execFile)("Rscript", ["test/golden/make-national.R", out], { cwd: root });
			const again = goldenOf(out);
			expect(again.rows.length).toBe(golden.rows.length);
			for (const [index, row] of again.rows.entries()) {
				expect(apart(row.estimate, golden.rows[index]?.estimate as number)).toBeLessThan(1e-12);
				expect(apart(row.se, golden.rows[index]?.se as number)).toBeLessThan(1e-10);
			}
		},
	);
});

describe("the sample", () => {
	test("is made again, byte for byte, by its calibration", async () => {
		const { calibration, codebook } = calibrationFrom(CALIBRATION);
		const text = [...surveyLines(calibration, codebook, { weightDecimals: 3 })].join("");
		expect(text === readFileSync(SAMPLE, "utf8")).toBe(true);
		expect(Buffer.byteLength(text)).toBeLessThan(1.5e6);
	});

	test("hits every figure of its calibration to one decimal, and tells assumed ones from published ones", async () => {
		const { calibration } = calibrationFrom(CALIBRATION);
		const { estimates, notes } = await rates([SAMPLE], { topics: TOPICS, suppress: "none" });
		const targets = listTargets(calibration);
		expect(targets.length).toBeGreaterThan(100);
		for (const { topic, item, percent } of targets) {
			const found = estimates.find((one) => one.topic === topic && one.item === item);
			expect(Math.abs((found?.estimate as number) - percent), `${topic}:${item}`).toBeLessThan(0.1);
		}
		const source = (item: string) =>
			targets.find((one) => one.topic === "activities" && one.item === item)?.source;
		expect([source("peer-coaching"), source("courses-in-person"), source("lesson-study")]).toEqual([
			"article",
			"article",
			"assumed",
		]);
		expect(notes.map(({ code }) => code)).toContain("synthetic-data");
	});

	test("asks who provided what only of those who took part in it", async () => {
		const { estimates } = await rates([SAMPLE], { topics: ["providers-*", "activities"] });
		const took = estimates.find(({ topic, item }) => topic === "activities" && item === "courses-online");
		const provided = estimates.filter(({ topic }) => topic === "providers-courses-online");
		expect(provided.length).toBe(6);
		for (const row of provided) {
			expect(row.base).toBe("took-courses-online");
			expect(row.n).toBeLessThan((took?.n as number) * 0.65);
		}
	});

	test("sets needs against offers by the topics its codebook names", async () => {
		const { comparisons, settings } = await gaps([SAMPLE]);
		expect(comparisons.length).toBe(14);
		expect(settings.gaps).toEqual({ needs: "needs", offer: "focus" });
		const missing = comparisons.find(({ item }) => item === "inclusive-classes");
		expect(missing?.difference).toBeGreaterThan(0);
	});

	test("is named in every language", async () => {
		for (const language of LANGUAGES) {
			const { labels } = await rates([SAMPLE], { topics: TOPICS, language, by: ["region"] });
			expect(Object.keys(labels?.topics ?? {})).toEqual(TOPICS);
		}
	});
});

test.each(LANGUAGES)("the questionnaire in %s asks every column of the codebook", (language) => {
	const text = readFileSync(join(root, `docs/national-pd-survey/questionnaire.${language}.md`), "utf8");
	const items = Object.values(CODEBOOK.topics).flatMap(({ items }) => Object.values(items));
	for (const { variable, label } of items) {
		expect(text).toContain(`\`${variable}\``);
		const spoken = variable.startsWith("Q13") || variable === "Q19" ? "" : (label[language] as string);
		expect(text).toContain(spoken);
	}
	for (const { variable } of Object.values(CODEBOOK.groups)) expect(text).toContain(`\`${variable}\``);
});
