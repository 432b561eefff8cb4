import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Comparison, compare, gaps, means, type ResultSet, rates } from "../../src/index.js";
import { adjust } from "../../src/stats/adjust.js";
import { twoSidedP } from "../../src/stats/tails.js";
import { apart, hasNoisy, noisyFile, root } from "../support/golden.js";

/** A figure of R; each kind has some of these. */
interface Row {
	[name: string]: string | number | number[] | null;
	what: string;
	file: "sample" | "noisy";
	quantiles: number[];
	quantileSe: number[];
}
const number = (value: Row[string] | undefined) => value as number;
const read = (name: string) => JSON.parse(readFileSync(join(root, "test/golden", name), "utf8"));
const all: Row[] = read("compare.json").rows;
const files = { sample: join(root, "data/samples/synthetic-kazakhstan-2018.csv"), noisy: noisyFile };
const open = { suppress: "none", pool: ["population"] } as const;
const COUNTRIES = "FRA,ITA,MEX";

function expectDifference(found: Comparison | undefined, row: Row, se = "se"): void {
	const where = JSON.stringify(row).slice(0, 120);
	expect(apart(found?.difference, number(row.difference)), where).toBeLessThan(1e-9);
	expect(apart(found?.se, number(row[se])), where).toBeLessThan(1e-9);
	expect(apart(found?.df, number(row.df)), where).toBeLessThan(1e-9);
	expect(Math.abs((found?.p as number) - number(row.p)), where).toBeLessThan(1e-9);
	for (const end of ["ciLow", "ciHigh"] as const) {
		if (row[end] !== undefined) expect(apart(found?.[end], number(row[end])), where).toBeLessThan(1e-9);
	}
}

const index = (results: ResultSet, key: (row: Comparison) => string) =>
	new Map(results.comparisons.map((row) => [key(row), row]));

describe.each(["sample", "noisy"] as const)("R's survey on the %s", (file) => {
	const present = file === "sample" || hasNoisy;
	const name = present ? "" : " (skipped: ../shared is absent)";
	const rows = (what: string) => all.filter((row) => row.file === file && row.what === what);

	test.skipIf(!present).each(["gender", "experience"])(
		`groups by %s, replicate by replicate${name}`,
		async (between) => {
			const wanted = rows("groups").filter((row) => row.between === between);
			expect(wanted.length).toBeGreaterThan(20);
			const results = await compare([files[file]], {
				...open,
				between,
				pairs: "all",
				topics: ["activities", "focus"],
			});
			const found = index(
				results,
				({ group, variable, between: { a, b } }) => `${group.country} ${variable} ${a} ${b}`,
			);
			for (const row of wanted)
				expectDifference(found.get(`${row.country} ${row.variable} ${row.a} ${row.b}`), row);
		},
	);

	test.skipIf(!present)(`items of the same teachers${name}`, async () => {
		const results = await compare([files[file]], { ...open, between: "items", topics: ["activities"] });
		const variable = new Map(results.estimates.map((row) => [row.item, row.variable]));
		const found = index(
			results,
			({ group, between: { a, b } }) => `${group.country} ${variable.get(a)} ${variable.get(b)}`,
		);
		expect(rows("items").length).toBe(file === "sample" ? 45 : 135);
		for (const row of rows("items"))
			expectDifference(found.get(`${row.country} ${row.variableA} ${row.variableB}`), row);
	});

	test.skipIf(!present).each(["all", "participants"])(`needs against offer, base %s${name}`, async (base) => {
		const results = await gaps([files[file]], { ...open, base });
		const found = index(results, ({ group, variable }) => `${group.country} ${variable}`);
		const wanted = rows("gaps").filter((row) => row.base === base);
		expect(wanted.length).toBeGreaterThanOrEqual(14);
		for (const row of wanted) {
			const comparison = found.get(`${row.country} TT3G27${row.letter}`);
			expectDifference(comparison, row, "differenceSe");
			expect(comparison?.a.n).toBe(row.n);
			const figure = (topic: string) =>
				results.estimates.find(
					(one) => one.topic === topic && one.item === comparison?.item && one.group.country === row.country,
				);
			for (const [topic, key] of [
				["needs", "need"],
				["focus", "covered"],
				["unmet", "unmet"],
			] as const) {
				expect(apart(figure(topic)?.estimate, number(row[key])), `${topic} ${row.letter}`).toBeLessThan(1e-9);
				expect(apart(figure(topic)?.se, number(row[`${key}Se`])), `${topic} ${row.letter}`).toBeLessThan(
					1e-9,
				);
			}
		}
	});

	test.skipIf(!present)(`means, standard deviations and quantiles${name}`, async () => {
		const wanted = rows("means");
		const variables = [...new Set(wanted.map(({ variable }) => variable as string))];
		const quantiles = [0.1, 0.25, 0.5, 0.75, 0.9];
		const { estimates } = await means([files[file]], {
			...open,
			variables,
			quantiles,
			unknownCodes: "missing",
		});
		for (const row of wanted) {
			const figure = (statistic: string) =>
				estimates.find(
					(one) =>
						one.variable === row.variable && one.group.country === row.country && one.statistic === statistic,
				);
			const where = `${row.country} ${row.variable}`;
			expect([figure("mean")?.n, figure("mean")?.df], where).toEqual([row.n, row.df]);
			for (const [statistic, estimate, se] of [
				["mean", row.mean, row.meanSe],
				["sd", row.sd, row.sdSe],
			] as const) {
				expect(apart(figure(statistic)?.estimate, number(estimate)), where).toBeLessThan(1e-9);
				expect(apart(figure(statistic)?.se, number(se)), where).toBeLessThan(1e-9);
			}
			for (const [place, q] of quantiles.entries()) {
				expect(apart(figure(`q${100 * q}`)?.estimate, number(row.quantiles[place])), where).toBeLessThan(
					1e-9,
				);
				expect(apart(figure(`q${100 * q}`)?.se, number(row.quantileSe[place])), where).toBeLessThan(1e-9);
			}
		}
	});

	test.skipIf(!present)(`the distribution of the number of activity types${name}`, async () => {
		const { estimates } = await means([files[file]], { ...open, variables: ["activities:types"] });
		for (const row of rows("types")) {
			const item = row.statistic === "mean" ? "types" : `types-${row.k}`;
			const found = estimates.find(
				(one) => one.item === item && one.statistic === row.statistic && one.group.country === row.country,
			);
			expect(found?.n).toBe(row.n);
			expect(apart(found?.estimate, number(row.estimate))).toBeLessThan(1e-9);
			expect(apart(found?.se, number(row.se))).toBeLessThan(1e-9);
		}
	});
});

