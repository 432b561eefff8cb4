import { entryOf } from "../base/entry-of.js";
import { groupBy } from "../base/group-by.js";
import { gridOf } from "../results/grids.js";
import { groupKey } from "../results/group-key.js";
import { AVERAGE, type Comparison, type Estimate, type Grid, type ResultSet } from "../results/result-set.js";
import { isSignificant } from "../results/significance.js";
import { readingOf } from "../wording/comparison-sentence.js";
import { groupName } from "../wording/group-names.js";
import { type Locale, loadLocale } from "../wording/locale.js";
import { levelText, numberText, percentText } from "../wording/numbers.js";
import type { Report } from "./analyse.js";
import { isChange, ofTopics, subjectsIn } from "./parts.js";

/** What the numbers say, in sentences made from them, the most general first. */
export function findingsOf({ parts, language, codebook }: Report): string[] {
	const locale = loadLocale(language);
	return parts.flatMap(({ kind, results }) => {
		if (kind === "gaps") return gapFinding(results, locale);
		if (kind === "means") return [];
		if (kind !== "rates") return differenceFinding(kind, results, locale);
		const topics = subjectsIn(results).flatMap(({ label, topics }) =>
			subjectFinding(ofTopics(results, topics), locale).map((finding) =>
				locale.text(`report.finding.topic${/[.?!…]$/.test(label) ? "-asked" : ""}`, {
					topic: label,
					finding,
				}),
			),
		);
		return [
			...headlineFinding(results, codebook.headline, locale),
			...topics,
			...differenceFinding(kind, results, locale),
		];
	});
}

/** How many figures of a report are not shown; nothing where all are. */
export function hiddenFinding({ results, language }: Report): string[] {
	const hidden = results.estimates.filter(
		({ estimate, status }) => estimate === null && status !== "no-data",
	);
	const values = { of: results.estimates.length };
	return hidden.length === 0
		? []
		: [loadLocale(language).plural("report.finding.hidden", hidden.length, values)];
}

/** The highest and the lowest item of a topic, or the highest of each topic of a grid. */
export function subjectFinding(results: ResultSet, locale: Locale): string[] {
	const rows = shownPercents(results).filter(({ item }) => item !== "any");
	const grid = gridOf(rows, results.labels);
	return grid === undefined ? topicFinding(rows, results, locale) : gridFinding(grid, rows, locale);
}

function gridFinding({ topics }: Grid, rows: readonly Estimate[], locale: Locale): string[] {
	const list = Object.entries(topics).flatMap(([key, column]) => {
		const [top] = rows.filter(({ topic }) => topic === key).toSorted(byPercent);
		return top === undefined
			? []
			: [
					locale.text("report.finding.grid-column", {
						column,
						top: top.label,
						topValue: percent(top, locale),
					}),
				];
	});
	return [locale.text("report.finding.grid", { list: list.join("; ") })];
}

function byPercent(a: Estimate, b: Estimate): number {
	return (b.estimate ?? 0) - (a.estimate ?? 0);
}

function topicFinding(rows: readonly Estimate[], results: ResultSet, locale: Locale): string[] {
	const items = [...groupBy(rows, ({ item }) => item).values()].sort((a, b) => mean(b) - mean(a));
	const [top, bottom] = [items[0], items.at(-1)];
	if (top === undefined || bottom === undefined) return [];
	const [first] = top as [Estimate];
	const words = { top: first.label };
	if (groupsOf(rows).length > 1) {
		return [locale.text("report.finding.range-groups", { ...words, ...rangeOf(top, results, locale) })];
	}
	const topValue = percent(first, locale);
	if (top === bottom) return [locale.text("report.finding.one", { ...words, topValue })];
	const [last] = bottom as [Estimate];
	const lowest = { bottom: last.label, bottomValue: percent(last, locale) };
	return [locale.text("report.finding.range", { ...words, topValue, ...lowest })];
}

function headlineFinding(results: ResultSet, headline: string | undefined, locale: Locale): string[] {
	const rows = shownPercents(results).filter(({ topic, item }) => `${topic}:${item}` === headline);
	const [first] = rows;
	if (first === undefined) return [];
	if (rows.length > 1) return [locale.text("report.finding.any-groups", rangeOf(rows, results, locale))];
	return [
		locale.text("report.finding.any", {
			value: percent(first, locale),
			level: levelText(results.settings, locale),
			low: numberText(first.ciLow, 1, locale),
			high: numberText(first.ciHigh, 1, locale),
		}),
	];
}

function gapFinding(results: ResultSet, locale: Locale): string[] {
	const rows = shownPercents(results).filter(({ topic }) => topic === "unmet");
	const [worst] = rows.toSorted(byPercent);
	if (worst === undefined) return [];
	const values = { item: worst.label, unmet: percent(worst, locale), group: groupName(worst.group, results) };
	return [locale.text(`report.finding.gap${groupsOf(rows).length > 1 ? "-group" : ""}`, values)];
}

/** How many of the tested differences are significant, and the largest of them. */
function differenceFinding(kind: string, results: ResultSet, locale: Locale): string[] {
	const tested = results.comparisons.filter(({ p }) => p !== null);
	const [first] = tested;
	if (first === undefined) return [];
	const significant = tested.filter((row) => isSignificant(row, results.settings));
	const up = significant.filter(({ difference }) => (difference ?? 0) > 0).length;
	const [largest] = significant.filter(({ statistic }) => statistic === "percent").toSorted(bySize);
	const what = isChange(first) ? "change" : kind === "rates" ? "benchmark" : "differences";
	const values = {
		by: byName(first, results),
		of: tested.length,
		up,
		down: significant.length - up,
		last: locale.text(`report.since.${first.between.variable === "cycle" ? "cycle" : "baseline"}`, {
			cycle: first.between.b,
		}),
	};
	const reading = largest === undefined ? "" : readingOf(largest, results, locale);
	return largest === undefined
		? [locale.text(`report.finding.${what}-none`, values)]
		: [locale.plural(`report.finding.${what}`, significant.length, { ...values, reading })];
}

function byName({ between }: Comparison, { labels }: ResultSet): string {
	return entryOf(labels?.groups, between.variable)?.label ?? between.variable;
}

function bySize(a: Comparison, b: Comparison): number {
	return Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0);
}

/** Percentages of the samples themselves: no averages, no totals and no published figures. */
function shownPercents({ estimates }: ResultSet): Estimate[] {
	return estimates.filter(
		({ statistic, estimate, group }) => statistic === "percent" && estimate !== null && isSample(group),
	);
}

function isSample(group: Estimate["group"]): boolean {
	return Object.values(group).every(
		(value) => value !== "total" && !value.startsWith(AVERAGE) && !value.includes("@"),
	);
}

function groupsOf(rows: readonly Estimate[]): string[] {
	return [...new Set(rows.map(({ group }) => groupKey(group)))];
}

function rangeOf(rows: readonly Estimate[], results: ResultSet, locale: Locale) {
	const sorted = rows.toSorted((a, b) => (a.estimate ?? 0) - (b.estimate ?? 0));
	const [low, high] = [sorted[0], sorted.at(-1)] as [Estimate, Estimate];
	return {
		low: percent(low, locale),
		lowGroup: groupName(low.group, results),
		high: percent(high, locale),
		highGroup: groupName(high.group, results),
	};
}

function mean(rows: readonly Estimate[]): number {
	return rows.reduce((sum, { estimate }) => sum + (estimate ?? 0), 0) / rows.length;
}

function percent({ estimate }: Estimate, locale: Locale): string {
	return percentText(estimate ?? 0, locale);
}
