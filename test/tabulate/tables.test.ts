import { describe, expect, it } from "vitest";
import { compare, gaps, inspect, means, model, rates, relate } from "../../src/index.js";
import { duckdbFile } from "../support/duckdb.js";
import { expectSame } from "../support/same.js";

const KAZAKHSTAN = "data/samples/synthetic-kazakhstan-2018.csv";
const FOUR_SYSTEMS = "data/samples/synthetic-talis-2024.csv";

const { path, beside } = await duckdbFile((file) => [
	`CREATE TABLE teachers AS SELECT * FROM read_csv('${KAZAKHSTAN}')`,
	`CREATE TABLE "as text" AS SELECT * FROM read_csv('${KAZAKHSTAN}', all_varchar = true)`,
	`CREATE TABLE "a code" AS SELECT * REPLACE (CASE WHEN row_number() OVER () = 1 THEN 5 ELSE TT3G27D END AS TT3G27D) FROM read_csv('${KAZAKHSTAN}')`,
	`CREATE TABLE systems AS SELECT * FROM read_csv('${FOUR_SYSTEMS}')`,
	`CREATE TABLE "no gender" AS SELECT * REPLACE (CASE WHEN CNTRY IN ('EST', 'FIN') THEN 8 ELSE TT4G01 END AS TT4G01) FROM systems`,
	`COPY systems TO '${file("systems.parquet")}' (FORMAT parquet)`,
]);
const table = (name: string) => [`duckdb:${path}?table=${name}`];

describe("a table in DuckDB gives what the file gives", () => {
	it("rates, with breakdowns, a total, conditions and another base", async () => {
		const spec = { by: ["gender"], total: true };
		expectSame(await rates(table("teachers"), spec), await rates([KAZAKHSTAN], spec));
		const some = { where: ["experience<=5"], base: "all", topics: ["focus"], by: ["age"] };
		expectSame(await rates(table("teachers"), some), await rates([KAZAKHSTAN], some));
	});

	it("where all columns are texts", async () => {
		expectSame(await rates(table("as text")), await rates([KAZAKHSTAN]));
		const variables = ["experience", "types"];
		expectSame(await means(table("as text"), { variables }), await means([KAZAKHSTAN], { variables }));
	});

	it("several systems and three forms, from Parquet", async () => {
		const parquet = [`duckdb:${beside("*.parquet")}`];
		const topics = ["activities", "modes", "needs", "barriers"];
		expectSame(await rates(parquet, { topics }), await rates([FOUR_SYSTEMS], { topics }));
		const between = { between: "country", topics: ["needs"] };
		expectSame(await compare(parquet, between), await compare([FOUR_SYSTEMS], between));
	});

	it("answers and ratios", async () => {
		const answers = { answers: true, topics: ["needs"], by: ["gender"] };
		expectSame(await rates(table("teachers"), answers), await rates([KAZAKHSTAN], answers));
		const ratios = ["TT3G11A/TT3G11B", "focus:types/types"];
		expectSame(await means(table("teachers"), { ratios }), await means([KAZAKHSTAN], { ratios }));
	});

	it("systems that have no value of a breakdown", async () => {
		const { notes } = await rates(table("no gender"), { items: ["courses"], by: ["gender"] });
		const note = notes.find(({ code }) => code === "systems-without-value");
		expect(note?.detail).toMatchObject({ systems: "EST, FIN" });
	});

	it("a code that nobody knows, told once", async () => {
		const asked = { answers: true, items: ["needs:assessment"] };
		await expect(rates(table("a code"), asked)).rejects.toThrow(
			/the code 5 is not in the codebook \(1 row\)/,
		);
	});

	it("means and gaps", async () => {
		expectSame(await means(table("teachers")), await means([KAZAKHSTAN]));
		expectSame(await gaps(table("teachers")), await gaps([KAZAKHSTAN]));
	});
});

describe("models of a table give what those of the file give", () => {
	it.each([
		["linear, of a count by groups", { outcomes: ["types"], predict: "gender,experience" }],
		["linear, with numbers and a product", { outcomes: ["types"], predict: "number(TT3G11B) * gender" }],
		["logistic, of an item by groups", { outcomes: ["peer-coaching"], predict: "gender,age" }],
		[
			"logistic, with a number and effects",
			{ outcomes: ["peer-coaching"], predict: "gender,number(TT3G11B)", effects: true },
		],
	])("%s", async (_, spec) => {
		expectSame(await model(table("teachers"), spec), await model([KAZAKHSTAN], spec), 1e-9);
	});

	it.each([
		[
			"of a column, with numbers, levels and answers",
			{ outcomes: ["TT3G11B"], predict: "types,age,peer-coaching" },
		],
		[
			"with a product of numbers, in two groups",
			{ outcomes: ["types"], predict: "TT3G11B * TT3G11A", by: ["gender"] },
		],
		[
			"of yes and no in percent",
			{ outcomes: ["peer-coaching", "types"], predict: "TT3G11B", family: "linear" as const },
		],
		["beside a logistic one", { outcomes: ["types", "peer-coaching"], predict: "TT3G11B,gender" }],
	])("linear, by cross-products: %s", async (_, spec) => {
		expectSame(await model(table("teachers"), spec), await model([KAZAKHSTAN], spec), 1e-9);
	});

	it("and relations", async () => {
		const spec = { variables: ["types", "TT3G11B", "peer-coaching"] };
		expectSame(await relate(table("teachers"), spec), await relate([KAZAKHSTAN], spec), 1e-9);
	});
});

describe("inspect", () => {
	it("finds in a table what it finds in the file", async () => {
		for (const [name, file] of [
			["teachers", KAZAKHSTAN],
			["as text", KAZAKHSTAN],
			["systems", FOUR_SYSTEMS],
		] as const) {
			const {
				file: _,
				format: __,
				sha256: ___,
				next: ____,
				...found
			} = await inspect(table(name)[0] as string);
			const expected = await inspect(file);
			expect(found).toEqual(
				Object.fromEntries(Object.keys(found).map((key) => [key, Reflect.get(expected, key)])),
			);
		}
	});

	it("tells teachers that are there twice, and codes that nobody knows", async () => {
		const address = `duckdb:${(await twice).path}?table=twice`;
		const { duplicateTeachers, unknownCodes } = await inspect(address);
		expect(duplicateTeachers).toHaveLength(3);
		expect(duplicateTeachers[0]).toEqual({ id: expect.any(String), rows: 2 });
		expect(unknownCodes).toContainEqual({ column: "TT3G22A", code: "77", rows: 3 });
	});
});

const twice = duckdbFile(() => [
	`CREATE TABLE twice AS SELECT * FROM read_csv('${KAZAKHSTAN}') UNION ALL BY NAME SELECT * REPLACE (77 AS TT3G22A) FROM (SELECT * FROM read_csv('${KAZAKHSTAN}') LIMIT 3)`,
]);

describe("a table that cannot be counted", () => {
	it.each([["teechers", /has no table "teechers" — did you mean teachers\?/]])(
		"%s is refused",
		async (name, message) => {
			const { describeError } = await import("../../src/index.js");
			const error = await rates(table(name)).catch((reason) => reason);
			expect(describeError(error)).toMatch(message);
		},
	);
});
