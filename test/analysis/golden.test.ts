import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Estimate, type IntervalMethod, rates } from "../../src/index.js";

const root = new URL("../../", import.meta.url).pathname;
const files = {
	sample: join(root, "data/samples/synthetic-kazakhstan-2018.csv"),
	noisy: join(root, "../shared/data/talis-2018-noisy/teachers.csv"),
};
const hasNoisy = existsSync(files.noisy);
const hasSurvey = spawnSync("Rscript", ["-e", "library(survey); library(data.table)"]).status === 0;

interface GoldenRow {
	file: keyof typeof files;
	by: string;
	value: string;
	variable: string;
	estimate: number;
	se: number;
	n: number;
	df: number;
	count: number;
	countSe: number;
	coverage: number;
	deff: number | null;
	logit: [number, number] | null;
	xlogit: [number, number] | null;
	beta: [number, number] | null;
	wald: [number, number] | null;
}

const golden = JSON.parse(readFileSync(join(root, "test/golden/rates.json"), "utf8")).rows as GoldenRow[];
const TOPICS = [
	"activities",
	"focus",
	"needs",
	"barriers",
	"support",
	"impact",
	"characteristics",
	"induction",
	"mentoring",
];
const METHODS = ["logit", "xlogit", "beta", "wald"] as const;

/** Relative difference; figures that are zero in R must be zero up to rounding of percentages. */
function apart(a: number | null | undefined, b: number): number {
	if (a === null || a === undefined) return Number.POSITIVE_INFINITY;
	return Math.abs(a - b) / Math.max(Math.abs(b), 1e-3);
}

async function estimatesBy(file: string, by: string, ci: IntervalMethod): Promise<Map<string, Estimate>> {
	const { estimates } = await rates([file], { topics: TOPICS, by: [by], ci, counts: true, suppress: "none" });
	return new Map(estimates.map((row) => [`${row.group[by]} ${row.variable} ${row.statistic}`, row]));
}

describe.each([
	["sample", "gender", true],
	["sample", "experience", true],
	["noisy", "country", hasNoisy],
] as const)("R's survey on the %s by %s", (file, by, present) => {
	const rows = golden.filter((row) => row.file === file && row.by === by);
	const name = present ? "" : " (skipped: ../shared is absent)";

	test.skipIf(!present)(`percent, SE, count, df, n, coverage and design effect to 1e-9${name}`, async () => {
		const found = await estimatesBy(files[file], by, "logit");
		expect(rows.length).toBeGreaterThan(150);
		for (const row of rows) {
			const where = `${row.value} ${row.variable}`;
			const percent = found.get(`${where} percent`);
			const count = found.get(`${where} count`);
			expect(apart(percent?.estimate, row.estimate), where).toBeLessThan(1e-9);
			expect(apart(percent?.se, row.se), where).toBeLessThan(1e-9);
			expect([percent?.n, percent?.df], where).toEqual([row.n, row.df]);
			expect(apart(count?.estimate, row.count), where).toBeLessThan(1e-9);
			expect(apart(count?.se, row.countSe), where).toBeLessThan(1e-9);
			expect(apart(percent?.coverage, row.coverage), where).toBeLessThan(1e-9);
			if (row.deff !== null) expect(apart(percent?.deff, row.deff), where).toBeLessThan(1e-9);
		}
	});

	test.skipIf(!present).each(METHODS)(`%s intervals to 1e-9${name}`, async (method) => {
		const found = await estimatesBy(files[file], by, method);
		for (const row of rows) {
			const ends = row[method];
			if (ends === null) continue;
			const percent = found.get(`${row.value} ${row.variable} percent`);
			expect(percent?.ciMethod).toBe(method);
			for (const [index, end] of [percent?.ciLow, percent?.ciHigh].entries()) {
				expect(apart(end, 100 * (ends[index] as number)), `${row.value} ${row.variable}`).toBeLessThan(1e-9);
			}
		}
	});
});

test.skipIf(!hasSurvey || !hasNoisy)(
	`the R script makes these numbers again${hasSurvey && hasNoisy ? "" : " (skipped: R's survey or ../shared is absent)"}`,
	{ timeout: 300_000 },
	() => {
		const out = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "rates.json");
		execFileSync("Rscript", ["test/golden/make-rates.R", out], { cwd: root });
		const again = JSON.parse(readFileSync(out, "utf8")).rows as GoldenRow[];
		expect(again.length).toBe(golden.length);
		for (const [index, row] of again.entries()) {
			const known = golden[index] as GoldenRow;
			expect([row.variable, row.value, row.n]).toEqual([known.variable, known.value, known.n]);
			expect(apart(row.estimate, known.estimate)).toBeLessThan(1e-12);
			expect(apart(row.se, known.se)).toBeLessThan(1e-10);
		}
	},
);
