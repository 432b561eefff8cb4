import { gapTopicsOf } from "../../results/gap-topics.js";
import { type Estimate, type Group, isAverage, type ResultSet } from "../../results/result-set.js";
import { groupId } from "./group-id.js";

/** Defaults of most charts. */
export function percentages({ estimates }: Pick<ResultSet, "estimates">): Estimate[] {
	return estimates.filter(({ statistic }) => statistic === "percent");
}

/** What dots and bars draw: for needs and coverage, the unmet need. */
export function shownShares(results: ResultSet): Estimate[] {
	const rows = percentages(results);
	if (results.kind !== "gaps") return rows;
	const unmet = rows.filter(({ topic }) => topic === gapTopicsOf(results).unmet);
	return unmet.length === 0 ? rows : unmet;
}

/** The different groups of rows, in the order in which they first appear. */
export function groupsOf(rows: readonly { group: Group }[]): Group[] {
	return [...new Map(rows.map(({ group }) => [groupId(group), group])).values()];
}

/** How many different questions rows answer: an item on one base. */
export function countItems(rows: readonly { topic: string; item: string; base: string }[]): number {
	return new Set(rows.map(({ topic, item, base }) => `${topic}/${item}/${base}`)).size;
}

/** Breakdowns in which not all groups have the same value. */
export function varying(groups: readonly Group[]): string[] {
	return Object.keys(groups[0] ?? {}).filter(
		(breakdown) => new Set(groups.map((group) => group[breakdown])).size > 1,
	);
}

/** Averages over systems, which are lines and no rows or series among systems. */
export function averagesAmong<R extends { group: Group }>(rows: readonly R[]): R[] {
	// If systems are divided further, each part has its own average, and no line fits all.
	if (varying(groupsOf(rows)).join() !== "country") return [];
	// If there are only averages, they are shown.
	if (rows.every(({ group }) => isAverage(group.country))) return [];
	return rows.filter(({ group }) => isAverage(group.country));
}
