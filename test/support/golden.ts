import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
/** A real TALIS 2018 file with noise, which is no part of this project. */
export const noisyFile = join(root, "../shared/data/talis-2018-noisy/teachers.csv");
export const hasNoisy = existsSync(noisyFile);

/** A title that says why its tests were skipped, where the reference data are absent. */
export const ofNoisy = (title: string): string =>
	hasNoisy ? title : `${title} (skipped: ../shared is absent)`;

type Ends = [number, number] | null;

/** One figure of R's survey; intervals stand only where they were computed and exist. */
export interface GoldenRow {
	file: "sample" | "noisy";
	by: string;
	value: string;
	ask: string;
	variable: string;
	estimate: number;
	se: number;
	n: number;
	df: number;
	count: number;
	countSe: number;
	coverage: number;
	deff: number | null;
	logit?: Ends;
	xlogit?: Ends;
	beta?: Ends;
	wald?: Ends;
}

export interface GoldenStats {
	/** p, df, quantile. */
	t: [number, number | "inf", number | "inf"][];
	/** p, quantile. */
	normal: [number, number][];
	/** p, shape, shape, quantile. */
	beta: [number, number, number, number][];
	/** Design, rows, replicates, rank. */
	ranks: [string, number, number, number][];
}

export function goldenRows(path = join(root, "test/golden/rates.json")): GoldenRow[] {
	return JSON.parse(readFileSync(path, "utf8")).rows;
}

export function goldenStats(path = join(root, "test/golden/stats.json")): GoldenStats {
	return JSON.parse(readFileSync(path, "utf8"));
}

/** Relative difference; figures that are zero in R must be zero up to rounding of percentages. */
export function apart(a: number | null | undefined, b: number): number {
	if (a === null || a === undefined) return Number.POSITIVE_INFINITY;
	return Math.abs(a - b) / Math.max(Math.abs(b), 1e-3);
}
