import { entryOf } from "../../base/entry-of.js";
import { html, type Markup, type Piece } from "../../base/html.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { isSynthetic } from "../../present/content/sections.js";
import type { GridSubject } from "../../results/grids.js";
import type { Labels, ResultSet } from "../../results/result-set.js";
import { isSignificant } from "../../results/significance.js";
import { readingOf } from "../../wording/comparison-sentence.js";
import { type Locale, loadLocale } from "../../wording/locale.js";
import { selectionText } from "../../wording/selection.js";
import type { Report } from "../analyse.js";
import { chartId } from "../charts.js";
import { findingsOf, hiddenFinding, subjectFinding } from "../key-findings.js";
import { ofTopics, type ReportPart, subjectsIn } from "../parts.js";
import type { Drawings } from "./drawing.js";
import { methodsOf } from "./methods.js";
import { notesMarkup, provenanceMarkup } from "./notes.js";
import { pageTables } from "./tables.js";

/** Most significant differences that are put into words, the largest first. */
const MOST_READINGS = 5;

interface Section {
	id: string;
	title: string;
	content: Piece;
}

/** The report in one language. */
export function body(report: Report, drawings: Drawings): Markup {
	const { language, results } = report;
	const locale = loadLocale(language);
	const sections = sectionsOf(report, drawings, locale);
	return html`<div class="report" lang="${language}" data-up="${locale.text("report.sorted-up")}" data-down="${locale.text("report.sorted-down")}">
${headerOf(report, locale)}
<nav class="contents" aria-label="${locale.text("report.contents")}"><h2>${locale.text("report.contents")}</h2><ol>${sections.map(
		({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
	)}</ol></nav>
<main id="content" tabindex="-1">
${isSynthetic(results) ? html`<p class="warning">${locale.text("report.synthetic")}</p>` : null}
${sections.map(
	({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
</div>
`;
}

function headerOf({ config, language, results }: Report, locale: Locale): Markup {
	const { "as-of": day, publisher, introduction } = config;
	const facts = [
		results.codebook.title,
		selectionText(results, locale),
		publisher === undefined ? "" : inLanguage(publisher, language),
		day === undefined ? "" : locale.text("report.as-of", { date: locale.date(day) }),
	].filter((fact) => fact !== "");
	return html`<header>
<a class="skip" href="#content">${locale.text("report.skip")}</a>
<h1>${inLanguage(config.title, language)}</h1>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
${introduction === undefined ? null : html`<p class="introduction">${inLanguage(introduction, language)}</p>`}
</header>`;
}

function sectionsOf(report: Report, drawings: Drawings, locale: Locale): Section[] {
	const { parts } = report;
	const own = (kind: ReportPart["kind"]) => parts.filter((part) => part.kind === kind);
	const subjects = own("rates").flatMap((part) => subjectsIn(part.results));
	const whole = (kind: "gaps" | "means" | "answers" | "change"): Section[] =>
		own(kind).map((part) => ({
			id: chartId(part),
			title: locale.text(`report.${kind}`),
			content: CONTENTS[kind](part, drawings, locale),
		}));
	const named = (kind: "models" | "relations"): Section[] =>
		own(kind).length === 0
			? []
			: [
					{
						id: kind,
						title: locale.text(`report.${kind}`),
						content: own(kind).map((part) => wholeContent(part, drawings, locale)),
					},
				];
	const text = (id: string, content: Piece): Section => ({ id, title: locale.text(`report.${id}`), content });
	return [
		text(
			"findings",
			html`<ul class="findings">${[...findingsOf(report), ...hiddenFinding(report)].map((line) => html`<li>${line}</li>`)}</ul>
`,
		),
		...subjects.map((subject) => ({
			id: `topic-${subject.id}`,
			title: subject.label,
			content: subjectContent(subject, parts, drawings, locale),
		})),
		...whole("gaps"),
		...whole("means"),
		...whole("answers"),
		...named("models"),
		...named("relations"),
		...whole("change"),
		text("methods", methodsOf(report, locale)),
		text("notes", notesMarkup(report, locale)),
		text("provenance", provenanceMarkup(report, locale)),
	];
}

