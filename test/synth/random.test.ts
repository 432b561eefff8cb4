import { describe, expect, it } from "vitest";
import { random } from "../../src/synth/sample/random.js";

describe("random", () => {
	it("gives the same numbers for the same seed and path, and others for others", () => {
		const first = (seed: number, ...path: string[]) => {
			const stream = random(seed, ...path);
			return Array.from({ length: 5 }, () => stream.uniform());
		};
		expect(first(1, "a")).toEqual(first(1, "a"));
		expect(first(1, "a")).not.toEqual(first(2, "a"));
		expect(first(1, "a")).not.toEqual(first(1, "b"));
	});

	it("keeps its numbers from version to version", () => {
		const stream = random(2018, "KAZ", "schools");
		expect(Array.from({ length: 3 }, () => stream.below(1_000_000))).toMatchInlineSnapshot(`
			[
			  558913,
			  827497,
			  650873,
			]
		`);
	});

	it("has the moments it says", () => {
		const stream = random(7);
		const bells = Array.from({ length: 100_000 }, () => stream.bell());
		const mean = bells.reduce((a, b) => a + b, 0) / bells.length;
		const variance = bells.reduce((a, b) => a + (b - mean) ** 2, 0) / bells.length;
		expect(Math.abs(mean)).toBeLessThan(0.01);
		expect(Math.abs(variance - 1)).toBeLessThan(0.01);
	});
});
