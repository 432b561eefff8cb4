import fc from "fast-check";
import { expect, test } from "vitest";
import { Attained } from "../../src/protect/attained.js";
import { loadSolver, type ProgramRow } from "../../src/protect/linear-program.js";
import { programParts } from "../../src/protect/program-parts.js";

const infinite = Number.POSITIVE_INFINITY;

/** Two cells of a sample that add up to a third, of whom shares and totals are published; columns as of src/protect. */
function sample(
	first: number,
	joint: number,
	shares: readonly number[],
	totals: readonly number[],
): ProgramRow[] {
	const [y, total] = [0, 1].map((offset) => (cell: number) => first + 2 * cell + offset) as [
		(cell: number) => number,
		(cell: number) => number,
	];
	const rows: ProgramRow[] = [];
	for (const of of [y, total])
		rows.push({
			terms: [
				[of(0), 1],
				[of(1), 1],
				[of(2), -1],
			],
			low: 0,
			high: 0,
		});
	for (const cell of [0, 1, 2])
		rows.push({
			terms: [
				[y(cell), 1],
				[total(cell), -1],
			],
			low: -infinite,
			high: 0,
		});
	for (const [cell, share] of shares.entries()) {
		const of = cell + 1;
		rows.push({
			terms: [
				[y(of), 1],
				[total(of), -(share - 0.01)],
			],
			low: 0,
			high: infinite,
		});
		rows.push({
			terms: [
				[y(of), 1],
				[total(of), -(share + 0.01)],
			],
			low: -infinite,
			high: 0,
		});
		rows.push({
			terms: [
				[total(of), 1],
				[joint, -(totals[cell] as number)],
			],
			low: 0,
			high: 0,
		});
	}
	return rows;
}

test("a part of a program has the bounds of the whole", async () => {
	const solver = await loadSolver();
	const share = fc.double({ min: 0.2, max: 0.8, noNaN: true });
	const cells = fc.tuple(share, share, fc.double({ min: 0.1, max: 0.4, noNaN: true }));
	fc.assert(
		fc.property(fc.array(cells, { minLength: 2, maxLength: 4 }), (samples) => {
			const joint = 6 * samples.length;
			const rows = samples.flatMap(([part, rest, size], place) =>
				sample(6 * place, joint, [part, part * (1 - size) + rest * size], [1 - size, 1]),
			);
			const partOf = programParts(rows, joint);
			for (const place of samples.keys()) {
				const [y, total] = [6 * place, 6 * place + 1];
				const { columns, rows: own, place: at } = partOf(y);
				expect(columns).toBe(7);
				const together = solver.range(joint + 1, rows, y, total);
				const apart = solver.range(columns, own, at(y), at(total));
				expect(apart?.low).toBeCloseTo(together?.low as number, 7);
				expect(apart?.high).toBeCloseTo(together?.high as number, 7);
			}
		}),
		{ numRuns: 25 },
	);
});

test("rows that do not hold a range can go, and a cell that is called open is", async () => {
	const solver = await loadSolver();
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	let called = 0;
	fc.assert(
		fc.property(
			fc.tuple(share, share, fc.double({ min: 0.02, max: 0.5, noNaN: true })),
			([part, rest, size]) => {
				const rows = sample(0, 6, [part, part * (1 - size) + rest * size], [1 - size, 1]);
				const attained = new Attained();
				const cells = [0, 2, 4];
				const open = cells.map((y) => {
					const found = solver.range(7, rows, y, y + 1);
					if (found === null) return false;
					const held = solver.range(7, found.holding, y, y + 1);
					expect(held?.low).toBeCloseTo(found.low, 6);
					expect(held?.high).toBeCloseTo(found.high, 6);
					for (const end of found.ends) attained.note(cells, (column) => end[column] as number);
					return 100 * (found.high - found.low) >= 5;
				});
				for (const [place, y] of cells.entries()) {
					if (!attained.isOpen(y, 5)) continue;
					called++;
					expect(open[place]).toBe(true);
				}
			},
		),
		{ numRuns: 40 },
	);
	expect(called).toBeGreaterThan(5);
});

test("samples that a published total joins are one part", () => {
	const joint = 12;
	const rows = [
		...sample(0, joint, [0.5, 0.5], [0.8, 1]),
		...sample(6, joint, [0.4, 0.5], [0.7, 1]),
		{
			terms: [
				[4, 1],
				[10, 1],
			],
			low: 1,
			high: 1,
		} as ProgramRow,
	];
	expect(programParts(rows, joint)(0).columns).toBe(13);
});
