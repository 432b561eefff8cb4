import { expect } from "vitest";
import type { ResultSet } from "../../src/index.js";

/**
 * Two results are the same: numbers but for rounding, everything else to the letter, but for `source`.
 * @param within How far numbers may be apart, relative: 1e-12, unless sums are made in another order.
 */
export function expectSame(
	{ source: _, ...found }: ResultSet,
	{ source: __, ...expected }: ResultSet,
	within = 1e-12,
): void {
	compare(found, expected, "results", within);
}

function compare(found: unknown, expected: unknown, where: string, within: number): void {
	if (typeof found === "number" && typeof expected === "number") {
		const apart = Math.abs(found - expected);
		expect(apart, `${where}: ${found} and ${expected}`).toBeLessThanOrEqual(within * Math.abs(expected));
	} else if (
		typeof found === "object" &&
		typeof expected === "object" &&
		found !== null &&
		expected !== null
	) {
		expect(Object.keys(found), where).toEqual(Object.keys(expected));
		for (const [key, value] of Object.entries(found)) {
			compare(value, (expected as Record<string, unknown>)[key], `${where}.${key}`, within);
		}
	} else expect(found, where).toEqual(expected);
}
