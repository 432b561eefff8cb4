import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { random } from "../../src/synth/sample/random.js";
import { type DesignSize, drawSchools, type School } from "../../src/synth/sample/schools-and-weights.js";

const SIZE: DesignSize = { teachers: 2000, schools: 116, zones: 56, population: 215_000 };
const FAY = { count: 100, fay: 0.5 };

function draw(size: DesignSize, decimals = 5): School[] {
	return drawSchools(size, FAY, decimals, random(1, "test"));
}

function zonesOf(schools: readonly School[]): School[][] {
	const zones: School[][] = [];
	for (const school of schools) {
		zones[school.zone] ??= [];
		zones[school.zone]?.push(school);
	}
	return zones;
}

const rounded = (factor: number): number => Number(factor.toFixed(4));

describe("drawSchools", () => {
	const schools = draw(SIZE);
	const zones = zonesOf(schools);

	it("fills zones, schools and weights as asked", () => {
		expect(schools).toHaveLength(116);
		expect(zones.map((zone) => zone.length).filter((members) => members === 3)).toHaveLength(4);
		expect(schools.reduce((sum, school) => sum + school.teachers, 0)).toBe(2000);
		const total = schools.reduce((sum, { teachers, weight }) => sum + teachers * weight, 0);
		expect(Math.abs(total - 215_000)).toBeLessThan(0.05);
	});

	it("uses TALIS's six factors and no other", () => {
		const factors = new Set(schools.flatMap((school) => Array.from(school.factors, rounded)));
		expect([...factors].toSorted((a, b) => a - b)).toEqual([0.2929, 0.5, 0.6464, 1.3536, 1.5, 1.7071]);
	});

	it("sets one school against the other or the other two, and keeps the zone's total", () => {
		const allowed = ["0.5 1.5", "1.5 0.5", "1.7071 0.6464 0.6464", "0.2929 1.3536 1.3536"];
		for (const zone of zones) {
			for (let r = 0; r < 100; r++) {
				const factors = zone.map((school) => school.factors[r] ?? 0);
				expect(allowed).toContain(factors.map(rounded).join(" "));
				expect(factors.reduce((a, b) => a + b, 0)).toBeCloseTo(zone.length, 12);
			}
		}
	});

	it("is balanced: factors average 1 and zones do not go together", () => {
		const deviations = zones.map((zone) => Array.from(zone[0]?.factors ?? [], (factor) => factor - 1));
		for (const [i, a] of deviations.entries()) {
			expect(a.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
			for (const b of deviations.slice(i + 1)) {
				expect(a.reduce((sum, value, r) => sum + value * (b[r] ?? 0), 0)).toBeCloseTo(0, 10);
			}
		}
	});

	it("holds for any size that fits", () => {
		const sizes = fc
			.tuple(fc.integer({ min: 2, max: 120 }), fc.nat(), fc.nat({ max: 500 }))
			.map(([zones, extra, more]) => {
				const schools = 2 * zones + (extra % (zones + 1));
				return { teachers: 2 * schools + more, schools, zones, population: 10_000 };
			});
		fc.assert(
			fc.property(sizes, (size) => {
				const made = draw(size, 8);
				expect(made.reduce((sum, { teachers }) => sum + teachers, 0)).toBe(size.teachers);
				expect(made.every(({ teachers, weight }) => teachers >= 2 && weight > 0)).toBe(true);
				expect(zonesOf(made).every((zone) => zone.length === 2 || zone.length === 3)).toBe(true);
				const total = made.reduce((sum, { teachers, weight }) => sum + teachers * weight, 0);
				expect(total).toBeCloseTo(10_000, 3);
			}),
			{ numRuns: 50 },
		);
	});

	it.each([
		[{ ...SIZE, zones: 59 }, /116 schools do not fill 59 zones/],
		[{ ...SIZE, zones: 38 }, /116 schools do not fill 38 zones/],
		[{ ...SIZE, teachers: 231 }, /231 teachers are too few for 116 schools/],
	])("says which sizes do not fit: %o", (size, message) => {
		expect(() => draw(size)).toThrow(UserError);
		expect(() => draw(size)).toThrow(message);
	});
});
