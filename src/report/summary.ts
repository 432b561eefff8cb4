import { escapeMarkdown } from "../base/escape.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import { isSynthetic } from "../present/content/sections.js";
import { provenanceComment } from "../results/provenance.js";
import { loadLocale } from "../wording/locale.js";
import { selectionText } from "../wording/selection.js";
import type { Report } from "./analyse.js";
import { findingsOf, hiddenFinding } from "./key-findings.js";

/** The findings as Markdown, for the summary of a CI job. */
export function summaryText(report: Report): string {
	const { config, language, parts, results } = report;
	const locale = loadLocale(language);
	const list = (lines: readonly string[]) => lines.map((line) => `- ${escaped(line)}`).join("\n");
	const changes = parts.find(({ kind }) => kind === "change")?.results.notes ?? [];
	return `${[
		`# ${escaped(inLanguage(config.title, language))}`,
		...(isSynthetic(results) ? [`**${escaped(locale.text("report.synthetic"))}**`] : []),
		...[selectionText(results, locale)].filter((line) => line !== "").map(escaped),
		`## ${locale.text("report.findings")}`,
		list([...findingsOf(report), ...hiddenFinding(report)]),
		...(changes.length === 0
			? []
			: [`## ${locale.text("report.change")}`, list(changes.map(({ text }) => text))]),
		locale.text("report.summary.page"),
		provenanceComment(results),
	].join("\n\n")}\n`;
}

function escaped(text: string): string {
	return escapeMarkdown(text).replace(/&/g, "&amp;");
}
