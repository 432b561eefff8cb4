import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { WeightVector } from "../../src/model/cross-products.js";
import { openSource } from "../../src/read/index.js";
import { root } from "./golden.js";

const oracles = join(root, "../shared/oracle");

/** Whether the oracles beside the project are there; tests that need them skip where they are not. */
export const hasOracle = existsSync(join(oracles, "models.json"));

/** A title that says why its tests were skipped, where they were. */
export function ofOracle(title: string): string {
	return hasOracle ? title : `${title} (skipped: ../shared is absent)`;
}

/** An oracle; an empty one where it is absent, as the bodies of skipped suites run all the same. */
// biome-ignore lint/suspicious/noExplicitAny: it is what the file has
function oracle(name: string): any {
	const path = join(oracles, name);
	return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** Regressions, associations and syntheses by R's survey and metafor. */
export const modelsOracle = () => oracle("models.json");

/** Answers, ratios, quantiles and tests of association by R's survey. */
export const extraOracle = () => oracle("extra.json");

/** Relative difference; numbers nearer to zero than 1e-300 are zero, and what is not there is infinitely apart. */
export function relative(a: number | null | undefined, b: number): number {
	if (a === null || a === undefined || Number.isNaN(a)) return Number.POSITIVE_INFINITY;
	if (Math.max(Math.abs(a), Math.abs(b)) < 1e-300) return 0;
	return a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}

/** A survey file in memory: columns as texts, and each row's weights. */
export interface Table {
	rows: number;
	texts(column: string): string[];
	/** NaN where the text is one of `missing`, or none. */
	numbers(column: string, missing?: readonly string[]): number[];
	weights(row: number): WeightVector;
	/** 1 + R. */
	width: number;
}

/** Reads columns of a TALIS file by the project's own reader. */
export async function readTable(path: string, columns: readonly string[]): Promise<Table> {
	const source = await openSource(path, { stdin: Readable.from([]) });
	const place = (name: string) => source.columns.findIndex((one) => one.toUpperCase() === name);
	const replicates = Array.from({ length: 100 }, (_, r) => `TRWGT${r + 1}`);
	const { blocks, dictionaries } = source.read({
		coded: columns.map(place),
		weights: ["TCHWGT", ...replicates].map(place),
	});
	const texts: string[][] = columns.map(() => []);
	const weights: WeightVector[] = [];
	for await (const block of blocks) {
		for (let row = 0; row < block.rows; row++) {
			for (const [slot, own] of texts.entries()) {
				own.push(dictionaries[slot]?.texts[block.codes[slot]?.[row] as number] as string);
			}
			weights.push({ values: block.weights, start: (block.vector[row] as number) * block.width });
		}
	}
	const of = (column: string) => texts[columns.indexOf(column)] as string[];
	return {
		rows: weights.length,
		texts: of,
		numbers: (column, missing = []) =>
			of(column).map((text) => (text.trim() === "" || missing.includes(text) ? Number.NaN : Number(text))),
		weights: (row) => weights[row] as WeightVector,
		width: replicates.length + 1,
	};
}
