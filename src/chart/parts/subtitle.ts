import { gridOfTopics } from "../../results/grids.js";
import { baseName, topicLabel, topicTitle } from "../../results/labels.js";
import type { Base, Group, ResultSet } from "../../results/result-set.js";
import { alphaOf, isAdjusted } from "../../results/significance.js";
import { groupLabel } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { selectionText } from "../../wording/selection.js";
import { intervalLevel } from "./caption.js";
import type { EntryLayout, EntrySection, Point } from "./entries.js";
import { groupsOf } from "./groups-and-items.js";

/** Paragraphs under the title: survey and groups; then how to read the marks, and of whom they are. */
export function subtitle(
	results: ResultSet,
	locale: Locale,
	{
		groups,
		reading,
		base = "",
		levels = "",
	}: { groups: string[]; reading: string; base?: string; levels?: string },
): string[] {
	return [
		[surveyLine(results), ...groups].filter((part) => part !== "").join(" · "),
		selectionText(results, locale),
		reading,
		base,
		levels,
	].filter((line) => line !== "");
}

/** How to read marks that stand for percentages, with the level of their intervals where they have them. */
export function percentReading(results: ResultSet, locale: Locale, key: string): string {
	const level = intervalLevel(results, locale);
	return level === "" ? locale.text(key) : locale.text(`${key}-interval`, { level });
}

/** What makes a difference significant: "adjusted p < 0.05". */
export function significanceText({ settings }: ResultSet, locale: Locale): string {
	const alpha = alphaOf(settings);
	const p = locale.number(alpha, alpha < 0.01 ? 3 : 2);
	return locale.text(isAdjusted(settings) ? "chart.adjusted-p" : "chart.plain-p", { p });
}

/** Base of the percentages, if all share one. */
export function sharedBase(results: ResultSet, rows: readonly { base: Base }[], locale: Locale): string {
	const [base, ...others] = new Set(rows.map((row) => row.base));
	return base === undefined || others.length > 0
		? ""
		: locale.text("chart.base", { base: baseName(base, results) });
}

/** Titles of the topics of rows. */
export function topicTitles(results: ResultSet, rows: readonly { topic: string }[]): string {
	const [only = "", ...others] = new Set(rows.map(({ topic }) => topic));
	if (others.length === 0) return topicTitle(only, results);
	const [, grid] = gridOfTopics([only, ...others], results.labels) ?? [];
	if (grid !== undefined) return grid.title;
	return [...new Set([only, ...others].map((topic) => topicLabel(topic, results)))].join(" · ");
}

/** The group where all rows are of one. */
export function sharedGroup(results: ResultSet, rows: readonly { group: Group }[], locale: Locale): string {
	const [only, ...others] = groupsOf(rows);
	return only === undefined || others.length > 0 ? "" : groupLabel(results, locale, only, Object.keys(only));
}

/** Name of the survey, with its cycle, or with both that are compared. */
function surveyLine({ codebook: { title }, settings, comparisons }: ResultSet): string {
	const cycle = String(settings.cycle ?? "");
	const compared = comparisons.flatMap(({ between: { variable, a, b } }) =>
		variable === "cycle" ? [a, b] : [],
	);
	const cycles = [...new Set(compared)].sort().join("–") || cycle;
	if (cycles === "") return title;
	const named = [cycle, ...compared].find((one) => one !== "" && title.includes(one));
	return named === undefined ? `${title}, ${cycles}` : title.replace(named, cycles);
}

/** The groups of a layout in words: what they share, then what distinguishes them. */
export function groupNames(results: ResultSet, layout: EntryLayout, locale: Locale): string[] {
	const { groups, breakdowns } = layout;
	const [first] = groups;
	if (first === undefined) return [];
	const same = Object.keys(first).filter((breakdown) => !breakdowns.includes(breakdown));
	const shared = same.length === 0 ? [] : [groupLabel(results, locale, first, same)];
	if (breakdowns.length === 0) return shared;
	if (layout.rows === "groups") return [...shared, locale.text("chart.groups", { count: groups.length })];
	return [...shared, groups.map((group) => groupLabel(results, locale, group, breakdowns)).join(", ")];
}

/** Who the percentages are of, and of how many answers: the range over the items. */
export function baseLine(section: EntrySection, layout: EntryLayout, locale: Locale): string {
	const points = section.panels.flatMap((panel) => panel.points);
	const base = locale.text("chart.base", { base: section.base });
	if (layout.rows === "groups") {
		const n = range(points, locale);
		return n === null ? base : `${base}; ${locale.text("chart.n-each", { n })}`;
	}
	const counts = layout.series.flatMap(({ key, label }) => {
		const n = range(
			points.filter(({ series }) => series === key),
			locale,
		);
		// No-break spaces: the number must not lose its name at the end of a line.
		return n === null ? [] : [`${label === "" ? "" : `${label}\u00a0`}n\u00a0=\u00a0${n}`];
	});
	return [base, counts.join(", ")].filter((part) => part !== "").join("; ");
}

function range(points: Point[], locale: Locale): string | null {
	const shown = points.filter(({ estimate }) => estimate.estimate !== null);
	const counts = shown.flatMap(({ estimate }) => estimate.n ?? []);
	if (counts.length === 0) return null;
	const low = locale.number(Math.min(...counts), 0);
	const high = locale.number(Math.max(...counts), 0);
	return low === high ? low : `${low}–${high}`;
}
