import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { profileFigures } from "../../src/analysis/questions/profile.js";
import { shareInterval } from "../../src/estimate/interval.js";
import { ownSource } from "../../src/explore/packing/own-source.js";
import {
	type Comparison,
	compare,
	disclosures,
	type Estimate,
	explain,
	explore,
	model,
	type ResultSet,
	rates,
	readResults,
	relate,
} from "../../src/index.js";
import { figureBounds } from "../../src/protect/bounds.js";
import { determined } from "../../src/protect/determined.js";
import { latticeOf } from "../../src/protect/lattice.js";
import { roundedResults } from "../../src/protect/rounding.js";
import { printedNumber, printedP } from "../../src/wording/numbers.js";
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
			await rates([sample], { ...asked, by: ["gender"], pool: ["country"] }),
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

	test.each([0, 1, 2])("print as they did with %i decimals more", async (more) => {
		const whole = await compare([sample], { topics: ["activities", "focus"], between: "gender" });
		const { estimates, comparisons } = roundedResults(whole, more);
		const numbers = (row: Estimate | Comparison) => [row.se, row.ciLow, row.ciHigh];
		const printed = [...whole.estimates, ...whole.comparisons].flatMap(numbers);
		expect(printed.length).toBeGreaterThan(100);
		const print = (value: number | null) => value && printedNumber(value, 1);
		expect([...estimates, ...comparisons].flatMap(numbers).map(print)).toEqual(printed.map(print));
		expect(comparisons.map(({ p }) => p && printedP(p))).toEqual(
			whole.comparisons.map(({ p }) => p && printedP(p)),
		);
	});

	test("hold the number within what it is said to lie between, also next to where print rounds up", () => {
		const near = [0.84996, 0.84994, 0.85, 0.849949, 0.3, 0.29, 49.95, 49.9499, 0.00004, 99.99996];
		for (const value of near.flatMap((one) => [one, -one])) {
			for (const more of [0, 1, 2]) {
				const row = {
					statistic: "percent",
					estimate: value,
					se: value,
					ciLow: value,
					ciHigh: value,
				} as Estimate;
				const once = roundedResults(
					{ estimates: [row], comparisons: [], settings: {} } as unknown as ResultSet,
					more,
				);
				const [{ estimate, se }] = once.estimates as [Estimate];
				expect(printedNumber(estimate as number, 1)).toBe(printedNumber(value, 1));
				expect(printedNumber(se as number, 1)).toBe(printedNumber(value, 1));
				const [low, high] = figureBounds(estimate as number, "percent", more);
				expect(low - 1e-12 <= value && value <= high + 1e-12).toBe(true);
				expect(roundedResults(once, more)).toEqual(once);
			}
		}
	});

	test("are the same when they are rounded again", async () => {
		const once = await rates([sample], { ...asked, protect: true });
		expect(roundedResults(once, once.settings.protection?.decimals as number)).toEqual(once);
	});
});

describe("every command that makes figures of a survey file protects them", () => {
	test("models and correlations are looked at beside rates, which they have no rows of", async () => {
		const protect = true;
		const predict = "gender,age";
		const all = [
			await rates([sample], { ...asked, by: ["gender"], protect }),
			await relate([sample], { variables: ["activities:types", "TT3G11B"], protect }),
			await model([sample], { outcomes: ["activities:peer-coaching"], predict, protect }),
		];
		for (const one of all) expect(one.settings.protection).toMatchObject({ n: 5 });
		expect(await disclosures(all)).toEqual([]);
	});

	test("a page to explore and a profile are made of rounded numbers; results are protected already", async () => {
		const { results } = await ownSource("own", [sample], { codebook: undefined, by: [], protect: true }, {});
		for (const { settings } of results) expect(settings.protection).toMatchObject({ n: 5 });
		const [figures] = await profileFigures([sample], { countries: ["KAZ"], protect: true });
		const own = figures?.current.estimates.filter(({ group, n }) => group.country === "KAZ" && n !== null);
		expect(own?.length).toBeGreaterThan(10);
		for (const { n } of own ?? []) expect((n as number) % 5).toBe(0);
		const saved = join(root, "reports/synthetic-kazakhstan-2018/build/results.json");
		await expect(explore([saved], { protect: true })).rejects.toThrow(/protected when they are made/);
		await expect(explain([sample], { items: ["peer-coaching"], protect: true })).rejects.toThrow(
			/hides what an explanation tells/,
		);
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

describe("n", () => {
	const row = (n: number, more: Partial<Estimate>) =>
		({ statistic: "percent", n, df: 56, ciLow: null, ciHigh: null, ...more }) as Estimate;
	const rounded = (one: Estimate) => {
		const results = { estimates: [one], comparisons: [], settings: { level: 0.95 } } as unknown as ResultSet;
		return (roundedResults(results, 2).estimates as [Estimate])[0];
	};

	test("does not follow from a design effect: it is that of as many teachers as are told", () => {
		const [p, se] = [0.354, 0.0812];
		const deff = (n: number) => se ** 2 / ((p * (1 - p)) / (n - 1));
		const told = [33, 34, 35, 36, 37].map((n) =>
			rounded(row(n, { estimate: 100 * p, se: 100 * se, deff: deff(n), nEff: n / deff(n) })),
		);
		for (const one of told) expect(one).toEqual(told[2]);
		expect(told[2]?.deff).toBeCloseTo(deff(35), 2);
	});

	test.each([0, 1])("does not follow from an exact interval at %i", (share) => {
		const interval = (n: number) => {
			const { low, high } = shareInterval("logit", 0.95, {
				...{ theta: Float64Array.of(share), se: 0, n, df: 56 },
				estimator: {} as never,
			});
			return { ciLow: 100 * low, ciHigh: 100 * high, ciMethod: "exact" as const };
		};
		expect(interval(33)).not.toEqual(interval(35));
		const told = [33, 34, 36, 37].map((n) => rounded(row(n, { estimate: 100 * share, ...interval(n) })));
		for (const one of told) {
			expect(one.ciLow).toBeCloseTo(
				rounded(row(35, { estimate: 100 * share, ...interval(35) })).ciLow as number,
				2,
			);
			expect(one).toEqual(told[0]);
		}
	});
});
