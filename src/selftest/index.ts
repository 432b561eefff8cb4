import { publishedAverages } from "./averages.js";
import { publishedChanges } from "./changes.js";
import { attempted, type Checked } from "./checked.js";
import { golden2018, golden2024 } from "./golden.js";
import { planAgainstLoops } from "./loops.js";

export type { Checked } from "./checked.js";

/**
 * Checks the installed package with the data it ships, without network: published averages against their members
 * and published changes against both years, the samples against the numbers of R's survey package, and the fast loops
 * against the plan read row by row.
 * @returns Each check: how many numbers were compared, and their largest difference (the bound is 1e-9).
 * @example
 * import { selftest } from "talis-pd";
 *
 * console.log((await selftest()).every(({ ok }) => ok)); // true
 */
export async function selftest(): Promise<Checked[]> {
	return [
		await attempted("published-averages", publishedAverages),
		await attempted("published-changes", publishedChanges),
		await attempted("golden-2018", golden2018),
		await attempted("golden-2024", golden2024),
		await attempted("plan-against-loops", planAgainstLoops),
	];
}
