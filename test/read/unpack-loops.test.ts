import fc from "fast-check";
import { expect, test } from "vitest";
import { lookUp, unpack } from "../../src/read/parquet/unpack-loops.js";
import { tries } from "../support/long.js";

test("packed numbers are what their bits say", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 24 }),
			fc.integer({ min: 0, max: 7 }),
			fc.array(fc.nat(2 ** 24 - 1), { maxLength: 70 }),
			(width, shift, drawn) => {
				const numbers = drawn.map((number) => number % 2 ** width);
				const bytes = new Uint8Array(Math.ceil((shift + width * numbers.length) / 8));
				for (const [index, number] of numbers.entries()) {
					for (let bit = 0; bit < width; bit++) {
						const at = shift + index * width + bit;
						bytes[at >> 3] = (bytes[at >> 3] as number) | (((number >> bit) & 1) << (at & 7));
					}
				}
				expect([...unpack(bytes, shift, width, numbers.length)]).toEqual(numbers);
			},
		),
		{ seed: 2018, numRuns: tries(300) },
	);
});

test("numbers of a table, and the places that are not known, once each", () => {
	// The last one is that of no place.
	const table = Int32Array.of(7, -1, 9, -1);
	const places = Int32Array.of(2, 0, 1, -1, 1, -1, 2);
	expect([...lookUp(places, table).unknown]).toEqual([1, -1]);
	const known = lookUp(places, Int32Array.of(7, 8, 9, 5));
	expect([...known.found]).toEqual([9, 7, 8, 5, 8, 5, 9]);
	expect(known.unknown).toHaveLength(0);
	expect([...lookUp(Int32Array.of(3, 4), Int32Array.of(7, 8, 9, 5)).unknown]).toEqual([3, 4]);
});
