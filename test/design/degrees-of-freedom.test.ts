import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CodedBlock } from "../../src/codebook/recode/recoder.js";
import type { ReplicateVectors } from "../../src/design/degrees-of-freedom.js";
import { tabulate } from "../../src/tabulate/accumulate.js";
import { Cell, type Cells, planTables } from "../../src/tabulate/cells.js";
import { goldenStats } from "../support/golden.js";
import { generator } from "../support/survey.js";

/** Replicate factors of a row, as test/golden/make-stats.R makes them. */
const DESIGNS: Record<string, (next: () => number, row: number, replicates: number) => number[]> = {
	jackknife: (_, row, replicates) =>
		Array.from({ length: replicates }, (_, r) =>
			r === row % replicates ? 0 : replicates / (replicates - 1),
		),
	brr: (_, row, replicates) => {
		const sign = Math.floor(row / 2) % 2 === 0 ? 1 : -1;
		const zone = Math.floor(row / 4) + 1;
		return Array.from({ length: replicates }, (_, r) => 1 + 0.5 * sign * (ones(r & zone) % 2 === 1 ? -1 : 1));
	},
	random: (next, _, replicates) => Array.from({ length: replicates }, () => 0.5 + next()),
};

function ones(bits: number): number {
	return bits.toString(2).replaceAll("0", "").length;
}

function weightsOf(design: string, rows: number, replicates: number): number[][] {
	const next = generator(2018);
	const printed = (value: number) => Math.floor(value * 1e5) / 1e5;
	return Array.from({ length: rows }, (_, row) => {
		const weight = printed(20 + 80 * next());
		const factors = DESIGNS[design]?.(next, row, replicates) ?? [];
		return [weight, ...factors.map((factor) => printed(weight * factor))];
	});
}

function vectorsOf(rows: readonly number[][], replicates: number): ReplicateVectors {
	const cells: Cells<number> = new Map();
	const layout = planTables([], replicates + 1);
	const block: CodedBlock = {
		rows: rows.length,
		states: [],
		group: new Int32Array(rows.length),
		school: null,
		unit: null,
		weights: Float64Array.from(rows.flat()),
		vector: Int32Array.from(rows.keys()),
		width: replicates + 1,
	};
	tabulate(block, layout, cells);
	return (cells.get(0) ?? new Cell(layout)).vectors;
}

describe("the rank of replicate weights is that of R's qr(tol = 1e-5)", () => {
	test.each(goldenStats().ranks)("%s: %d rows, %d replicates: %d", (design, rows, replicates, rank) => {
		expect(vectorsOf(weightsOf(design, rows, replicates), replicates).rank()).toBe(rank);
	});

	test.each(goldenStats().ranks)("%s: %d rows, %d replicates, put together from parts", (...golden) => {
		const [design, rows, replicates, rank] = golden;
		const weights = weightsOf(design, rows, replicates);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: rows }), (cut) => {
				const whole = vectorsOf(weights.slice(0, cut), replicates);
				whole.merge(vectorsOf(weights.slice(cut), replicates));
				expect(whole.rank()).toBe(rank);
			}),
			{ seed: 2018, numRuns: 5 },
		);
	});

	test("rows of weight zero have no rank", () => {
		expect(vectorsOf([Array(21).fill(0), Array(21).fill(0)], 20).rank()).toBe(0);
	});

	test("a replicate weight without a full-sample weight counts", () => {
		expect(vectorsOf([[0, 1, 0, 0]], 3).rank()).toBe(1);
	});
});
