import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replicateEstimator } from "../../src/design/estimator.js";
import { CrossProducts } from "../../src/model/cross-products.js";
import { DesignColumns, type ModelVariable, type Term } from "../../src/model/design-columns.js";
import { fitLinear } from "../../src/model/linear.js";
import { fitLogistic } from "../../src/model/logistic.js";
import { type GroupSums, ModelSums, type ValueBlock } from "../../src/model/model-sums.js";

const WIDTH = 4;
const estimator = replicateEstimator(new Float64Array(WIDTH - 1).fill(0.5));
const VARIABLES: ModelVariable[] = [
	{ key: "y", kind: "number" },
	{ key: "a", kind: "factor" },
	{ key: "b", kind: "factor" },
	{ key: "x", kind: "number" },
	{ key: "z", kind: "number" },
];
const TERMS: Term[] = [[1], [2], [3], [4], [1, 2], [1, 3], [3, 4]];

interface Row {
	group: number;
	values: number[];
	weights: number[];
	school: number;
}

/** Rows of which some have no value, no weight or no group. */
const rowsOf = (levels: number) =>
	fc.array(
		fc.record({
			group: fc.integer({ min: -1, max: 2 }),
			values: fc
				.tuple(
					fc.double({ min: -5, max: 5, noNaN: true }),
					fc.nat({ max: levels - 1 }),
					fc.nat({ max: 1 }),
					fc.double({ min: 0, max: 40, noNaN: true }),
					fc.double({ min: -3, max: 3, noNaN: true }),
				)
				.chain((all) =>
					fc.record({ all: fc.constant(all), lost: fc.option(fc.nat({ max: 4 }), { freq: 8 }) }),
				)
				.map(({ all, lost }) => all.map((value, place) => (place === lost ? Number.NaN : value))),
			weights: fc.array(fc.double({ min: 0.5, max: 9, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH }),
			school: fc.nat({ max: 9 }),
		}),
		{ minLength: 5, maxLength: 120 },
	);

/** Rows as blocks; neighbours with the same weights share a vector. */
function blocksOf(rows: readonly Row[], size: number): ValueBlock[] {
	return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => {
		const part = rows.slice(index * size, (index + 1) * size);
		const vectors: number[][] = [];
		const vector = part.map(({ weights }) => {
			if (`${vectors.at(-1)}` !== `${weights}`) vectors.push(weights);
			return vectors.length - 1;
		});
		return {
			rows: part.length,
			group: Int32Array.from(part, ({ group }) => group),
			school: Int32Array.from(part, ({ school }) => school),
			unit: null,
			values: VARIABLES.map((_, variable) =>
				Float64Array.from(part, ({ values }) => values[variable] as number),
			),
			weights: Float64Array.from(vectors.flat()),
			vector: Int32Array.from(vector),
			width: WIDTH,
		};
	});
}

/** Cross-products added up row by row, without cells. */
function plainly(rows: readonly Row[], group: number): { products: CrossProducts; design: DesignColumns } {
	const design = new DesignColumns(VARIABLES, [[0], ...TERMS]);
	const products = new CrossProducts(WIDTH);
	const [places, entries] = [new Int32Array(TERMS.length + 2), new Float64Array(TERMS.length + 2)];
	for (const row of rows) {
		if (row.group !== group || row.values.some(Number.isNaN)) continue;
		design.row(row.values, places, entries);
		products.add(places, entries, places.length);
		products.endRun({ values: Float64Array.from(row.weights), start: 0 });
	}
	return { products, design };
}

function near(a: number, b: number): boolean {
	return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

describe("sums of models", () => {
	test("cells make the cross-products that rows make, however many cells and blocks there are", () => {
		// More than 600 combinations of levels do not stay cells.
		fc.assert(
			fc.property(
				fc.constantFrom(2, 400),
				fc.integer({ min: 1, max: 40 }),
				fc.context(),
				(levels, size, context) => {
					const [rows = []] = fc.sample(rowsOf(levels), { numRuns: 1, seed: levels * 100 + size });
					context.log(`${rows.length} rows`);
					const sums = new ModelSums({
						variables: VARIABLES,
						terms: TERMS,
						family: "linear",
						width: WIDTH,
						units: null,
					});
					for (const block of blocksOf(rows, size)) sums.add(block);
					for (const group of [0, 1, 2]) {
						const own = sums.finished(group);
						const { products, design } = plainly(rows, group);
						expect(own?.n ?? 0).toBe(products.rows);
						if (own === undefined) continue;
						const pairs = design.columns.map(
							(column) => sums.design.find(column.term, column.levels) as number,
						);
						for (const [i, ownI] of pairs.entries()) {
							for (const [j, ownJ] of pairs.entries()) {
								for (let r = 0; r < WIDTH; r++) {
									expect(near(own.products.at(ownI, ownJ, r), products.at(i, j, r))).toBe(true);
								}
							}
						}
					}
				},
			),
			{ numRuns: 40 },
		);
	});

	const [rows = []] = fc.sample(rowsOf(3), { numRuns: 1, seed: 11 }).filter(({ length }) => length > 0);
	const many = Array.from({ length: 8 }, (_, copy) =>
		rows.map((row) => ({ ...row, weights: row.weights.map((weight) => weight + copy) })),
	).flat();

	test.each(["linear", "logistic"] as const)("groups put together are one group: %s", (family) => {
		const data = many.map((row) => ({
			...row,
			values: row.values.map((value, i) => (i === 0 && family === "logistic" ? Number(value > 0) : value)),
		}));
		const fitted = (of: readonly Row[]) => {
			const sums = new ModelSums({
				variables: VARIABLES,
				terms: [[1], [3]],
				family,
				width: WIDTH,
				units: null,
			});
			for (const block of blocksOf(of, 32)) sums.add(block);
			const first = sums.together([[0, 1, 2]]) as GroupSums;
			const columns = sums.design.contrasts([[1], [3]], [0, 0, 0, 0, 0]);
			const fit =
				family === "linear"
					? fitLinear(first.products, columns, sums.design.find([0], [-1]) as number, estimator)
					: fitLogistic(first.rows, sums.design, columns, 0, estimator);
			return { first, fit };
		};
		const apart = fitted(data);
		const together = fitted(data.map((row) => ({ ...row, group: row.group < 0 ? -1 : 0 })));
		expect(apart.first.n).toBe(together.first.n);
		expect([...apart.first.schools].sort()).toEqual([...together.first.schools].sort());
		const counts = ({ levels }: GroupSums) => levels.get(1)?.map(({ rows, schools }) => [rows, schools.size]);
		expect(counts(apart.first)).toEqual(counts(together.first));
		for (const [place, theta] of apart.fit.coefficients.entries()) {
			for (const [r, value] of theta.entries()) {
				expect(near(value, together.fit.coefficients[place]?.[r] as number)).toBe(true);
			}
		}
	});

	test("teachers without a value, a weight or a group are not counted", () => {
		const sums = new ModelSums({
			variables: VARIABLES,
			terms: [[3]],
			family: "linear",
			width: WIDTH,
			units: null,
		});
		const row = (values: number[], weight: number, group: number) => ({
			group,
			values,
			weights: [weight, 1, 1, 1],
			school: 1,
		});
		const all = [1, 0, 0, 2, 3];
		const given = [row(all, 2, 0), row(all, 0, 0), row(all, 2, -1), row([1, Number.NaN, 0, 2, 3], 2, 0)];
		for (const block of blocksOf(given, 10)) sums.add(block);
		expect(sums.finished(0)?.n).toBe(1);
		expect([...sums.groups.keys()]).toEqual([0]);
	});
});
