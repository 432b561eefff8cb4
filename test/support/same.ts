import { expect } from "vitest";
import type { ResultSet } from "../../src/index.js";

/** Two results are the same: numbers within 1e-12 relative, everything else to the letter, but for `source`. */
export function expectSame({ source: _, ...found }: ResultSet, { source: __, ...expected }: ResultSet): void {
	compare(found, expected, "results");
}

function compare(found: unknown, expected: unknown, where: string): void {
	if (typeof found === "number" && typeof expected === "number") {
		const apart = Math.abs(found - expected);
		expect(apart, `${where}: ${found} and ${expected}`).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
	} else if (
		typeof found === "object" &&
		typeof expected === "object" &&
		found !== null &&
		expected !== null
	) {
		expect(Object.keys(found), where).toEqual(Object.keys(expected));
		for (const [key, value] of Object.entries(found)) {
			compare(value, (expected as Record<string, unknown>)[key], `${where}.${key}`);
		}
	} else expect(found, where).toEqual(expected);
}
