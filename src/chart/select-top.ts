import { groupBy } from "../base/group-by.js";
import { groupKey } from "../results/group-key.js";
import { isNamed } from "../results/named-groups.js";
import type { Comparison, Estimate, ResultSet, Subject } from "../results/result-set.js";
import { isSignificant } from "../results/significance.js";
import { isSummary } from "../wording/group-names.js";
import type { Locale } from "../wording/locale.js";
import type { Highest } from "./kind.js";
import { TOP_NOTE } from "./parts/caption.js";
import { MAX_SERIES } from "./parts/entries.js";
import { shownShares } from "./parts/groups-and-items.js";

/**
 * Keeps the groups with the highest percentages, plus averages and highlighted groups; with one or a few groups, keeps
 * items instead.
 */
export function topRows(
	results: ResultSet,
	count: number,
	names: readonly string[],
	locale: Locale,
	highest?: Highest,
	asked?: Highest["by"],
): ResultSet {
	// For needs and coverage, only the unmet need counts, because only that is drawn.
	const isApart = highest !== undefined || results.kind === "gaps";
	const counted = highest?.rows(results) ?? (isApart ? shownShares(results) : results.estimates);
	const rows = [...counted, ...(isApart ? [] : results.comparisons)];
	const items = new Set(rows.map(({ topic, item }) => `${topic}:${item}`)).size;
	const groups = new Set(rows.map(({ group }) => groupKey(group))).size;
	const usual = groups > 1 && (items === 1 || groups > MAX_SERIES) ? "groups" : "items";
	const by = asked ?? highest?.by ?? usual;
	const byGroup = by === "groups";
	const byDifference = results.kind === "compare" && !byGroup && results.comparisons.length > 0;
	const keyOf = byGroup
		? ({ group }: Subject) => groupKey(group)
		: ({ topic, item }: Subject) => `${topic}:${item}`;
	const isKept = ({ group, item }: Subject) =>
		byGroup ? isSummary(group) || isNamed(group, names) : item === "any" || isNamed({ item }, names);
	const sizeIn = (own: readonly (Estimate | Comparison)[], place: number) => {
		if (byDifference) return largest(own, results);
		if (!byGroup && highest?.inOrder) return -place;
		return byGroup && highest?.ofGroup
			? highest.ofGroup(counted.filter((row) => own.includes(row)))
			: sizeOf(own);
	};
	const parts = [...groupBy(rows, keyOf)].map(([key, own], place) => ({
		key,
		kept: own.some(isKept),
		size: sizeIn(own, place),
	}));
	const shownParts = parts
		.filter(({ kept }) => !kept)
		.toSorted((a, b) => b.size - a.size)
		.slice(0, count);
	const shown = new Set([...parts.filter(({ kept }) => kept), ...shownParts].map(({ key }) => key));
	const open = parts.length - parts.filter(({ kept }) => kept).length;
	if (open <= count) return results;
	const detail = { count, of: open };
	const pointed = names.length === 0 ? "" : locale.text("chart.top-pointed");
	const key = byDifference ? "differences" : !byGroup && highest?.inOrder ? "first" : by;
	const uncounted = new Set<Subject>(isApart && !byGroup ? results.estimates : []);
	for (const row of rows) uncounted.delete(row);
	const stays = (row: Subject) => uncounted.has(row) || shown.has(keyOf(row));
	return {
		...results,
		notes: [
			...results.notes,
			{ code: TOP_NOTE, text: locale.text(`chart.top-${key}`, { ...detail, pointed }), detail },
		],
		...membersOf(results, shown, keyOf, byGroup),
		estimates: results.estimates.filter(stays),
		comparisons: isApart ? results.comparisons : results.comparisons.filter(stays),
	};
}

/** The systems of a synthesis that remain; the combined estimate still covers all systems. */
function membersOf(
	{ syntheses, estimates }: ResultSet,
	shown: ReadonlySet<string>,
	keyOf: (row: Subject) => string,
	byGroup: boolean,
): Pick<ResultSet, "syntheses"> {
	if (syntheses === undefined || !byGroup) return {};
	const systems = new Set(estimates.filter((row) => shown.has(keyOf(row))).map(({ group }) => group.country));
	return {
		syntheses: syntheses.map((one) => ({
			...one,
			members: one.members.filter((system) => systems.has(system)),
			figures: one.figures.filter((_, place) => systems.has(one.members[place])),
		})),
	};
}

/** The largest difference among rows; significant differences rank before all others. */
function largest(rows: readonly (Estimate | Comparison)[], { settings }: ResultSet): number {
	const sizes = rows.flatMap((row) =>
		"between" in row && row.difference !== null
			? Math.abs(row.difference) + (isSignificant(row, settings) === true ? AHEAD : 0)
			: [],
	);
	return Math.max(-1, ...sizes);
}

/** Larger than any difference between percentages. */
const AHEAD = 1000;

/** The mean of the available figures, or of the absolute differences if there are no figures. */
function sizeOf(rows: readonly (Estimate | Comparison)[]): number {
	const figures = rows.flatMap((row) => ("estimate" in row ? (row.estimate ?? []) : []));
	const sizes = rows.flatMap((row) =>
		"difference" in row && row.difference !== null ? Math.abs(row.difference) : [],
	);
	const values = figures.length > 0 ? figures : sizes;
	return values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