function subjectContent(
	{ id, topics }: GridSubject,
	parts: readonly ReportPart[],
	drawings: Drawings,
	locale: Locale,
): Piece {
	return parts
		.filter(({ kind }) => kind === "rates" || kind === "breakdown" || kind === "differences")
		.map((part) => {
			const results = comparing(ofTopics(part.results, topics));
			if (results.estimates.length + results.comparisons.length === 0) return null;
			const chart = drawings.get(chartId(part, id));
			const name = breakdownName(part, results.labels);
			const by = part.kind === "rates" ? undefined : locale.text("report.by", { by: name });
			const tables = pageTables(results, locale, by);
			// The title of the chart says it where there is one.
			const lead = part.kind === "rates" && chart === undefined ? subjectFinding(results, locale) : [];
			if (part.kind === "differences") return differencesContent(results, name, chart, locale);
			if (by !== undefined) return breakdownContent(by, chart, tables, locale);
			return html`${lead.map(
				(line) => html`<p class="lead">${line}</p>
`,
			)}${chart}${tables}`;
		});
}

/** Without comparisons if all are not comparable: a table of reasons is of no use. */
function comparing(results: ResultSet): ResultSet {
	const { comparisons } = results;
	return comparisons.some(({ difference }) => difference !== null)
		? results
		: { ...results, comparisons: [] };
}

/** Tables of a breakdown are collapsed: a chart shows their figures, or few readers need them. */
function breakdownContent(by: string, chart: Markup | undefined, tables: Piece, locale: Locale): Markup {
	if (chart === undefined) {
		return html`<details><summary>${by}</summary>
${tables}</details>
`;
	}
	return html`<h3>${by}</h3>
${chart}<details><summary>${locale.text("page.table")}</summary>
${tables}</details>
`;
}

/** Many rows that few will read: collapsed, under a line that sums them up. */
function differencesContent(
	results: ResultSet,
	name: string,
	chart: Markup | undefined,
	locale: Locale,
): Markup {
	return html`<details><summary>${locale.text("report.differences", { by: name })}</summary>
${readingsOf(results, locale)}${chart}${pageTables(results, locale)}</details>
`;
}

function wholeContent(part: ReportPart, drawings: Drawings, locale: Locale): Piece {
	return [drawings.get(chartId(part)), pageTables(part.results, locale)];
}

/** A topic after the other. */
function topicsContent(part: ReportPart, drawings: Drawings, locale: Locale): Piece {
	return subjectsIn(part.results).map(({ id, topics }) => [
		drawings.get(chartId(part, id)),
		pageTables(ofTopics(part.results, topics), locale),
	]);
}

function changeContent(part: ReportPart, drawings: Drawings, locale: Locale): Piece {
	const { results } = part;
	return [
		html`<ul class="readings">${results.notes.map(({ text }) => html`<li>${text}</li>`)}</ul>
`,
		readingsOf(results, locale),
		topicsContent(part, drawings, locale),
	];
}

const CONTENTS = { gaps: wholeContent, means: wholeContent, answers: topicsContent, change: changeContent };

/** The significant differences in sentences, the largest first. */
function readingsOf(results: ResultSet, locale: Locale): Piece {
	const size = ({ difference, se }: ResultSet["comparisons"][number]) =>
		Math.abs((difference ?? 0) / (se || 1));
	const found = results.comparisons
		.filter((row) => isSignificant(row, results.settings) === true)
		.sort((a, b) => size(b) - size(a));
	if (found.length === 0) return null;
	return html`<ul class="readings">${found.slice(0, MOST_READINGS).map((row) => html`<li>${readingOf(row, results, locale)}</li>`)}</ul>
`;
}

function breakdownName({ by }: ReportPart, labels: Labels | undefined): string {
	return by === null ? "" : (entryOf(labels?.groups, by)?.label ?? by);
}
