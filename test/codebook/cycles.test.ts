import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, inspect, type RatesSpec, type ResultSet, rates } from "../../src/index.js";
import { csv, file, generator } from "../support/survey.js";

const letters = (question: string, of: string) => [...of].map((letter) => `${question}${letter}`);
const ACTIVITIES = letters("TT4G20", "ABCDEFGHIJ");
const FOCUS = letters("TT4G21", "ABCD");
const NEEDS = letters("TT4G24", "ABCDEF");
const BARRIERS = letters("TT4G25", "ABC");
const WEIGHTS = ["TCHWGT", ...Array.from({ length: 100 }, (_, r) => `TRWGT${r + 1}`)];
const IDS = ["CNTRY", "IDPOP", "IDSCHOOL", "IDTEACH", "IDTQUEST", "TT4G01"];
const HEADER = [...IDS, ...ACTIVITIES, ...FOCUS, ...NEEDS, ...BARRIERS, ...WEIGHTS];

type Cells = (string | number)[];

/** Made-up teachers in the form of 2024: three forms in turn, and all special codes. */
function teachers(country: string, population: number, count: number, seed: number): Cells[] {
	const next = generator(seed);
	const pick = (codes: readonly number[]) => codes[Math.floor(next() * codes.length)] as number;
	return Array.from({ length: count }, (_, index) => {
		const form = 1 + (index % 3);
		const idle = next() < 0.1;
		const activities = ACTIVITIES.map(() => (idle ? 4 : pick([1, 2, 3, 4, 4])));
		const none = activities.every((code) => code === 4);
		const weight = Number((20 + 80 * next()).toFixed(5));
		return [
			...[
				country,
				population,
				1000 * seed + Math.floor(index / 6),
				100000 * seed + index,
				form,
				pick([1, 2]),
			],
			...activities,
			...FOCUS.map(() => (none ? 6 : pick([1, 2]))),
			...NEEDS.map(() => (form === 1 ? 8 : pick([1, 2, 3, 4]))),
			...BARRIERS.map(() => (form === 1 ? pick([1, 2, 3, 4]) : 8)),
			weight,
			...Array.from({ length: 100 }, () => Number((weight * (next() < 0.5 ? 0.5 : 1.5)).toFixed(5))),
		];
	});
}

const place = (column: string) => HEADER.indexOf(column);

/** The same rows as the publisher's R file has them: no code tells why there is no answer. */
const emptied = (rows: Cells[]): Cells[] =>
	rows.map((row) =>
		row.map((cell, index) =>
			index >= place("TT4G21A") && index < place("TCHWGT") && Number(cell) >= 6 ? "" : cell,
		),
	);

const without = (column: string, rows: Cells[]): string => {
	const at = place(column);
	const rest = (row: Cells) => row.filter((_, index) => index !== at);
	return file(csv(rows.map(rest), rest(HEADER) as string[], ";"));
};

const ALL: RatesSpec = { topics: ["activities", "modes", "focus", "needs", "barriers"] };
const numbers = ({ estimates }: ResultSet) => estimates.map(({ label, ...row }) => row);
const codesOf = ({ notes }: ResultSet) => notes.map(({ code }) => code);

