import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { rates, script } from "../../src/index.js";

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
