import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { hadamard } from "../../src/synth/sample/hadamard.js";

function dot(a: Int8Array, b: Int8Array): number {
	return a.reduce((sum, sign, i) => sum + sign * (b[i] ?? 0), 0);
}

const REACHED = Array.from({ length: 30 }, (_, i) => 4 * (i + 1)).filter((n) => n !== 92 && n !== 116);

describe("hadamard", () => {
	it.each([1, 2, ...REACHED, 200])("H·Hᵀ = %i·I with a first row of ones", (n) => {
		const matrix = hadamard(n);
		expect(matrix).toHaveLength(n);
		expect(matrix.every((row) => row.every((sign) => sign === 1 || sign === -1))).toBe(true);
		expect(matrix[0]?.every((sign) => sign === 1)).toBe(true);
		for (const [i, a] of matrix.entries()) {
			for (const [j, b] of matrix.entries()) {
				if (dot(a, b) !== (i === j ? n : 0)) expect.fail(`rows ${i} and ${j} of order ${n}`);
			}
		}
	});

	it.each([
		[92, 96],
		[116, 120],
		[6, 8],
		[99, 100],
	])("does not reach %i and names %i", (order, next) => {
		expect(() => hadamard(order)).toThrow(
			expect.objectContaining({ hint: `the next larger order is ${next}`, name: UserError.name }),
		);
	});

	it.each([0, -4, 2.5])("rejects %d", (order) => {
		expect(() => hadamard(order)).toThrow(UserError);
	});
});
