import { groupBy } from "../base/group-by.js";
import type { ComparisonRow } from "../results/result-set.js";
import { type Adjustment, adjust } from "../stats/adjust.js";

export type Family = "group" | "item" | "topic" | "all";

/**
 * Fills in the adjusted p-values. A family is all comparisons of one topic within one group, of one item, of
 * one topic, or all; only what was tested counts.
 */
export function adjustAll(
	comparisons: readonly ComparisonRow[],
	adjustment: Adjustment,
	family: Family,
): ComparisonRow[] {
	const result = comparisons.map((comparison) => ({ ...comparison }));
	const tested = result.filter(({ p }) => p !== null);
	for (const members of groupBy(tested, (comparison) => familyOf(comparison, family)).values()) {
		const adjusted = adjust(
			members.map(({ p }) => p as number),
			adjustment,
		);
		for (const [place, member] of members.entries()) member.pAdjusted = adjusted[place] as number;
	}
	return result;
}

function familyOf({ topic, item, group }: ComparisonRow, family: Family): string {
	if (family === "all") return "";
	if (family === "topic") return topic;
	return JSON.stringify(family === "item" ? [topic, item] : [topic, group]);
}
