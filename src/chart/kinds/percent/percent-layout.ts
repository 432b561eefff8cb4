import { groupBy } from "../../../base/group-by.js";
import { baseName, topicTitle } from "../../../results/labels.js";
import { isNamed } from "../../../results/named-groups.js";
import type { Estimate, Group, ResultSet } from "../../../results/result-set.js";
import { groupLabel, isSummary } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import type { Drawing } from "../../kind.js";
import { type Entry, type EntryLayout, MAX_SERIES, type Panel, type Point } from "../../parts/entries.js";
import { groupId } from "../../parts/group-id.js";
import { averagesAmong, groupsOf, shownShares, varying } from "../../parts/groups-and-items.js";
import { descending, itemRank, mean, type Order, orderOf } from "../../parts/order.js";
import { withTones } from "../../parts/tones.js";
import { lineEntries } from "./average-lines.js";

/**
 * Divides the percentages of a result among panels. A few groups: a panel for each topic with a row for each
 * item and a series for each group. Many groups: a panel for each item with a row for each group.
 */
export function layOutPanels(results: ResultSet, locale: Locale, drawing: Drawing): EntryLayout {
	const all = shownShares(results);
	const lines = averagesAmong(all).filter(({ estimate }) => estimate !== null);
	const drawn = all.filter((row) => !lines.includes(row));
	const groups = groupsOf(drawn);
	const breakdowns = varying(groups);
	const rows = groups.length > MAX_SERIES ? "groups" : "items";
	const inSeries = rows === "items" ? breakdowns : innerBreakdown(groups, breakdowns);
	const inRows = breakdowns.filter((breakdown) => !inSeries.includes(breakdown));
	const { highlight } = drawing;
	const entry = (chosen: string[]) => (group: Group) => groupEntry(results, locale, group, chosen);
	const order = orderOf(drawing, locale);
	const sections = partition(drawn, ({ topic, base }) => `${topic}/${base}`).map(([key, estimates]) => ({
		topic: estimates[0].topic,
		title: topicTitle(estimates[0].topic, results),
		base: baseName(estimates[0].base, results),
		panels:
			rows === "items"
				? [allItems(key, estimates, entry(inSeries), order, highlight)]
				: byItem(key, estimates, entry(inRows), entry(inSeries), order, highlight),
	}));
	const named = new Set(
		groups.filter((group) => isNamed(group, highlight)).map((group) => entry(inSeries)(group).key),
	);
	const series = withTones(uniqueEntries(groups.map(entry(inSeries))), ({ key }) => named.has(key));
	return { sections, series, groups, breakdowns, rows, lines: lineEntries(lines, results, locale, drawing) };
}

type Estimates = [Estimate, ...Estimate[]];

function byItem(
	key: string,
	estimates: Estimates,
	rowOf: (group: Group) => Entry,
	seriesOf: (group: Group) => Entry,
	order: Order,
	highlight: readonly string[],
): Panel[] {
	const panels = partition(estimates, ({ item }) => item).map(([item, part]) => {
		const points = place(part, ({ group }) => rowOf(group), seriesOf);
		const rows = uniqueEntries(part.map(({ group }) => rowOf(group)));
		const named = new Set(
			part.filter(({ group }) => isNamed(group, highlight)).map(({ group }) => rowOf(group).key),
		);
		return {
			key: `${key}/${item}`,
			heading: part[0].label || item,
			rows: withTones(order(rows, points, mean), ({ key }) => named.has(key)),
			points,
		};
	});
	return descending(panels, ({ points }) => itemRank(points));
}

function allItems(
	key: string,
	estimates: Estimates,
	seriesOf: (group: Group) => Entry,
	order: Order,
	highlight: readonly string[],
): Panel {
	const points = place(estimates, itemEntry, seriesOf);
	const rows = order(uniqueEntries(estimates.map(itemEntry)), points, itemRank);
	return {
		key,
		heading: null,
		rows: withTones(rows, ({ key: item }) => isNamed({ item }, highlight)),
		points,
	};
}

function place(
	estimates: Estimate[],
	rowOf: (estimate: Estimate) => Entry,
	seriesOf: (group: Group) => Entry,
): Point[] {
	return estimates.map((estimate) => ({
		row: rowOf(estimate).key,
		series: seriesOf(estimate.group).key,
		estimate,
	}));
}

function itemEntry({ item, label }: Estimate): Entry {
	return { key: item, label: label || item, summary: item === "any" };
}

function groupEntry(results: ResultSet, locale: Locale, group: Group, breakdowns: string[]): Entry {
	const part = Object.fromEntries(breakdowns.map((breakdown) => [breakdown, group[breakdown] ?? ""]));
	return {
		key: groupId(part),
		label: groupLabel(results, locale, group, breakdowns),
		summary: isSummary(part),
	};
}

/** The last breakdown, where others are left for the rows and its own values are few enough for series. */
function innerBreakdown(groups: Group[], breakdowns: string[]): string[] {
	const last = breakdowns.at(-1);
	if (last === undefined || breakdowns.length < 2) return [];
	return new Set(groups.map((group) => group[last])).size <= MAX_SERIES ? [last] : [];
}

function uniqueEntries(entries: Entry[]): Entry[] {
	return [...new Map(entries.map((entry) => [entry.key, entry])).values()];
}

function partition(estimates: Estimate[], keyOf: (estimate: Estimate) => string): [string, Estimates][] {
	return [...groupBy(estimates, keyOf)] as [string, Estimates][];
}
