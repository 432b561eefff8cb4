import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitByShare, spreadClosely, spreadCodes } from "../../src/synth/answers/quota.js";

const rowsTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

describe("splitByShare", () => {
	it("takes the highest propensities", () => {
		const propensity = Float64Array.of(0.3, -1, 2, 0.1);
		const split = splitByShare(rowsTo(4), propensity, new Float64Array(4).fill(1), 0.5);
		expect(split).toEqual({ lower: [1, 3], upper: [0, 2], cutoff: 0.3 });
	});

	it("trades rows near the cut until the share is met", () => {
		const weight = Float64Array.of(10, 10.3, 9.1, 11.2, 8.7, 10.9, 9.6, 10.2, 9.9, 10.1);
		const propensity = Float64Array.from(weight, (_, row) => row);
		const { upper } = splitByShare(rowsTo(10), propensity, weight, 0.403);
		const share = upper.reduce((sum, row) => sum + (weight[row] ?? 0), 0) / 100;
		expect(Math.abs(share - 0.403)).toBeLessThan(0.0005);
	});

	it("never moves a row whose propensity is infinite", () => {
		const propensity = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 2, 3);
		const weight = Float64Array.of(5, 5, 1, 1.5, 2);
		for (const share of [0.4, 0.5, 0.6]) {
			const { lower, upper } = splitByShare(rowsTo(5), propensity, weight, share);
			expect(upper).toContain(0);
			expect(lower).toContain(1);
		}
	});

	it("keeps every row once and misses the share by less than a row", () => {
		const people = fc.array(
			fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: 1, max: 9 })),
		);
		fc.assert(
			fc.property(people, fc.double({ min: 0, max: 1, noNaN: true }), (people, share) => {
				const propensity = Float64Array.from(people, ([value]) => value);
				const weight = Float64Array.from(people, ([, value]) => value);
				const { lower, upper } = splitByShare(rowsTo(people.length), propensity, weight, share);
				expect([...lower, ...upper].toSorted((a, b) => a - b)).toEqual(rowsTo(people.length));
				const sum = (rows: readonly number[]) => rows.reduce((total, row) => total + (weight[row] ?? 0), 0);
				expect(Math.abs(sum(upper) - share * sum([...lower, ...upper]))).toBeLessThanOrEqual(4.5);
			}),
		);
	});
});

describe("spreadCodes", () => {
	it("writes codes in order, each for its share of the weight", () => {
		const column = new Int32Array(10);
		const shares = [
			[1, 20],
			[2, 0],
			[3, 80],
		] as const;
		spreadCodes(rowsTo(10), new Float64Array(10).fill(1), shares, column);
		expect([...column]).toEqual([1, 1, 3, 3, 3, 3, 3, 3, 3, 3]);
	});
});

describe("spreadClosely", () => {
	const shares = [
		[1, 31.4],
		[2, 9.7],
		[3, 58.9],
	] as const;
	/** Largest miss of a share, in rows' unit of weight. */
	const missed = (spread: typeof spreadCodes): number => {
		const weight = Float64Array.from(rowsTo(60), (row) => 5 + ((row * 37) % 23));
		const column = new Int32Array(60);
		spread(rowsTo(60), weight, shares, column);
		const total = weight.reduce((a, b) => a + b, 0);
		expect([...new Set(column)].toSorted()).toEqual([1, 2, 3]);
		const off = shares.map(([code, share]) => {
			const got = weight.reduce((sum, w, row) => (column[row] === code ? sum + w : sum), 0);
			return Math.abs(got - (total * share) / 100);
		});
		return Math.max(...off);
	};

	it("meets every share, where rows in order miss it", () => {
		// Weights are whole numbers, so each of a share's two ends can be half a unit off.
		expect(missed(spreadClosely)).toBeLessThanOrEqual(1);
		expect(missed(spreadCodes)).toBeGreaterThan(3);
	});

	it("writes every row once, whatever the shares, and none without a share", () => {
		const weights = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 });
		const parts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(weights, parts, (weights, parts) => {
				const given = [...parts.map((share, code): [number, number] => [code + 1, share]), [9, 1] as const];
				const column = new Int32Array(weights.length);
				spreadClosely(rowsTo(weights.length), Float64Array.from(weights), given, column);
				const some = new Set(given.filter(([, share]) => share > 0).map(([code]) => code));
				expect([...column].every((code) => some.has(code))).toBe(true);
			}),
		);
	});
});