describe("the form of 2024", () => {
	const rows = teachers("KAZ", 2, 360, 5);
	const coded = file(csv(rows, HEADER, ";"));

	/** Σw(yes) / Σw(valid), by hand. */
	const byHand = (column: string, yes: readonly number[], valid: readonly number[], own = rows) => {
		const answered = own.filter((row) => valid.includes(row[place(column)] as number));
		const sum = (some: Cells[]) => some.reduce((total, row) => total + (row[place("TCHWGT")] as number), 0);
		return (100 * sum(answered.filter((row) => yes.includes(row[place(column)] as number)))) / sum(answered);
	};

	test("needs are of two forms, barriers of one, each with its own denominator", async () => {
		const { estimates } = await rates([coded], ALL);
		const row = (topic: string, item: string) =>
			estimates.find((one) => one.topic === topic && one.item === item);
		expect(row("needs", "subject")).toMatchObject({ n: 240, coverage: 100, status: "ok" });
		expect(row("barriers", "cost")).toMatchObject({ n: 120, coverage: 100, status: "ok" });
		expect(row("activities", "courses")?.n).toBe(360);
		expect(row("needs", "subject")?.estimate).toBeCloseTo(byHand("TT4G24A", [4], [1, 2, 3, 4]), 9);
		expect(row("barriers", "cost")?.estimate).toBeCloseTo(byHand("TT4G25B", [3, 4], [1, 2, 3, 4]), 9);
	});

	test("ways of taking part exclude each other and add up to the activity", async () => {
		const { estimates } = await rates([coded], ALL);
		const of = (topic: string, item: string) =>
			estimates.find((one) => one.topic === topic && one.item === item)?.estimate as number;
		for (const item of ["courses", "conferences", "network", "other"]) {
			const modes = ["in-person-only", "online-only", "both"].map((mode) => of("modes", `${item}-${mode}`));
			expect(modes.reduce((sum, one) => sum + one)).toBeCloseTo(of("activities", item), 9);
		}
		expect(of("modes", "courses-both")).toBeCloseTo(byHand("TT4G20A", [3], [1, 2, 3, 4]), 9);
		const online = await rates([coded], { topics: ["activities"], items: ["courses"], yes: ["2", "3"] });
		expect(online.estimates[0]?.estimate).toBeCloseTo(
			of("modes", "courses-online-only") + of("modes", "courses-both"),
			9,
		);
	});

	test("ict is one of two digital needs", async () => {
		const { estimates } = await rates([coded], { topics: ["needs"] });
		const both = rows.map((row) => {
			const digital = [row[place("TT4G24E")], row[place("TT4G24F")]];
			return row.with(place("TT4G24E"), digital.includes(8) ? 8 : digital.includes(4) ? 4 : 1);
		});
		expect(estimates.find(({ item }) => item === "ict")?.estimate).toBeCloseTo(
			byHand("TT4G24E", [4], [1, 4], both),
			9,
		);
	});

	test("empty cells give the same numbers as the codes they stand for, by the form's column", async () => {
		const found = await rates([file(csv(emptied(rows), HEADER, ";"))], ALL);
		expect(numbers(found)).toEqual(numbers(await rates([coded], ALL)));
		expect(codesOf(found)).toEqual(expect.arrayContaining(["empty-form", "empty-routing"]));
		expect(codesOf(await rates([coded], ALL)).filter((code) => code.startsWith("empty-"))).toEqual([]);
	});

	test("and by the questions answered where the file has no form", async () => {
		const found = await rates([without("IDTQUEST", emptied(rows))], ALL);
		expect(numbers(found)).toEqual(numbers(await rates([coded], ALL)));
		expect(codesOf(found)).toEqual(expect.arrayContaining(["empty-answers", "empty-routing"]));
	});

	test("an omitted answer on the teacher's own form stays a missing one", async () => {
		const holes = emptied(rows).map((row, index) => (index === 1 ? row.with(place("TT4G24A"), "") : row));
		for (const path of [file(csv(holes, HEADER, ";")), without("IDTQUEST", holes)]) {
			const { estimates } = await rates([path], { topics: ["needs"], items: ["subject"] });
			expect(estimates[0]?.n).toBe(239);
			expect(estimates[0]?.coverage).toBeLessThan(100);
		}
	});

	test("at least one activity is of the items that a level has", async () => {
		const primary = teachers("KOR", 1, 90, 9).map((row) => row.with(place("TT4G20E"), 8));
		const find = async (path: string) =>
			(await rates([path], { topics: ["activities"] })).estimates.filter(({ item }) =>
				/^(any|types)$/.test(item),
			);
		const coded = await find(file(csv(primary, HEADER)));
		expect(coded.map(({ n, status }) => [n, status])).toEqual([
			[90, "ok"],
			[90, "ok"],
		]);
		const empty = await find(
			file(
				csv(
					primary.map((row) => row.with(place("TT4G20E"), "")),
					HEADER,
				),
			),
		);
		expect(empty).toEqual(coded);
		expect((await find(without("TT4G20E", primary))).map(({ estimate }) => estimate)).toEqual(
			coded.map(({ estimate }) => estimate),
		);
	});
});

