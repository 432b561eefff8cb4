import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./golden.js";

const oracles = join(root, "../shared/oracle");

/** Whether the oracles beside the project are there; tests that need them skip where they are not. */
export const hasOracle = existsSync(join(oracles, "models.json"));

/** A title that says why its tests were skipped, where they were. */
export function ofOracle(title: string): string {
	return hasOracle ? title : `${title} (skipped: ../shared is absent)`;
}

/** Regressions, associations and syntheses by R's survey and metafor. */
// biome-ignore lint/suspicious/noExplicitAny: it is what the file has
export function modelsOracle(): any {
	return JSON.parse(readFileSync(join(oracles, "models.json"), "utf8"));
}

/** Answers, ratios, quantiles and tests of association by R's survey. */
// biome-ignore lint/suspicious/noExplicitAny: it is what the file has
export function extraOracle(): any {
	return JSON.parse(readFileSync(join(oracles, "extra.json"), "utf8"));
}

/** Relative difference; numbers nearer to zero than 1e-300 are zero, and what is not there is infinitely apart. */
export function relative(a: number | null | undefined, b: number): number {
	if (a === null || a === undefined || Number.isNaN(a)) return Number.POSITIVE_INFINITY;
	if (Math.max(Math.abs(a), Math.abs(b)) < 1e-300) return 0;
	return a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}
