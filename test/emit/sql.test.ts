import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { model, rates, script } from "../../src/index.js";

const KAZAKHSTAN = "data/samples/synthetic-kazakhstan-2018.csv";

describe("--emit sql", () => {
	it("is what a database answers with the sums of the results", async () => {
		const spec = { topics: ["activities"], by: ["gender", "experience"], where: ["age!=under-30"] };
		const results = await rates([KAZAKHSTAN], spec);
		const text = await script("sql", [KAZAKHSTAN], (files, run) => rates(files, { ...spec, ...run }));
		const queries = text.split(/;\n/).filter((query) => /\bSELECT\b/.test(query));
		expect(queries).toHaveLength(4);
		const instance = await DuckDBInstance.create(":memory:");
		const connection = await instance.connect();
		await connection.run(
			`CREATE VIEW "synthetic-kazakhstan-2018" AS SELECT * FROM read_csv('${KAZAKHSTAN}')`,
		);
		const [counts, patterns, schools, vectors] = await Promise.all(
			queries.map(async (query) => (await connection.run(query)).getRowsJS()),
		);
		expect(Number(counts?.[0]?.[0])).toBe(2000);
		expect(schools?.length).toBeGreaterThan(100);
		expect(vectors?.length).toBeGreaterThan(1);
		// States of groups and places of variables are told in the comments.
		const [, female = ""] = /gender: .*?(\d+) female/.exec(text) ?? [];
		const [, experience = ""] = /experience: .*?(\d+) 11-plus/.exec(text) ?? [];
		const place = /SELECT (.*?), count\(\*\)/.exec(queries[1] as string)?.[1]?.split(", ") ?? [];
		const item = place.indexOf(/ {2}(x\d+) activities:peer-coaching\n/.exec(text)?.[1] ?? "");
		const own = (patterns ?? []).filter((row) => {
			const groups = row.slice(0, place.length).map(String);
			return (
				groups.includes(female) &&
				row[item] !== null &&
				String(row[3]) === experience &&
				String(row[2]) === female
			);
		});
		const weight = (state: number) =>
			Number(own.find((row) => Number(row[item]) === state)?.[place.length + 1]);
		const expected = results.estimates.find(
			({ item: key, group }) =>
				key === "peer-coaching" && group.gender === "female" && group.experience === "11-plus",
		);
		expect((100 * weight(0)) / (weight(0) + weight(1))).toBeCloseTo(expected?.estimate as number, 10);
		connection.closeSync();
		instance.closeSync();
	});

	it("of a linear model is its cross-products", async () => {
		const spec = { outcomes: ["TT3G11B"], predict: "TT3G11A", suppress: "none" as const };
		const results = await model([KAZAKHSTAN], spec);
		const text = await script("sql", [KAZAKHSTAN], (files, run) => model(files, { ...spec, ...run }));
		const query = text.split(/;\n/).find((one) => one.includes("cross-products")) as string;
		expect(query.match(/-- {3}\d: .*/g)).toEqual([
			"--   1: weight",
			"--   2: weight * TT3G11B",
			"--   3: weight * TT3G11A",
			"--   4: weight * TT3G11B * TT3G11B",
			"--   5: weight * TT3G11B * TT3G11A",
			"--   6: weight * TT3G11A * TT3G11A",
		]);
		const instance = await DuckDBInstance.create(":memory:");
		const connection = await instance.connect();
		await connection.run(
			`CREATE VIEW "synthetic-kazakhstan-2018" AS SELECT * FROM read_csv('${KAZAKHSTAN}')`,
		);
		const [row = []] = await (await connection.run(query)).getRowsJS();
		// Behind country, population and rows; 101 weights a product.
		const [w, y, x, , xy, xx] = Array.from({ length: 6 }, (_, product) => Number(row[3 + 101 * product])) as [
			...[number, number, number, number, number, number],
		];
		const slope = results.models?.[0]?.coefficients.find(({ term }) => term === "TT3G11A");
		expect((w * xy - x * y) / (w * xx - x * x)).toBeCloseTo(slope?.estimate as number, 12);
		expect(Number(row[2])).toBe(results.models?.[0]?.n);
		connection.closeSync();
		instance.closeSync();
	});

	it.each(["duckdb", "postgresql", "clickhouse", "spark"] as const)(
		"has the sums of models for %s",
		async (dialect) => {
			const ask = (files: string[], run: object) =>
				model(files, { outcomes: ["types", "peer-coaching"], predict: "TT3G11B,gender", ...run });
			const text = await script("sql", [KAZAKHSTAN], ask, dialect);
			expect(text).toContain("activities:types by TT3G11B, gender: cross-products.");
			expect(text).toContain("activities:peer-coaching by TT3G11B, gender: teachers who are alike.");
			// More sums than PostgreSQL answers with at once.
			const sums = text.split(/;\n/).map((query) => query.match(/\bsum\(w\d+( \* x\d+)?\)/g)?.length ?? 0);
			expect(sums.some((count) => count > 101)).toBe(true);
			for (const count of sums) expect(count).toBeLessThan(1600);
		},
	);

	it("of a design of units has the sums of each unit", async () => {
		const file = "data/samples/synthetic-national-pd-survey.csv";
		const text = await script("sql", [file], (files, run) =>
			rates(files, { items: ["peer-coaching"], ...run }),
		);
		expect(text).toContain("then the sampling unit (STRATUM, SCHOOL), rows");
		expect(text).toMatch(/GROUP BY x\d+, unit0, unit1;/);
	});

	it.each(["duckdb", "postgresql", "clickhouse", "spark"] as const)("is written for %s", async (dialect) => {
		const spec = { items: ["peer-coaching"] };
		const text = await script(
			"sql",
			[KAZAKHSTAN],
			(files, run) => rates(files, { ...spec, ...run }),
			dialect,
		);
		expect(text).toContain(`Written for ${dialect}.`);
		expect(text).toContain(dialect === "clickhouse" || dialect === "spark" ? "`TT3G22G`" : '"TT3G22G"');
	});
});