describe("Belgium", () => {
	const flemish = teachers("BFL", 2, 120, 1);
	const french = teachers("BFR", 2, 120, 2);
	const again = [...flemish, ...french].map((row) => row.with(0, "BEL"));
	const twice = file(csv([...again, ...flemish, ...french], HEADER));
	const once = file(csv(again, HEADER));

	test("counts once in totals and pooled groups, and a note says so", async () => {
		const total = await rates([twice], { pool: ["population"], total: true });
		const whole = await rates([once], { pool: ["population"] });
		const rowsOf = (found: ResultSet, country: string) =>
			found.estimates.filter(({ group }) => group.country === country).map(({ group, ...row }) => row);
		expect(rowsOf(total, "total")).toEqual(rowsOf(whole, "BEL"));
		expect(rowsOf(total, "BFL")[0]?.n).toBe(120);
		expect(total.notes).toContainEqual(
			expect.objectContaining({ code: "counted-once", detail: { systems: "BFL, BFR" } }),
		);
		const pooled = await rates([twice], { by: ["gender"], pool: ["country"] });
		expect(numbers(pooled)).toEqual(numbers(await rates([once], { by: ["gender"], pool: ["country"] })));
		expect(codesOf(pooled)).toContain("counted-once");
		expect(codesOf(pooled)).not.toContain("countries-pooled");
	});

	test("counts once in differences and averages", async () => {
		const ask = { between: "gender", pool: ["country"] };
		const [a, b] = [await compare([twice], ask), await compare([once], ask)];
		expect(a.comparisons).toEqual(b.comparisons);
		const { estimates } = await rates([twice], { average: "BEL,BFL,BFR", averageKind: "pooled" });
		const average = estimates.filter(({ group }) => group.country?.startsWith("average:"));
		expect(average.map(({ group }) => group.country)).toContain("average:list-1");
		expect(average[0]?.n).toBe(240);
	});

	test("and the communities stand on their own where the whole is not there", async () => {
		const found = await rates([twice], { by: ["gender"], pool: ["country"], where: ["country=BFL,BFR"] });
		expect(codesOf(found)).toContain("countries-pooled");
		expect(codesOf(found)).not.toContain("counted-once");
	});

	test("has no teacher twice", async () => {
		expect((await inspect(twice)).duplicateTeachers).toEqual([]);
	});
});

describe("caution marks", () => {
	test("stand on the rows of the level they are given for", async () => {
		const path = file(csv([...teachers("NLD", 2, 90, 3), ...teachers("FRA", 2, 90, 4)], HEADER));
		const found = await rates([path], { average: "all" });
		const flags = new Set(found.estimates.map(({ group, flag }) => `${group.country} ${flag}`));
		expect([...flags].sort()).toEqual(["FRA undefined", "NLD *", "average:talis-1-of-49 undefined"]);
		expect(found.notes).toContainEqual(
			expect.objectContaining({ code: "caution", detail: { mark: "†", systems: "NLD" } }),
		);
		const one = await rates([path], { pool: ["country"], where: ["country=NLD"] });
		expect(one.estimates[0]?.flag).toBe("*");
	});
});

