import { groupBy } from "../base/group-by.js";
import type { ComparisonRow } from "../results/result-set.js";
import { SUMMARIES } from "../results/summaries.js";
import { type Adjustment, adjust } from "../stats/adjust.js";

export type Family = "group" | "item" | "topic" | "all";

/** What determines the family of a test. */
interface Member {
	topic: string;
	item: string;
	group: ComparisonRow["group"];
}

/**
 * Adjusted p-values; null if nothing was tested. A family consists of all tests of one topic within one group, of one
 * item, of one topic, or all tests. Summaries of all items of a topic form a separate family, because they follow from
 * the items.
 */
export function adjustedOf<T extends Member>(
	rows: readonly T[],
	pOf: (row: T) => number | null,
	adjustment: Adjustment,
	family: Family,
): (number | null)[] {
	const result = rows.map((): number | null => null);
	const tested = [...rows.entries()].filter(([, row]) => pOf(row) !== null);
	for (const members of groupBy(tested, ([, row]) => familyOf(row, family)).values()) {
		const ps = members.map(([, row]) => pOf(row) as number);
		for (const [index, p] of adjust(ps, adjustment).entries()) result[members[index]?.[0] as number] = p;
	}
	return result;
}

/** Fills in the adjusted p-values of comparisons. */
export function adjustAll(
	comparisons: readonly ComparisonRow[],
	adjustment: Adjustment,
	family: Family,
): ComparisonRow[] {
	const adjusted = adjustedOf(comparisons, ({ p }) => p, adjustment, family);
	return comparisons.map((row, place) => ({ ...row, pAdjusted: adjusted[place] as number | null }));
}

function familyOf({ topic, item, group }: Member, family: Family): string {
	const summary = SUMMARIES.includes(item) ? item : null;
	if (family === "all") return JSON.stringify(summary === null ? [] : [topic, summary]);
	if (family === "topic") return JSON.stringify([topic, summary]);
	return JSON.stringify(family === "item" ? [topic, item] : [topic, group, summary]);
}
