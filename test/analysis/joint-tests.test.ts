import { describe, expect, test } from "vitest";
import { type AssociationTest, compare, samplePath, UserError } from "../../src/index.js";
import type { CompareSpec } from "../../src/settings/compare.js";
import { equivalenceP } from "../../src/stats/equivalence.js";
import { hasNoisy, noisyFile } from "../support/golden.js";
import { extraOracle, hasOracle, modelsOracle, ofOracle, relative } from "../support/models.js";

const GROUPS: Record<string, string> = { exp: "experience", female: "gender", GENDER: "gender", AGE: "age" };
const METHODS = { joint: "rao_scott", wald: "wald", "adj-wald": "adj_wald" } as const;

interface Row {
	F: number;
	df1: number;
	df2: number;
	p: number;
}

function expectTest(own: AssociationTest | undefined, row: Row, what: string): void {
	for (const name of ["F", "df1", "df2", "p"] as const)
		expect(relative(own?.[name], row[name]), `${what} ${name}: ${own?.[name]} for ${row[name]}`).toBeLessThan(
			1e-9,
		);
}

describe.skipIf(!hasOracle || !hasNoisy)(ofOracle("compare --test on the noisy TALIS 2018 file"), () => {
	test.each(Object.keys(METHODS) as (keyof typeof METHODS)[])(
		"the oracle's associations: %s",
		async (method) => {
			const rows = modelsOracle().association;
			expect(rows).toHaveLength(12);
			for (const row of rows) {
				const { tests = [] } = await compare([noisyFile], {
					...{ between: GROUPS[row.by] ?? row.by, test: method, items: [ITEMS[row.item] ?? row.item] },
					...{ pool: ["population"], where: [`country=${row.country}`], base: "all", suppress: "none" },
				});
				expect(tests).toHaveLength(1);
				expect(tests[0]?.n).toBe(row.n);
				expectTest(tests[0], row[METHODS[method]], `${row.country} ${row.item} by ${row.by}`);
			}
		},
	);

	test("a group and an activity by population", async () => {
		const methods: Record<string, keyof typeof METHODS> = {
			"Rao-Scott second order, F": "joint",
			"adjusted Wald": "adj-wald",
		};
		// biome-ignore lint/suspicious/noExplicitAny: rows of R
		const rows = (extraOracle().raoScott as any[]).filter(
			({ method, columns }) => method in methods && columns.startsWith("TT3G22"),
		);
		expect(rows.length).toBeGreaterThan(10);
		for (const row of rows) {
			const { tests = [] } = await compare([noisyFile], {
				...{ between: GROUPS[row.rows] as string, test: methods[row.method] as "joint" },
				...{ items: [row.columns], by: ["population"], suppress: "none" },
				where: [`country=${row.country}`],
			});
			const own = tests.find(({ group }) => group.population === row.population);
			const [df1, df2] = row.parameter;
			expect(own?.n).toBe(row.n);
			const [F] = [row.statistic].flat(2);
			expectTest(own, { F, df1, df2, p: [row.p].flat(2)[0] }, `${row.country} ${row.columns} ${row.method}`);
		}
	});

	test("means: Wald's F is that of a linear model with one factor", async () => {
		const { model } = await import("../../src/index.js");
		const asked = { pool: ["population" as const], suppress: "none" as const };
		const { models = [] } = await model([noisyFile], {
			...asked,
			outcomes: ["T3SELF"],
			predict: "experience",
		});
		const { tests = [] } = await compare([noisyFile], {
			...{ ...asked, between: "experience", variables: ["T3SELF"], test: "joint" },
		});
		expect(tests).toHaveLength(3);
		for (const own of tests) {
			const fitted = models.find(({ group }) => group.country === own.group.country);
			expect([own.method, own.n]).toEqual(["wald", fitted?.n]);
			expectTest(own, fitted?.tests[0] as Row, own.group.country as string);
		}
	});
});

const ITEMS: Record<string, string> = { coaching: "peer-coaching", online: "courses-online" };

describe("compare --test and --within on the shipped sample", () => {
	test("adjusted within the family", async () => {
		const { tests = [] } = await compare([samplePath()], {
			...{ between: "experience", topics: ["activities"], test: "joint", adjust: "bonferroni" },
		});
		expect(tests.length).toBeGreaterThan(5);
		const tested = tests.filter(({ p }) => p !== null);
		const own = tested.filter(({ variable }) => variable !== null);
		for (const { p, pAdjusted, variable } of tested)
			expect(pAdjusted).toBeCloseTo(Math.min(1, (p as number) * (variable === null ? 1 : own.length)), 12);
	});

	test("two one-sided tests, adjusted by themselves", async () => {
		const spec = { between: "gender", items: ["peer-coaching", "courses-online"] } as const;
		const { comparisons } = await compare([samplePath()], { ...spec, within: 5, adjust: "bonferroni" });
		expect(comparisons).toHaveLength(2);
		for (const { difference, se, df, equivalence } of comparisons) {
			const p = equivalenceP(difference as number, se as number, df as number, 5);
			expect(equivalence?.within).toBe(5);
			expect(equivalence?.p).toBe(p);
			expect(equivalence?.pAdjusted).toBeCloseTo(Math.min(1, 2 * p), 12);
		}
		const without = await compare([samplePath()], spec);
		expect(without.comparisons.every((row) => row.equivalence === undefined)).toBe(true);
		expect(without.settings).not.toHaveProperty("within");
	});

	test.each([
		[{ between: "items", test: "joint" }, /levels of a group/],
		[{ between: "country", test: "joint" }, /levels of a group/],
		[{ between: "gender", test: "chi" }, /not a value of test/],
		[{ between: "gender", within: 0 }, /not a value of within/],
		[{ between: "gender", variables: ["TT3G11B"], test: "adj-wald" }, /test of percentages/],
	])("%o is refused", async (spec, message) => {
		const refused = compare([samplePath()], spec as CompareSpec);
		await expect(refused).rejects.toThrow(UserError);
		await expect(refused).rejects.toThrow(message);
	});
});
