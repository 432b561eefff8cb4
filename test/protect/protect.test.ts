import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, disclosures, rates, readResults } from "../../src/index.js";
import { determined } from "../../src/protect/determined.js";
import { latticeOf } from "../../src/protect/lattice.js";
import { roundedResults } from "../../src/protect/rounding.js";
import { root } from "../support/golden.js";

const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
const asked = { topics: ["activities"] };

describe("the teachers without a gender", () => {
	test("are known from whole, women and men in full precision: two, all of them in peer coaching", async () => {
		const whole = await rates([sample], asked);
		const found = await disclosures([whole, await compare([sample], { ...asked, between: "gender" })]);
		const coaching = found.find(({ item, group }) => item === "peer-coaching" && group.gender === "");
		expect(coaching?.between?.[0]).toBeCloseTo(100, 3);
	});

	test("are told from no results that do not all name the country", async () => {
		const [whole, pooled] = [
			await rates([sample], asked),
			await rates([sample], { ...asked, by: ["gender"] }),
		];
		await expect(disclosures([whole, pooled])).rejects.toThrow(/some of the results tell countries apart/);
		const named = await rates([sample], { ...asked, by: ["country", "gender"] });
		expect((await disclosures([whole, named])).length).toBeGreaterThan(0);
	});

	test("are not known from protected results", async () => {
		const protect = true;
		const all = [
			await rates([sample], { ...asked, protect }),
			await rates([sample], { ...asked, by: ["gender"], total: true, protect }),
		];
		for (const one of all) expect(await disclosures([one])).toEqual([]);
		const text = JSON.stringify(all[1]);
		expect(text).not.toContain('"rows":2}');
	});

	test("are not known from the shipped report", async () => {
		const path = join(root, "reports/synthetic-kazakhstan-2018/build/results.json");
		expect(await disclosures([readResults(path)])).toEqual([]);
	});
});

describe("protected results", () => {
	test("have rounded numbers and say how", async () => {
		const { estimates, settings, notes } = await rates([sample], { ...asked, by: ["gender"], protect: true });
		for (const { n, weightedN, deff, coverage, estimate } of estimates) {
			expect((n as number) % 5).toBe(0);
			for (const number of [weightedN, deff, coverage]) {
				expect(Number((number as number).toPrecision(3))).toBe(number);
			}
			expect(Number((estimate as number).toFixed(4))).toBe(estimate);
		}
		expect(settings.protection).toMatchObject({ n: 5, digits: 3, points: 5 });
		expect(notes.map(({ code }) => code)).toContain("protected-rounding");
	});

	test("are the same when they are rounded again", async () => {
		const once = await rates([sample], { ...asked, protect: true });
		expect(roundedResults(once, once.settings.protection?.decimals as number)).toEqual(once);
	});
});

describe("what follows", () => {
	test("one unknown of an equation does, two do not, unless another tells one of them", () => {
		const equation = (...places: number[]) => new Map(places.map((place) => [place, 1]));
		expect(determined([equation(3)])).toEqual(new Set([3]));
		expect(determined([equation(0, 1)])).toEqual(new Set());
		expect(determined([equation(0, 1), equation(1)])).toEqual(new Set([0, 1]));
		expect(
			determined([
				equation(0, 1),
				new Map([
					[0, 1],
					[1, -1],
				]),
			]),
		).toEqual(new Set([0, 1]));
	});

	test("a group is its parts and those without a value; a total is without those", () => {
		const { sums } = latticeOf(
			[{}, { g: "a" }, { g: "b" }, { g: "total" }],
			() => false,
			() => true,
		);
		expect(sums.map(({ parts }) => parts.length)).toEqual([3, 2]);
	});
});
