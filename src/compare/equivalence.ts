import type { ComparisonRow } from "../results/result-set.js";
import type { Adjustment } from "../stats/adjust.js";
import { equivalenceP } from "../stats/equivalence.js";
import { adjustedOf, type Family } from "./families.js";

/**
 * Tests whether differences are smaller than a bound, each with its own standard error and degrees of freedom.
 * @param within In percentage points, or the unit of the statistic; null means no test.
 */
export function withEquivalence(
	comparisons: readonly ComparisonRow[],
	within: number | null,
	adjustment: Adjustment,
	family: Family,
): ComparisonRow[] {
	if (within === null) return [...comparisons];
	const ps = comparisons.map(({ difference, se, df, p }) =>
		p === null || difference === null || se === null
			? null
			: equivalenceP(difference, se, df ?? Number.POSITIVE_INFINITY, within),
	);
	const places = comparisons.map((row, place) => ({ ...row, place }));
	const adjusted = adjustedOf(places, ({ place }) => ps[place] as number | null, adjustment, family);
	return comparisons.map((row, place) => {
		const p = ps[place] as number | null;
		return { ...row, equivalence: { within, p, pAdjusted: adjusted[place] as number | null } };
	});
}
