import { expect, test } from "vitest";
import { ModelRows } from "../../src/model/model-rows.js";

/** Rows of two variables, in runs of two that share their weights. */
function rowsOf(values: readonly [number, number][]): ModelRows {
	const rows = new ModelRows(2, 3);
	for (const [place, row] of values.entries()) {
		rows.add(row);
		if (place % 2 === 1 || place === values.length - 1) {
			rows.endRun({ values: Float64Array.of(1 + place, 10 * place, 0.5), start: 0 });
		}
	}
	return rows;
}

test("rows that are alike become one with the sum of their weights", () => {
	const rows = rowsOf([
		...([0, 1, 0, 0, 0] as const).map((yes): [number, number] => [yes, 2.5]),
		[0, 3],
		[1, 2.5],
	]);
	const sums = new Map<string, number[]>();
	for (const { values, weights } of rows.list()) {
		const known = sums.get(values.join()) ?? [0, 0, 0];
		sums.set(
			values.join(),
			known.map((sum, r) => sum + (weights[r] as number)),
		);
	}
	const before = rows.weight;
	rows.mergeAlike();
	expect(rows.count).toBe(3);
	expect(rows.list().map(({ values, weights }) => [values.join(), [...weights]])).toEqual([...sums]);
	expect(rows.weight).toBe(before);
	rows.mergeAlike();
	expect(rows.count).toBe(3);
});

test("mostly different rows keep the weights of their runs", () => {
	const rows = rowsOf([
		[0, 1],
		[0, 1],
		[1, 1],
		[0, 2],
	]);
	rows.mergeAlike();
	expect(rows.count).toBe(4);
});
