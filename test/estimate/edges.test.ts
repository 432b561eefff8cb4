import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { compare } from "../../src/analysis/questions/compare.js";
import { means } from "../../src/analysis/questions/means.js";
import { rates } from "../../src/analysis/questions/rates.js";
import { countInterval } from "../../src/estimate/interval.js";

const cases = fileURLToPath(new URL("../../../shared/cases/", import.meta.url));
const oracle = fileURLToPath(new URL("../../../shared/oracle/extra.json", import.meta.url));
const teachers = fileURLToPath(
	new URL("../../../shared/data/talis-2018-noisy/teachers.csv", import.meta.url),
);
const present = existsSync(cases) && existsSync(oracle);
const skipped = present ? "" : " (skipped: ../shared is absent)";
const at = (name: string, file: string) => join(cases, name, file);

const folder = mkdtempSync(join(tmpdir(), "talis-pd-edges-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!present)(`edges of estimation${skipped}`, () => {
	test("a replicate at 100 % takes xlogit, and the row says so", async () => {
		const file = at("interval-with-a-replicate-at-the-edge", "jk1edge.csv");
		const codebook = at("interval-with-a-replicate-at-the-edge", "jk1edge.yaml");
		const [row] = (await rates([file], { codebook })).estimates;
		expect(row?.ciMethod).toBe("xlogit");
		expect([row?.ciLow, row?.ciHigh].map((end) => Number(end?.toFixed(2)))).toEqual([83.05, 99.68]);
		const [beta] = (await rates([file], { codebook, ci: "beta" })).estimates;
		expect([beta?.ciLow, beta?.ciHigh].map((end) => Number(end?.toFixed(2)))).toEqual([86.09, 99.95]);
	});

	test("one school has no standard error, and its difference no test", async () => {
		const file = at("one-school-has-no-error", "zero.csv");
		const codebook = at("one-school-has-no-error", "zero.yaml");
		const { estimates } = await rates([file], { codebook, by: ["g"] });
		const alone = estimates.find(({ group }) => group.g?.toUpperCase() === "A");
		expect(alone?.estimate).toBeCloseTo(40, 9);
		expect(alone).toMatchObject({ se: null, ciLow: null, ciHigh: null, deff: null, status: "no-variance" });
		const [difference] = (await compare([file], { codebook, between: "g" })).comparisons;
		expect(difference).toMatchObject({ difference: null, se: null, p: null, status: "no-variance" });
		expect(difference?.a.estimate).toBeCloseTo(40, 9);
		// Whatever the degrees of freedom are called, there is nothing to tell an error by.
		const { estimates: normal } = await rates([file], { codebook, by: ["g"], df: "inf" });
		expect(normal.find(({ group }) => group.g?.toUpperCase() === "A")).toMatchObject({
			se: null,
			status: "no-variance",
		});
	});

	test("rows with a weight of 0 are neither teachers nor schools", async () => {
		const { estimates } = await rates([at("zero-weight-rows", "zw2.csv")], {
			codebook: at("zero-weight-rows", "zw2.yaml"),
			by: ["g"],
		});
		expect(estimates[0]).toMatchObject({ n: 3, schools: 3, status: "few-teachers" });
	});

	test("a quantile is the first value whose cumulated weight reaches it", async () => {
		const { estimates } = await means([at("quantile-ties", "q2.csv")], {
			codebook: at("quantile-ties", "q.yaml"),
			quantiles: [0.1, 0.2, 0.5, 0.9],
		});
		expect(estimates.filter(({ statistic }) => statistic.startsWith("q")).map((row) => row.estimate)).toEqual(
			[1, 2, 5, 9],
		);
	});

	test("the jackknife's quantiles have Woodruff's error", async () => {
		const spec = { codebook: at("quantile-jackknife", "jkq.yaml"), quantiles: [0.5] };
		const of = async (quantileInterval?: "replicates") =>
			(await means([at("quantile-jackknife", "jkq.csv")], { ...spec, quantileInterval })).estimates.find(
				({ statistic }) => statistic === "q50",
			);
		expect((await of())?.se?.toFixed(3)).toBe("0.122");
		expect((await of())?.ciMethod).toBe("woodruff");
		expect((await of("replicates"))?.se).not.toBe((await of())?.se);
	});

	test("a lonely sampling unit counts on average only in the domains it is in", async () => {
		const file = at("lonely-psu-average-domain", "lonely.csv");
		const spec = {
			codebook: at("lonely-psu-average-domain", "lonely.yaml"),
			by: ["g"],
			lonelyPsu: "average",
		} as const;
		const { estimates } = await rates([file], { ...spec, total: true });
		const se = (group: string) => estimates.find((row) => row.group.g === group)?.se;
		expect(se("even")).toBeCloseTo(5.5779245, 8);
		expect(se("odd")).toBeCloseTo(4.25543669, 8);
		expect(se("total")).toBeCloseTo(2.94619056, 8);
		const mean = await means([file], { ...spec, variables: ["ID"] });
		expect(mean.estimates.find((row) => row.group.g === "even" && row.statistic === "mean")?.se).toBeCloseTo(
			15.53282,
			5,
		);
	});

	test("Woodruff's quantiles of the survey package", async () => {
		const rows = JSON.parse(readFileSync(oracle, "utf8")).quantileWoodruff as {
			country: string;
			population: string;
			variable: string;
			quantile: number;
			estimate: number;
			low: number;
			high: number;
			se: number;
		}[];
		expect(rows.length).toBe(72);
		// The oracle calls years by what they are; the file by their column.
		const columns: Record<string, string> = { YRS_TOTAL: "TT3G11B", YRS_SCHOOL: "TT3G11A" };
		const columnOf = (variable: string) => columns[variable] ?? variable;
		const variables = [...new Set(rows.map(({ variable }) => columnOf(variable)))];
		const quantiles = [...new Set(rows.map(({ quantile }) => quantile))];
		const { estimates } = await means([teachers], {
			variables,
			quantiles,
			quantileInterval: "woodruff",
			by: ["country", "population"],
			suppress: "none",
		});
		for (const row of rows) {
			const found = estimates.find(
				({ variable, item, group, statistic }) =>
					(variable ?? item.toUpperCase()) === columnOf(row.variable) &&
					group.country === row.country &&
					group.population === row.population &&
					statistic === `q${100 * row.quantile}`,
			);
			const what = `${row.variable} ${row.country} ${row.population} ${row.quantile}`;
			expect(found?.ciMethod, what).toBe("woodruff");
			for (const [ours, theirs] of [
				[found?.estimate, row.estimate],
				[found?.ciLow, row.low],
				[found?.ciHigh, row.high],
				[found?.se, row.se],
			] as const) {
				expect(Math.abs((ours ?? Number.NaN) - theirs), what).toBeLessThanOrEqual(1e-9 * Math.abs(theirs));
			}
		}
	});
});