describe.skipIf(!hasNoisy)(
	`R's survey between countries${hasNoisy ? "" : " (skipped: ../shared is absent)"}`,
	() => {
		const rows = (what: string) => all.filter((row) => row.what === what);

		test("are independent samples", async () => {
			const results = await compare([noisyFile], { ...open, between: "country", topics: ["activities"] });
			const found = index(results, ({ variable, between: { a, b } }) => `${variable} ${a} ${b}`);
			expect(rows("countries").length).toBe(30);
			for (const row of rows("countries"))
				expectDifference(found.get(`${row.variable} ${row.a} ${row.b}`), row);
		});

		test.each(["simple", "weighted", "pooled"] as const)("average of countries, %s", async (averageKind) => {
			const { estimates } = await rates([noisyFile], { ...open, average: COUNTRIES, averageKind });
			const wanted = rows("averages").filter(({ kind }) => kind === averageKind);
			expect(wanted.length).toBe(25);
			for (const row of wanted) {
				const found = estimates.find(
					(one) => one.variable === row.variable && one.group.country === "average:list-3",
				);
				for (const key of ["estimate", "se", "df"] as const)
					expect(apart(found?.[key], number(row[key]))).toBeLessThan(1e-9);
			}
		});

		test.each(["simple", "weighted", "pooled"] as const)(
			"a country against the average, %s",
			async (averageKind) => {
				const spec = {
					...open,
					between: "country",
					reference: `average:${COUNTRIES}`,
					averageKind,
					topics: ["activities"],
				};
				const found = index(
					await compare([noisyFile], spec),
					({ variable, between: { a } }) => `${variable} ${a}`,
				);
				const wanted = rows("part-whole").filter(({ kind }) => kind === averageKind);
				expect(wanted.length).toBe(30);
				for (const row of wanted) expectDifference(found.get(`${row.variable} ${row.country}`), row);
			},
		);

		test("the average of differences", async () => {
			const spec = { ...open, between: "gender", average: COUNTRIES, topics: ["activities"] };
			const results = await compare([noisyFile], spec);
			const means = {
				...results,
				comparisons: results.comparisons.filter(({ group }) => group.country?.includes(":")),
			};
			const found = index(means, ({ variable }) => String(variable));
			for (const row of rows("average-of-differences"))
				expectDifference(found.get(String(row.variable)), row);
		});

		test("the variance of a difference is the contrast of the covariance matrix", async () => {
			const results = await compare([noisyFile], { ...open, between: "gender", topics: ["activities"] });
			for (const row of rows("covariance")) {
				const found = results.comparisons.find(
					({ variable, group }) => variable === row.variable && group.country === row.country,
				);
				expect(apart((found?.se as number) ** 2, number(row.differenceVariance))).toBeLessThan(1e-9);
			}
		});
	},
);

test("p-values are adjusted as R's p.adjust does", () => {
	for (const { name, p, holm, BH, bonferroni } of read("adjust.json").adjust) {
		const there = (list: (number | null)[]) => list.filter((value) => value !== null) as number[];
		for (const [method, wanted] of [
			["holm", holm],
			["bh", BH],
			["bonferroni", bonferroni],
		] as const) {
			const found = adjust(there(p), method);
			expect(found.length, name).toBe(there(wanted).length);
			for (const [place, value] of there(wanted).entries()) {
				expect(Math.abs((found[place] as number) - value), `${name} ${method}`).toBeLessThanOrEqual(
					1e-12 * value,
				);
			}
		}
	}
});

test("two-sided p-values of t are R's", () => {
	for (const [t, df, p] of read("adjust.json").t as [number, number | "inf", number][]) {
		const found = twoSidedP(t, df === "inf" ? Number.POSITIVE_INFINITY : df);
		expect(Math.abs(found - p), `${t} ${df}`).toBeLessThanOrEqual(1e-9 * p + 1e-300);
	}
});
