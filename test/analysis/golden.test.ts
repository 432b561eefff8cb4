import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Estimate, type RatesSpec, rates } from "../../src/index.js";
import { apart, type GoldenRow, goldenRows, hasNoisy, noisyFile, root } from "../support/golden.js";

const files = { sample: join(root, "data/samples/synthetic-kazakhstan-2018.csv"), noisy: noisyFile };
const golden = goldenRows();
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

/** What each `ask` of the golden rows is in words of the tool. */
const ASKS: Record<string, RatesSpec> = {
	published: { topics: TOPICS },
	"base all": { topics: ["focus", "support", "impact", "characteristics"], base: "all" },
	"needs of participants": { topics: ["needs"], base: "participants" },
	"needs 3 or 4": { topics: ["needs"], yes: ["3", "4"] },
};

async function estimatesBy(file: string, by: string, spec: RatesSpec): Promise<Map<string, Estimate>> {
	const pool = ["country", "population"].filter((id) => !by.split(",").includes(id));
	const { estimates } = await rates([file], { ...spec, by: [by], pool, counts: true, suppress: "none" });
	const nameOf = ({ group, variable, statistic }: Estimate) =>
		`${Object.values(group).join(" ")} ${variable} ${statistic}`;
	return new Map(estimates.map((row) => [nameOf(row), row]));
}

function expectFigures(rows: readonly GoldenRow[], found: Map<string, Estimate>): void {
	for (const row of rows) {
		const where = `${row.value} ${row.variable}`;
		const percent = found.get(`${where} percent`);
		const count = found.get(`${where} count`);
		expect([percent?.n, percent?.df], where).toEqual([row.n, row.df]);
		const pairs = [
			[percent?.estimate, row.estimate],
			[percent?.se, row.se],
			[count?.estimate, row.count],
			[count?.se, row.countSe],
			[percent?.coverage, row.coverage],
			...(row.deff === null ? [] : [[percent?.deff, row.deff] as const]),
		] as const;
		for (const [ours, theirs] of pairs) expect(apart(ours, theirs), where).toBeLessThan(1e-9);
	}
}

describe.each([
	["sample", "gender", "published", 151],
	["sample", "experience", "published", 220],
	["sample", "novice", "published", 151],
	["sample", "gender", "base all", 72],
	["sample", "gender", "needs of participants", 28],
	["sample", "gender", "needs 3 or 4", 28],
	["noisy", "country", "published", 200],
	["noisy", "country,gender", "published", 400],
	["noisy", "country,novice", "published", 400],
	["noisy", "country", "base all", 100],
	["noisy", "country", "needs of participants", 42],
	["noisy", "country", "needs 3 or 4", 42],
] as const)("R's survey on the %s by %s, %s", (file, by, ask, least) => {
	const present = file === "sample" || hasNoisy;
	const name = present ? "" : " (skipped: ../shared is absent)";
	const rows = golden.filter((row) => row.file === file && row.by === by && row.ask === ask);

	test.skipIf(!present)(`percent, SE, count, df, n, coverage and design effect to 1e-9${name}`, async () => {
		expect(rows.length).toBeGreaterThanOrEqual(least);
		expectFigures(rows, await estimatesBy(files[file], by, ASKS[ask] as RatesSpec));
	});

	const withIntervals = rows.filter((row) => row.logit !== undefined);
	const methods = withIntervals.length === 0 ? [] : METHODS;
	test.skipIf(!present).each(methods)(`%s intervals to 1e-9${name}`, async (method) => {
		const found = await estimatesBy(files[file], by, { ...ASKS[ask], ci: method });
		for (const row of withIntervals) {
			const ends = row[method];
			if (ends === null || ends === undefined) continue;
			const percent = found.get(`${row.value} ${row.variable} percent`);
			expect(percent?.ciMethod).toBe(method);
			for (const [index, end] of [percent?.ciLow, percent?.ciHigh].entries()) {
				expect(apart(end, 100 * (ends[index] as number)), `${row.value} ${row.variable}`).toBeLessThan(1e-9);
			}
		}
	});
});