test("blank school ids are no school", async () => {
	const file = join(folder, "blank.csv");
	const codebook = join(folder, "blank.yaml");
	const rows = Array.from({ length: 40 }, (_, row) => `${row},${row < 20 ? row % 5 : " "},1,${row % 2}`);
	writeFileSync(file, `ID,SCHOOL,W,Q\n${rows.join("\n")}\n`);
	writeFileSync(
		codebook,
		`id: blank
version: "1.0.0"
cycle: 2026
title: { en: Blank }
survey: { en: Blank }
detect: { columns: [Q] }
ids: { school: SCHOOL }
design: { method: weights-only, weight: W }
defaults: { topics: [activities] }
bases: { all: { label: { en: all } } }
answers: { yn: { yes: ["1"], values: { "1": { en: "Yes" }, "0": { en: "No" } } } }
groups: {}
topics:
  activities:
    label: { en: T }
    title: { en: T }
    question: Q
    answers: yn
    base: all
    items: { q: { variable: Q, label: { en: q } } }
`,
	);
	const [row] = (await rates([file], { codebook })).estimates;
	expect(row).toMatchObject({ n: 40, schools: 5 });
});

test("a count never goes below 0", () => {
	const { low, high } = countInterval(100, 90, 20, 0.95);
	expect(low).toBeGreaterThan(0);
	expect(Math.log(high / 100)).toBeCloseTo(Math.log(100 / low), 12);
	expect(countInterval(0, 0, 20, 0.95)).toEqual({ low: 0, high: 0, method: "log" });
});
