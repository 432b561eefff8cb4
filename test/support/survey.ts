import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

export const ACTIVITIES = [..."ABCDEFGHIJ"].map((letter) => `TT3G22${letter}`);
const FOCUS = [..."ABCDEFGHIJKLMNO"].map((letter) => `TT3G23${letter}`);
const WEIGHTS = ["TCHWGT", ...Array.from({ length: 100 }, (_, r) => `TRWGT${r + 1}`)];
export const HEADER = [
	"CNTRY",
	"IDPOP",
	"IDSCHOOL",
	"IDTEACH",
	"TT3G01",
	"TT3G11B",
	...ACTIVITIES,
	...FOCUS,
	...WEIGHTS,
];

export type Rows = (string | number)[][];

/** A small made-up teacher file: HEADER's columns, half of them in each of two countries. */
export const surveys: fc.Arbitrary<Rows> = fc
	.record({ seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }), rows: fc.integer({ min: 40, max: 120 }) })
	.map(({ seed, rows }) => makeRows(rows, seed));

/** Numbers between 0 and 1 from a linear congruential generator (Park & Miller), so that a seed can be run again. */
export function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48271) % 2147483647;
		return state / 2147483647;
	};
}

export function makeRows(count: number, seed: number): Rows {
	const next = generator(seed);
	return Array.from({ length: count }, (_, index) => {
		const school = Math.floor(index / 4);
		const answer = () => (next() < 0.05 ? 9 : next() < 0.55 ? 1 : 2);
		const activities = ACTIVITIES.map(answer);
		const routed = activities.every((code) => code === 2);
		const weight = Number((20 + 80 * next()).toFixed(5));
		return [
			index % 2 === 0 ? "AUT" : "FRA",
			2,
			1000 + school,
			100000 + index,
			next() < 0.7 ? 1 : 2,
			Math.floor(next() * 40),
			...activities,
			...FOCUS.map(() => (routed ? 6 : answer())),
			weight,
			...Array.from({ length: 100 }, () => Number((weight * (next() < 0.5 ? 0.5 : 1.5)).toFixed(5))),
		];
	});
}

export function csv(rows: Rows, header: readonly string[] = HEADER, delimiter = ",", end = "\n"): string {
	return [header, ...rows].map((row) => row.join(delimiter)).join(end) + end;
}

const folder = mkdtempSync(join(tmpdir(), "talis-pd-"));
let files = 0;

/** Writes a file to a temporary folder and gives its path. */
export function file(content: string | Uint8Array, ending = ".csv"): string {
	files += 1;
	const path = join(folder, `survey-${files}${ending}`);
	writeFileSync(path, content);
	return path;
}
