import { publishedAverages } from "./averages.js";
import type { Checked } from "./checked.js";
import { goldenResults } from "./golden.js";
import { planAgainstLoops } from "./loops.js";

export type { Checked } from "./checked.js";

/**
 * Checks the installed package by what ships with it, without network: OECD's averages of 2024 against their members, the
 * samples against the numbers of R's survey package, and the fast loops against the plan read row by row.
 * @returns What was checked against what: how many numbers, and how far they are apart at most (1e-9 is the bound).
 * @example
 * import { selftest } from "talis-pd";
 *
 * console.log((await selftest()).every(({ ok }) => ok)); // true
 */
export async function selftest(): Promise<Checked[]> {
	return [publishedAverages(), ...(await goldenResults()), await planAgainstLoops()];
}
