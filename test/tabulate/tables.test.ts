import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
	compare,
	doctor,
	gaps,
	inspect,
	means,
	model,
	type ResultSet,
	rates,
	relate,
	verify,
} from "../../src/index.js";
import { openTable } from "../../src/read/database/open.js";
import { run } from "../cli/support.js";
import { duckdbFile } from "../support/duckdb.js";
import { expectSame } from "../support/same.js";

const KAZAKHSTAN = "data/samples/synthetic-kazakhstan-2018.csv";
const FOUR_SYSTEMS = "data/samples/synthetic-talis-2024.csv";

const PRINCIPALS = "test/fixtures/schools/BCGKAZT3.csv";
const NATIONAL = "data/samples/synthetic-national-pd-survey.csv";

const { path, beside } = await duckdbFile((file) => [
	`CREATE TABLE teachers AS SELECT * FROM read_csv('${KAZAKHSTAN}')`,
	`CREATE TABLE "as text" AS SELECT * FROM read_csv('${KAZAKHSTAN}', all_varchar = true)`,
	`CREATE TABLE "a code" AS SELECT * REPLACE (CASE WHEN row_number() OVER () = 1 THEN 5 ELSE TT3G27D END AS TT3G27D) FROM read_csv('${KAZAKHSTAN}')`,
	`CREATE TABLE national AS SELECT * FROM read_csv('${NATIONAL}', all_varchar = true)`,
	'CREATE TABLE "no unit" AS SELECT * REPLACE (NULLIF(SCHOOL, (SELECT min(SCHOOL) FROM national)) AS SCHOOL) FROM national',
	"CREATE TABLE lonely AS SELECT * REPLACE (CASE WHEN SCHOOL = (SELECT min(SCHOOL) FROM national) THEN '99' ELSE STRATUM END AS STRATUM) FROM national",
	`CREATE TABLE principals AS SELECT * FROM read_csv('${PRINCIPALS}')`,
	`CREATE TABLE "principals as text" AS SELECT * REPLACE (' ' || IDSCHOOL || '.0 ' AS IDSCHOOL) FROM read_csv('${PRINCIPALS}', all_varchar = true)`,
	'CREATE TABLE "principals twice" AS SELECT * FROM principals UNION ALL (SELECT * FROM principals LIMIT 1)',
	"CREATE TABLE nameless AS SELECT * REPLACE (CASE WHEN IDSCHOOL = (SELECT min(IDSCHOOL) FROM principals) THEN NULL ELSE IDSCHOOL END AS IDSCHOOL) FROM principals",
	"CREATE TABLE strangers AS SELECT * REPLACE (IDSCHOOL + 90000 AS IDSCHOOL) FROM principals",
	"CREATE TABLE first AS SELECT * FROM teachers LIMIT 700",
	"CREATE TABLE others AS SELECT * FROM teachers OFFSET 700",
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

describe("designs of strata and sampling units are counted by unit", () => {
	const by = { by: ["STRATUM"], suppress: "none" as const };
	it.each<[string, (input: string[]) => Promise<ResultSet>]>([
		["rates", (input) => rates(input, { topics: ["activities", "needs"], total: true, ...by })],
		["rates of some teachers", (input) => rates(input, { where: ["experience<=5"] })],
		["differences and a joint test", (input) => compare(input, { between: "gender", test: "joint" })],
		["means", (input) => means(input, { variables: ["types", "Q03"] })],
		["gaps", (input) => gaps(input)],
		["a linear model", (input) => model(input, { outcomes: ["types"], predict: "Q03,gender" })],
		["a linear model of a number", (input) => model(input, { outcomes: ["Q03"], predict: "types" })],
		["a logistic model", (input) => model(input, { outcomes: ["peer-coaching"], predict: "gender" })],
		["relations", (input) => relate(input, { variables: ["types", "Q03", "peer-coaching"] })],
	])("%s", async (_, ask) => {
		const [found, expected] = [await ask(table("national")), await ask([NATIONAL])];
		expectSame(found, expected, 1e-9);
	});

	it("a row without a unit is refused, and a stratum with one unit by its name", async () => {
		await expect(rates(table("no unit"))).rejects.toThrow(/some row has no sampling unit/);
		await expect(rates(table("lonely"))).rejects.toThrow(/the stratum .* has one sampling unit/);
	});
});

describe("teachers and their principals in one database are joined there", () => {
	const spec = { by: ["location"], topics: ["activities"], suppress: "none" } as const;
	const join = (teachers: string, principals: string) => [...table(teachers), ...table(principals)];

	it.each([
		["teachers", "principals"],
		["as text", "principals"],
		["teachers", "principals as text"],
	])("%s and %s", async (teachers, principals) => {
		const found = await rates(join(teachers, principals), spec);
		const expected = await rates([KAZAKHSTAN, PRINCIPALS], spec);
		// All but the names of the files.
		const told = ({ notes }: ResultSet) => notes.map(({ code, group }) => ({ code, group }));
		expect(told(found)).toEqual(told(expected));
		expectSame({ ...found, notes: [] }, { ...expected, notes: [] }, 1e-9);
		expect(found.source).toMatchObject([{ rows: 2000 }, { role: "schools", rows: expected.source[1]?.rows }]);
	});

	it("a school that is there twice is refused, and schools of others", async () => {
		await expect(rates(join("teachers", "principals twice"), spec)).rejects.toThrow(
			/the school .* is there 2 times/,
		);
		await expect(rates(join("teachers", "nameless"), spec)).rejects.toThrow(/a row has no IDSCHOOL/);
		await expect(rates(join("teachers", "strangers"), spec)).rejects.toThrow(/none of the schools of/);
	});
});

describe("what leaves the database", () => {
	const asked = { outcomes: ["peer-coaching"], suppress: "none" as const };
	it.each<[string, RegExp | undefined, (onPlan: (plan: object) => void) => Promise<ResultSet>]>([
		["of a table", /^only cells/, (onPlan) => rates(table("teachers"), { onPlan })],
		["of a design of units", /^only cells/, (onPlan) => rates(table("national"), { onPlan })],
		[
			"of principals beside it",
			/^only cells/,
			(onPlan) => rates([...table("teachers"), ...table("principals")], { by: ["location"], onPlan }),
		],
		[
			"of principals in a file",
			/^rows .* in another place$/,
			(onPlan) => rates([...table("teachers"), PRINCIPALS], { by: ["location"], onPlan }),
		],
		[
			"of several tables",
			/^rows .* several files or tables$/,
			(onPlan) => rates([...table("first"), ...table("others")], { onPlan }),
		],
		[
			"of groups in a model",
			/^only cells/,
			(onPlan) => model(table("teachers"), { ...asked, predict: "gender", onPlan }),
		],
		[
			"of a number in a logistic model",
			/^cells .* as many as there are teachers/,
			(onPlan) => model(table("teachers"), { ...asked, predict: "TT3G11B", onPlan }),
		],
		["of a file", undefined, (onPlan) => rates([KAZAKHSTAN], { onPlan })],
	])("%s", async (_, said, ask) => {
		const plans: { travels?: string }[] = [];
		await ask((plan) => plans.push(plan));
		if (said === undefined) expect(plans[0]).not.toHaveProperty("travels");
		else expect(plans[0]?.travels).toMatch(said);
	});
});

describe("where cells do not say it, rows are read", () => {
	it("of teachers whose principals are in a file", async () => {
		const spec = { by: ["location"], topics: ["activities"], suppress: "none" } as const;
		const expected = await rates([PRINCIPALS, KAZAKHSTAN], spec);
		expectSame(await rates([PRINCIPALS, ...table("teachers")], spec), expected);
	});

	it("of several tables", async () => {
		expectSame(await rates([...table("first"), ...table("others")]), await rates([KAZAKHSTAN]));
	});
});

describe("what a table has", () => {
	it("is known again by its contents, and found to be another by verify", async () => {
		const copy = (await duckdbFile(() => [])).beside("copy.parquet");
		const write = (select: string, order = "") =>
			duckdbFile(() => [
				`COPY (${select} FROM read_csv('${KAZAKHSTAN}')${order}) TO '${copy}' (FORMAT parquet)`,
			]);
		const spec = { items: ["peer-coaching"] };
		await write("SELECT *");
		const results = await rates([`duckdb:${copy}`], spec);
		await write("SELECT *", " ORDER BY IDTEACH DESC");
		expect(await verify(results, [`duckdb:${copy}`])).toEqual([]);
		// Of a column that nothing was asked of.
		await write("SELECT * REPLACE (CASE WHEN IDTEACH = 100101 THEN TT3G10A + 1 ELSE TT3G10A END AS TT3G10A)");
		const differences = await verify(results, [`duckdb:${copy}`]);
		expect(differences).toMatchObject([{ what: "data", field: expect.stringMatching(/sha256/) }]);
	});

	it("is looked through by doctor, whose findings have no place", async () => {
		const address = `duckdb:${(await twice).path}?table=twice`;
		const { findings } = await doctor(address);
		expect(findings).toContainEqual({
			...{ severity: "error", code: "unknown-code", column: "TT3G22A", text: "77", rows: 3 },
		});
		const again = findings.filter(({ code }) => code === "duplicate-id");
		expect(again).toHaveLength(3);
		for (const { row, line, first } of again)
			expect([row, line, first]).toEqual([undefined, undefined, undefined]);
		const { code, out } = await run(["doctor", address]);
		expect(code).toBe(0);
		expect(out).toMatch(/appears again \(1 row\)/);
	});

	it("is faulty as the file is, and no row is read to tell", async () => {
		const address = (name: string) => `duckdb:${faulty.path}?table=${name}`;
		const told = async (data: string) => {
			const { findings, rows } = await doctor(data, { codebook: "talis-2018-teacher" });
			const said = findings.map(({ severity, code, column, text, rows: of, expected, group }) =>
				JSON.stringify({ severity, code, column, text, of, expected, group }),
			);
			return { rows, said: said.sort() };
		};
		const found = await told(address("texts"));
		expect(found).toEqual(await told(faulty.beside("faulty.csv")));
		for (const code of ["duplicate-id", "excel-number", "encoding-lost", "routing-skipped", "constant-item"])
			expect(found.said.join()).toContain(code);
	});

	it("is not changed: connections only read", async () => {
		const { table: own, close } = await openTable(table("first")[0] as string);
		await expect(own.ask(`DELETE FROM ${own.relation}`)).rejects.toThrow(/read-only/);
		await close?.();
	});
});

/** A file with a fault of each kind, and a table of it. */
const faulty = await (async () => {
	const [header = "", ...lines] = readFileSync(KAZAKHSTAN, "utf8").trimEnd().split("\n");
	const names = header.split(",");
	const rows = lines.map((line) => line.split(","));
	const put = (row: number, name: string, text: string) => {
		(rows[row] as string[])[names.indexOf(name)] = text;
	};
	for (const row of rows) {
		const weight = row[names.indexOf("TCHWGT")] as string;
		row[names.indexOf("TRWGT7")] = weight;
		row[names.indexOf("TRWGT8")] = String(5 * Number(weight));
		row[names.indexOf("TT3G22C")] = "1";
	}
	const note = (row: number) => ["\u00d0\u00b0\u00d0\u00b1", "\ufffd\ufffd"][row] ?? `note ${row}`;
	for (const [row, cells] of rows.entries()) cells.push(row % 9 ? String(row % 7) : "99", note(row));
	put(5, "TT3G22A", "77");
	put(6, "TT3G22A", "77");
	put(7, "TT3G01", "5");
	put(8, "TT3G11B", "-3");
	put(9, "TCHWGT", "-1");
	put(10, "TCHWGT", "");
	put(11, "TRWGT5", "abc");
	put(12, "TRWGT6", '"12,5"');
	put(13, "TCHWGT", "0");
	put(14, "IDTEACH", rows[15]?.[names.indexOf("IDTEACH")] as string);
	put(16, "IDTEACH", "");
	put(17, "IDTEACH", "1.2E+05");
	put(18, "IDSCHOOL", "03.apr");
	put(20, "TT3G22B", "#REF!");
	const made = [`${header},OWN,NOTE`, ...rows.map((row) => row.join(","))].join("\n");
	return duckdbFile((beside) => {
		writeFileSync(beside("faulty.csv"), made);
		return [`CREATE TABLE texts AS SELECT * FROM read_csv('${beside("faulty.csv")}', all_varchar = true)`];
	});
})();

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
