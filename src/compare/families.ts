import type { Comparison } from "../results.js";
import { type Adjustment, adjust } from "../stats/adjust.js";

export type Family = "group" | "item" | "topic" | "all";

/**
 * Fills in the adjusted p-values. A family is all comparisons of one topic within one group, of one item, of
 * one topic, or all; only what was tested counts.
 */
export function adjustAll(
	comparisons: readonly Comparison[],
	adjustment: Adjustment,
	family: Family,
): Comparison[] {
	const families = new Map<string, number[]>();
	for (const [index, comparison] of comparisons.entries()) {
		if (comparison.p === null) continue;
		const key = familyOf(comparison, family);
		families.set(key, [...(families.get(key) ?? []), index]);
	}
	const result = comparisons.map((comparison) => ({ ...comparison }));
	for (const members of families.values()) {
		const adjusted = adjust(
			members.map((index) => comparisons[index]?.p as number),
			adjustment,
		);
		for (const [place, index] of members.entries()) {
			(result[index] as Comparison).pAdjusted = adjusted[place] as number;
		}
	}
	return result;
}

function familyOf({ topic, item, group }: Comparison, family: Family): string {
	if (family === "all") return "";
	if (family === "topic") return topic;
	return JSON.stringify(family === "item" ? [topic, item] : [topic, group]);
}