describe("the population", () => {
	const named = (name: string, path: string) => {
		const copy = join(mkdtempSync(join(tmpdir(), "talis-pd-")), name);
		copyFileSync(path, copy);
		return copy;
	};

	test("is told by the file's name where there is no column, and never pooled in silence", async () => {
		const primary = named("atgintt4.csv", without("IDPOP", teachers("KOR", 1, 90, 6)));
		const lower = named("BTGINTT4.csv", without("IDPOP", teachers("KOR", 2, 90, 7)));
		expect((await inspect(primary)).systems[0]).toMatchObject({
			country: "KOR",
			population: "isced1",
			teachers: 90,
		});
		const { estimates } = await rates([primary, lower], { items: ["courses"] });
		expect(estimates.map(({ group, n }) => [group.population, n])).toEqual([
			["isced1", 90],
			["isced2", 90],
		]);
		const pooled = await rates([primary, lower], { items: ["courses"], pool: ["population"] });
		expect(pooled.notes).toContainEqual(
			expect.objectContaining({ code: "populations-pooled", detail: { values: "isced1, isced2", count: 2 } }),
		);
		const picked = await rates([primary, lower], { items: ["courses"], where: ["population=isced2"] });
		expect(picked.estimates.map(({ group, n }) => [group, n])).toEqual([[{ country: "KOR" }, 90]]);
		expect(codesOf(pooled)).not.toContain("population-unknown");
	});

	test("cannot be told where neither column nor name say it, and a note says so", async () => {
		const all = named("TTGINTT4.csv", without("IDPOP", teachers("KOR", 1, 90, 6)));
		const found = await rates([all], { items: ["courses"] });
		expect(found.notes).toContainEqual(
			expect.objectContaining({ code: "population-unknown", detail: { column: "IDPOP" } }),
		);
	});
});

describe("detection", () => {
	const table = (...columns: string[]) => csv([columns.map(() => 1)], columns);
	const at = (name: string, text: string) => {
		const path = join(mkdtempSync(join(tmpdir(), "talis-pd-")), name);
		copyFileSync(file(text), path);
		return path;
	};

	test.each([
		["BTGKAZT3.csv", "talis-2018-teacher", ["CNTRY", "TT3G22A", "TCHWGT"]],
		["ttgintt4.csv", "talis-2024-teacher", ["CNTRY", "TT4G21A", "TCHWGT"]],
		["ATGINTT2.csv", "talis-2013-teacher", ["CNTRY", "TT2G26A", "TCHWGT"]],
		["mine.csv", "talis-2013-teacher", ["CNTRY", "tt2g21a1", "tt2g26a", "tchwgt"]],
	])("%s is of %s", async (name, id, columns) => {
		expect((await inspect(at(name, table(...columns)))).codebook.id).toBe(id);
	});

	test.each([
		["BCGINTT3.csv", ["CNTRY", "IDSCHOOL", "TC3G10"], /is the principals' file/],
		["tcgintt4.csv", ["CNTRY", "IDSCHOOL", "SCHWGT"], /is the principals' file/],
		["schools.csv", ["CNTRY", "IDSCHOOL", "TC4G10"], /is the principals' file/],
		["BTGAUST1.csv", ["IDCNTRY", "IDSCHOOL", "TCHWGT"], /is of TALIS 2008, which is not supported/],
		["old.csv", ["IDCNTRY", "BTG01", "BTG09", "TCHWGT"], /is of TALIS 2008, which is not supported/],
	])("%s is refused by what it is", async (name, columns, message) => {
		await expect(rates([at(name, table(...columns))])).rejects.toThrow(message);
	});
});

describe("TALIS 2013", () => {
	const next = generator(13);
	const header = ["CNTRY", "IDCNTPOP", "IDSCHOOL", "TT2G21A1", "TT2G26A", "TT2G26G", "TT2G27B", ...WEIGHTS];
	const rows = Array.from({ length: 160 }, (_, index): Cells => {
		const answers = [1, 4, 4, 4].map((most) => 1 + Math.floor(next() * (most + 1 - (most === 1 ? 0 : 1))));
		return [
			"FIN",
			`FIN${index % 2 === 0 ? 1 : 2}`,
			1000 + Math.floor(index / 5),
			...answers,
			...WEIGHTS.map(() => 10),
		];
	});

	test("reads the level from IDCNTPOP and says which columns are not sure", async () => {
		const found = await rates([file(csv(rows, header))], { topics: ["needs", "barriers"] });
		const groups = new Set(found.estimates.map(({ group }) => group.population));
		expect([...groups]).toEqual(["isced1", "isced2"]);
		expect(found.notes).toContainEqual(
			expect.objectContaining({
				code: "confidence-medium",
				detail: { columns: "TT2G26G, IDCNTPOP", count: 2 },
			}),
		);
		const sure = await rates([file(csv(rows, header))], {
			topics: ["barriers"],
			where: ["population=isced2"],
		});
		expect(codesOf(sure)).not.toContain("confidence-medium");
	});
});
