import { describe, expect, test } from "vitest";
import { solveUnderAll } from "../../src/model/equations.js";
import { linearPredictor, logistic, loss } from "../../src/model/likelihood.js";
import { LogisticLoops, momentCount, sumMoments } from "../../src/model/loops.js";
import type { CompiledRows } from "../../src/model/model-rows.js";
import { Matrix, solveSymmetric } from "../../src/stats/linear-algebra.js";
import { generator } from "../support/survey.js";

/** Rows with up to three entries each, and three weights of which some are zero. */
function rowsOf(count: number, width: number, next: () => number): CompiledRows {
	const columns = 4;
	const [starts, places, entries] = [[0], [] as number[], [] as number[]];
	for (let row = 0; row < count; row++) {
		for (let column = 0; column < columns; column++) {
			if (column > 0 && next() < 0.4) continue;
			places.push(column);
			entries.push(column === 0 ? 1 : 4 * next() - 2);
		}
		starts.push(places.length);
	}
	return {
		...{ count, columns, width },
		starts: Int32Array.from(starts),
		places: Int32Array.from(places),
		entries: Float64Array.from(entries),
		outcome: Float64Array.from({ length: count }, () => (next() < 0.4 ? 1 : 0)),
		weights: Float64Array.from({ length: count * width }, () => (next() < 0.1 ? 0 : 50 * next())),
		vectors: Int32Array.from({ length: count }, (_, row) => row),
		units: new Int32Array(count),
	};
}

function expectNear(own: number | undefined, plain: number): void {
	expect(Math.abs((own ?? Number.NaN) - plain)).toBeLessThan(1e-13 * Math.max(1, Math.abs(plain)));
}

describe.each([1, 2, 5, 101])("loops with %d weights", (width) => {
	const next = generator(2024 + width);

	test.each([1, 30, 800])("scores and totals where coefficients reach %d", (reach) => {
		const rows = rowsOf(60, width, next);
		const beta = Array.from({ length: rows.columns }, () =>
			Float64Array.from({ length: width }, () => reach * (2 * next() - 1)),
		);
		const loops = new LogisticLoops(rows);
		const scores = loops.scores(beta);
		const totals = loops.totals(beta);
		for (let r = 0; r < width; r++) {
			const own = beta.map((column) => column[r] as number);
			const plain = { yes: 0, yesShares: 0, shares: 0, spreads: 0, losses: 0, all: 0 };
			const plainScores = own.map(() => 0);
			for (let row = 0; row < rows.count; row++) {
				const weight = rows.weights[row * width + r] as number;
				const eta = linearPredictor(rows, row, own);
				const [share, yes] = [logistic(eta), rows.outcome[row] as number];
				plain.yes += weight * yes;
				plain.yesShares += weight * yes * share;
				plain.shares += weight * share;
				plain.spreads += weight * share * (1 - share);
				plain.losses += weight * loss(yes, eta);
				plain.all += weight;
				for (let a = rows.starts[row] as number; a < (rows.starts[row + 1] as number); a++) {
					const place = rows.places[a] as number;
					plainScores[place] =
						(plainScores[place] as number) + weight * (yes - share) * (rows.entries[a] as number);
				}
			}
			for (const [name, value] of Object.entries(plain)) {
				expectNear(totals[name as keyof typeof plain][r], value);
			}
			for (const [place, value] of plainScores.entries()) expectNear(scores[place]?.[r], value);
		}
	});

	test("scores under some of the weights are those under all", () => {
		const rows = rowsOf(40, width, next);
		const kept = [...Array(width).keys()].filter((r) => r % 3 !== 1);
		const beta = Array.from({ length: rows.columns }, () => Float64Array.from({ length: width }, next));
		const all = new LogisticLoops(rows).scores(beta);
		const some = new LogisticLoops(rows, kept).scores(
			beta.map((own) => Float64Array.from(kept.map((r) => own[r] as number))),
		);
		for (const [column, own] of some.entries()) expect([...own]).toEqual(kept.map((r) => all[column]?.[r]));
	});

	test.each([1, 2, 12])("systems of %d equations are solved as one by one", (size) => {
		const symmetrics = Array.from({ length: width }, (_, r) => {
			const root = Matrix.rand(size, size, { random: next });
			const product = root.mmul(root.transpose());
			// Under every third weight the last line follows from the first.
			return r % 3 === 2 && size > 1 ? product.mul(0).add(1) : product.add(Matrix.eye(size));
		});
		const right = Array.from({ length: width }, () => Matrix.rand(size, 2, { random: next }));
		const solved = solveUnderAll({
			...{ size, columns: 2, width },
			left: (i, j, r) => symmetrics[r]?.get(i, j) as number,
			right: (i, j, r) => right[r]?.get(i, j) as number,
		});
		for (let r = 0; r < width; r++) {
			const one = solveSymmetric(symmetrics[r] as Matrix, right[r] as Matrix);
			expect(one === null).toBe(r % 3 === 2 && size > 1);
			for (const [place, own] of solved.entries()) {
				const value = one?.get(Math.floor(place / 2), place % 2);
				if (value === undefined) expect(own[r]).toBeNaN();
				else expectNear(own[r], value);
			}
		}
	});

	test("moments by cell", () => {
		const [rows, size, count] = [40, 3, 4];
		const numbers = Float64Array.from({ length: rows * size }, () => (next() < 0.3 ? 0 : 10 * next()));
		const cells = Int32Array.from({ length: rows }, () => Math.floor((count + 1) * next()));
		const vector = Int32Array.from({ length: rows }, (_, row) => row >> 1);
		const vectors = rows / 2;
		const weights = Float64Array.from({ length: vectors * width }, next);
		const sums = sumMoments({ ...{ rows, cells, count, numbers, size, vector, weights, vectors, width } });
		for (let cell = 1; cell <= count; cell++) {
			let product = 0;
			for (let i = 0; i < size; i++) {
				for (let j = i; j < size; j++, product++) {
					for (let r = 0; r < width; r++) {
						let plain = 0;
						for (let row = 0; row < rows; row++) {
							if (cells[row] !== cell) continue;
							const weight = weights[(vector[row] as number) * width + r] as number;
							plain += weight * (numbers[row * size + i] as number) * (numbers[row * size + j] as number);
						}
						const { values, start } = sums(cell, product);
						expectNear(values[start + r], plain);
					}
				}
			}
			expect(product).toBe(momentCount(size));
		}
	});
});
