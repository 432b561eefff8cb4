import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { independent, sameSample } from "../../src/compare/difference.js";
import { testOf } from "../../src/compare/t-test.js";
import { replicateEstimator } from "../../src/design/estimator.js";
import { averageOf, memberAgainstAverage } from "../../src/estimate/combine.js";
import { compare } from "../../src/index.js";
import { adjust } from "../../src/stats/adjust.js";
import { csv, file, surveys } from "../support/survey.js";

const number = fc.double({ min: 1, max: 99, noNaN: true });
const replicates = fc
	.array(number, { minLength: 21, maxLength: 21 })
	.map((values) => Float64Array.from(values));
const factors = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 });
const members = fc.array(
	fc.record({
		estimate: number,
		se: fc.double({ min: 0.1, max: 9, noNaN: true }),
		df: fc.double({ min: 5, max: 99, noNaN: true }),
		weight: number,
	}),
	{ minLength: 2, maxLength: 40 },
);

const near = (a: number, b: number, within = 1e-9) =>
	expect(Math.abs(a - b)).toBeLessThanOrEqual(within * Math.max(1, Math.abs(b)));

describe("differences of one sample", () => {
	test("the variance is the contrast of the covariance matrix", () => {
		fc.assert(
			fc.property(replicates, replicates, factors, (a, b, each) => {
				const estimator = replicateEstimator(Float64Array.from(each));
				const covariance = (x: Float64Array, y: Float64Array) =>
					each.reduce(
						(sum, factor, r) =>
							sum +
							factor * ((x[r + 1] as number) - (x[0] as number)) * ((y[r + 1] as number) - (y[0] as number)),
						0,
					);
				const { se } = sameSample(a, b, estimator, 10);
				near(se ** 2, covariance(a, a) + covariance(b, b) - 2 * covariance(a, b));
			}),
		);
	});

	test("a thing less itself is exactly 0, without error", () => {
		fc.assert(
			fc.property(replicates, factors, (a, each) => {
				const found = sameSample(a, a, replicateEstimator(Float64Array.from(each)), 10);
				expect([found.difference, found.se]).toEqual([0, 0]);
			}),
		);
	});

	test("swapping a and b flips the sign only", () => {
		fc.assert(
			fc.property(replicates, replicates, factors, (a, b, each) => {
				const estimator = replicateEstimator(Float64Array.from(each));
				const [there, back] = [sameSample(a, b, estimator, 10), sameSample(b, a, estimator, 10)];
				expect(back).toEqual({ ...there, difference: 0 - there.difference });
				const [forth, reverse] = [testOf(there, 0.95, "design"), testOf(back, 0.95, "design")];
				expect([reverse.se, reverse.p, reverse.df]).toEqual([forth.se, forth.p, forth.df]);
				expect([reverse.ciLow, reverse.ciHigh]).toEqual([
					-(forth.ciHigh as number),
					-(forth.ciLow as number),
				]);
			}),
		);
	});

	test("women − men of a file and men − women differ in sign only", async () => {
		await fc.assert(
			fc.asyncProperty(surveys, async (rows) => {
				const path = file(csv(rows));
				const spec = {
					between: "gender",
					topics: ["activities"],
					suppress: "none",
					pool: ["population"],
				} as const;
				const there = await compare([path], { ...spec, reference: "male" });
				const back = await compare([path], { ...spec, reference: "female" });
				expect(there.comparisons.length).toBeGreaterThan(0);
				for (const [index, one] of there.comparisons.entries()) {
					const other = back.comparisons[index];
					expect([other?.difference, other?.se, other?.df, other?.p, other?.pAdjusted]).toEqual([
						one.difference === null ? null : 0 - one.difference,
						one.se,
						one.df,
						one.p,
						one.pAdjusted,
					]);
					expect([other?.a, other?.b]).toEqual([one.b, one.a]);
				}
			}),
			{ numRuns: 5 },
		);
	});
});

describe("averages", () => {
	test("of equal weights are simple ones", () => {
		fc.assert(
			fc.property(members, (list) => {
				const simple = averageOf(list, "simple");
				const weighted = averageOf(
					list.map((member) => ({ ...member, weight: 7 })),
					"weighted",
				);
				for (const key of ["estimate", "se", "df"] as const) near(weighted[key], simple[key]);
			}),
		);
	});

	test("members less their average add up to nothing", () => {
		fc.assert(
			fc.property(members, (list) => {
				const sum = list.reduce(
					(total, _, place) => total + memberAgainstAverage(list, place, "simple").estimate,
					0,
				);
				near(sum, 0, 1e-9 * list.length);
			}),
		);
	});

	test("a member against the average: the PISA reports' way of writing the same variance", () => {
		fc.assert(
			fc.property(members, (list) => {
				const k = list.length;
				const average = averageOf(list, "simple");
				const own = list[0] as (typeof list)[number];
				const { se } = memberAgainstAverage(list, 0, "simple");
				near(se ** 2, average.se ** 2 + (((k - 1) ** 2 - 1) / k ** 2) * own.se ** 2);
			}),
		);
	});

	test("two members against each other have Welch's degrees of freedom, at least the smaller", () => {
		fc.assert(
			fc.property(members, ([a, b]) => {
				if (a === undefined || b === undefined) return;
				const found = independent(a, b);
				near(found.se, Math.hypot(a.se, b.se));
				expect(found.df).toBeGreaterThanOrEqual(Math.min(a.df, b.df) * (1 - 1e-12));
				expect(found.df).toBeLessThanOrEqual((a.df + b.df) * (1 + 1e-12));
				const [published, known] = [{ ...a, df: Number.POSITIVE_INFINITY }, b.se ** 4 / b.df];
				near(independent(published, b).df, known === 0 ? Number.POSITIVE_INFINITY : found.se ** 4 / known);
				expect(independent(published, { ...b, df: Number.POSITIVE_INFINITY }).df).toBe(
					Number.POSITIVE_INFINITY,
				);
			}),
		);
	});
});

test("adjusted p-values: p ≤ Benjamini–Hochberg ≤ Holm ≤ Bonferroni, in p's own order", () => {
	const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
	fc.assert(
		fc.property(shares, (p) => {
			const [bh, holm, bonferroni] = [adjust(p, "bh"), adjust(p, "holm"), adjust(p, "bonferroni")];
			for (const [index, value] of p.entries()) {
				const chain = [value, bh[index], holm[index], bonferroni[index]] as number[];
				for (const [place, next] of chain.slice(1).entries()) {
					expect(next).toBeGreaterThanOrEqual((chain[place] as number) * (1 - 1e-12));
				}
				for (const [other, its] of p.entries()) {
					if (its > value) expect(holm[other]).toBeGreaterThanOrEqual(holm[index] as number);
				}
			}
			expect(adjust(p, "none")).toEqual(p);
		}),
	);
});

test("a member without error and without degrees of freedom leaves those of the average to the others", () => {
	const found = averageOf(
		[
			{ estimate: 100, se: 0, df: 0, weight: 1 },
			{ estimate: 50, se: 2, df: 40, weight: 1 },
		],
		"simple",
	);
	expect(found).toEqual({ estimate: 75, se: 1, df: 40 });
});
