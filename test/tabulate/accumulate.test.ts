import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIRST_COUNT, MISSING, NO, NOT_APPLICABLE, YES } from "../../src/codebook/meaning/states.js";
import type { CodedBlock } from "../../src/codebook/recode/recoder.js";
import { tabulate } from "../../src/tabulate/accumulate.js";
import { type Cells, planTables } from "../../src/tabulate/cells.js";
import { tries } from "../support/long.js";
import { generator } from "../support/survey.js";

interface Row {
	group: number;
	school: number;
	states: number[];
	weights: number[];
}

function rowsOf(
	count: number,
	groups: number,
	states: readonly number[],
	seed: number,
	{ width = 3, firstGroup = 0 } = {},
): Row[] {
	const next = generator(seed);
	const pick = (length: number) => Math.floor(next() * length);
	const rows: Row[] = [];
	for (let row = 0; row < count; row++) {
		const drawn = Array.from({ length: width }, (_, place) => (place === 0 ? 1 + pick(9) : pick(5)));
		rows.push({
			group: pick(groups + 1) === 0 ? -1 : firstGroup + pick(groups),
			school: Math.floor(row / 7) + 40 * pick(2),
			states: states.map((many) => pick(many)),
			weights: pick(2) === 0 ? drawn : (rows.at(-1)?.weights ?? drawn),
		});
	}
	return rows;
}

function blockOf(rows: readonly Row[]): CodedBlock {
	const variables = rows[0]?.states.length ?? 0;
	const vectors = rows.map(({ weights }) => weights).filter((own, row) => own !== rows[row - 1]?.weights);
	let last = -1;
	return {
		rows: rows.length,
		// Items and counts are bytes, measures are not; either may be either.
		states: Array.from({ length: variables }, (_, variable) => {
			const states = rows.map(({ states }) => states[variable] as number);
			return variable % 3 > 0 && Math.max(...states) < 256
				? Uint8Array.from(states)
				: Int32Array.from(states);
		}),
		group: Int32Array.from(rows, ({ group }) => group),
		school: Int32Array.from(rows, ({ school }) => school),
		unit: null,
		weights: Float64Array.from(vectors.flat()),
		vector: Int32Array.from(rows, ({ weights }) => (weights === vectors[last] ? last : ++last)),
		width: rows[0]?.weights.length ?? 0,
	};
}

/** Rows, sums of weights and schools of each group, variable and state, counted one by one. */
function plainly(rows: readonly Row[], variables: number) {
	const found = new Map<string, { rows: number; sums: number[] }>();
	const schools = new Map<string, Set<number>>();
	for (const { group, school, states, weights } of rows.filter((row) => row.group >= 0)) {
		for (let variable = 0; variable < variables; variable++) {
			const state = states[variable] as number;
			const key = `${group} ${variable} ${state}`;
			const one = found.get(key) ?? { rows: 0, sums: weights.map(() => 0) };
			found.set(key, { rows: one.rows + 1, sums: one.sums.map((sum, r) => sum + (weights[r] as number)) });
			if (state !== NO && state !== YES && state < FIRST_COUNT) continue;
			const place = `${group} ${variable}`;
			schools.set(place, (schools.get(place) ?? new Set()).add(school));
		}
	}
	return { found, schools: new Map([...schools].map(([place, { size }]) => [place, size])) };
}

/** The same read off cells. */
function fromCells(cells: Cells<number>, variables: number) {
	const found = new Map<string, { rows: number; sums: number[] }>();
	const schools = new Map<string, number>();
	for (const [group, cell] of cells) {
		for (const [index, { variables: own, radices }] of cell.layout.tables.entries()) {
			const table = cell.tables[index];
			for (const [slot, pattern] of (table?.patterns ?? []).entries()) {
				const sums = [...cell.layout.vectors.at(table?.sums[slot] as number)];
				for (const [place, variable] of own.entries()) {
					const many = cell.layout.states[variable] as number;
					const state =
						Math.floor(pattern / (radices[place] as number)) % (Number.isFinite(many) ? many : 1e9);
					const key = `${group} ${variable} ${state}`;
					const one = found.get(key) ?? { rows: 0, sums: sums.map(() => 0) };
					found.set(key, {
						rows: one.rows + (table?.rows[slot] as number),
						sums: one.sums.map((sum, r) => sum + (sums[r] as number)),
					});
				}
			}
		}
		for (let variable = 0; variable < variables; variable++) {
			const count = cell.schools.count(variable);
			if (count > 0) schools.set(`${group} ${variable}`, count);
		}
	}
	return { found, schools };
}

function tabulated(blocks: readonly CodedBlock[], states: readonly number[]): Cells<number> {
	const layout = planTables(states, blocks[0]?.width ?? 0);
	const cells: Cells<number> = new Map();
	for (const block of blocks) tabulate(block, layout, cells);
	return cells;
}

describe("cells hold what a plain count of the rows gives", () => {
	test("for items, counts and a measure, in any order of groups", () => {
		expect([YES, NO, NOT_APPLICABLE, MISSING].every((state) => state < FIRST_COUNT)).toBe(true);
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.integer({ min: 1, max: 9 }),
				fc.integer({ min: 1, max: 5 }),
				fc.nat(),
				(n, groups, width, seed) => {
					const states = [...Array(34).fill(FIRST_COUNT), FIRST_COUNT + 11, Number.POSITIVE_INFINITY];
					const drawn = states.map((many) => Math.min(many, 40));
					const rows = rowsOf(n, groups, drawn, seed, { width });
					const cut = Math.floor(n / 3);
					const blocks = [rows.slice(0, cut), rows.slice(cut)]
						.filter(({ length }) => length > 0)
						.map(blockOf);
					expect(fromCells(tabulated(blocks, states), 36)).toEqual(plainly(rows, 36));
				},
			),
			{ seed: 2018, numRuns: tries(60) },
		);
	});

	test("for a measure with thousands of values in thousands of groups", () => {
		const rows = rowsOf(4000, 3000, [200_000], 7);
		const cells = tabulated([blockOf(rows)], [Number.POSITIVE_INFINITY]);
		expect(fromCells(cells, 1)).toEqual(plainly(rows, 1));
	});

	test("for groups with numbers in the millions", () => {
		const rows = rowsOf(500, 40, [FIRST_COUNT, FIRST_COUNT], 11, { firstGroup: 2 ** 22 - 20 });
		const cells = tabulated([blockOf(rows)], [FIRST_COUNT, FIRST_COUNT]);
		expect(fromCells(cells, 2)).toEqual(plainly(rows, 2));
	});

	test("for more sums than a block is expected to have", () => {
		const states = Array(40).fill(Number.POSITIVE_INFINITY);
		const rows = rowsOf(300, 1, Array(40).fill(100_000), 3, { width: 101 });
		const [large] = [...tabulated([blockOf(rows)], states).values()];
		const [small] = [...tabulated([blockOf(rows.slice(0, 9))], states).values()];
		expect(large?.tables.flatMap((table) => table.rows).reduce((sum, n) => sum + n, 0)).toBe(
			40 * (large?.rows ?? 0),
		);
		expect(small?.rows).toBeGreaterThan(0);
	});
});
