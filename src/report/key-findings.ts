import { differencesFinding } from "../findings/differences.js";
import { type Finding, inWords } from "../findings/finding.js";
import { gapsFinding } from "../findings/gaps.js";
import { meansFinding } from "../findings/means.js";
import { samplePercents } from "../findings/names.js";
import { sharesFinding } from "../findings/shares.js";
import { gridOf } from "../results/grids.js";
import type { Estimate, Grid, ResultSet } from "../results/result-set.js";
import { groupName } from "../wording/group-names.js";
import { type Locale, loadLocale } from "../wording/locale.js";
import { levelText, numberText, percentText } from "../wording/numbers.js";
import type { Report } from "./analyse.js";
import { ofTopics, type ReportPart, subjectsIn } from "./parts.js";

/** What the numbers say, in sentences made from them, the most general first. */
export function findingsOf({ parts, language, codebook }: Report): string[] {
	const locale = loadLocale(language);
	return parts.flatMap(({ kind, results }) => {
		if (kind === "gaps") return sentences(gapsFinding(results), locale);
		if (kind === "means") return sentences(meansFinding(results), locale);
		if (kind === "answers" || kind === "models" || kind === "relations") return [];
		if (kind !== "rates") return differenceFinding(kind, results, locale);
		const topics = subjectsIn(results).flatMap(({ label, topics }) =>
			subjectFinding(ofTopics(results, topics), locale).map((finding) =>
				// For a topic that is one question, the finding already contains it.
				[`“${label}”`, `«${label}»`].some((quoted) => finding.includes(quoted))
					? finding
					: locale.text(`report.finding.topic${/[.?!…]$/.test(label) ? "-asked" : ""}`, {
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

/** How many figures of a report are not shown; undefined if all are. */
export function hiddenFinding({ results, language }: Report): string[] {
	const hidden = results.estimates.filter(
		({ estimate, status }) => estimate === null && status !== "no-data",
	);
	const values = { of: results.estimates.length };
	return hidden.length === 0
		? []
		: [loadLocale(language).plural("report.finding.hidden", hidden.length, values)];
}

/** What the percentages of a topic show, or the highest of each topic of a grid. */
export function subjectFinding(results: ResultSet, locale: Locale): string[] {
	const rows = samplePercents(results).filter(({ item }) => item !== "any");
	const grid = gridOf(rows, results.labels);
	return grid === undefined ? sentences(sharesFinding(results), locale) : gridFinding(grid, rows, locale);
}

function sentences(finding: Finding | null, locale: Locale): string[] {
	return finding === null ? [] : [`${inWords(finding, locale)}.`];
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

function headlineFinding(results: ResultSet, headline: string | undefined, locale: Locale): string[] {
	const rows = samplePercents(results).filter(({ topic, item }) => `${topic}:${item}` === headline);
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

/** What was compared; findings on benchmarks and changes name it themselves. */
function differenceFinding(kind: ReportPart["kind"], results: ResultSet, locale: Locale): string[] {
	const [finding] = sentences(differencesFinding(results, locale), locale);
	if (finding === undefined) return [];
	return [kind === "rates" ? locale.text("report.finding.benchmark", { finding }) : finding];
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

function percent({ estimate }: Estimate, locale: Locale): string {
	return percentText(estimate ?? 0, locale);
}
