import { basename } from "node:path";
import { html, type Markup } from "../../base/html.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { numberText } from "../../wording/numbers.js";
import type { Report } from "../analyse.js";

/** What a reader must know about the data. */
export function notesMarkup({ results, parts }: Report, locale: Locale): Markup {
	// Changes since the last report are in their own section.
	const changes = new Set(
		parts.flatMap(({ kind, results }) => (kind === "change" ? results.notes : [])).map(({ text }) => text),
	);
	const lines = results.notes
		.filter(({ code, text }) => code !== "synthetic-data" && !changes.has(text))
		.map(({ group = {}, text }) =>
			[groupName(group, results), text].filter((part) => part !== "").join(": "),
		);
	return lines.length === 0
		? html`<p>${locale.text("report.notes-none")}</p>
`
		: html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
`;
}

/** Everything needed to make the report again. */
export function provenanceMarkup({ results, config }: Report, locale: Locale): Markup {
	const { source, codebook, tool, design } = results;
	const facts = [
		["report.config", basename(config.path)],
		["report.codebook", `${codebook.id} ${codebook.version}`],
		...(design.weight === null ? [] : [["report.weight", design.weight] as const]),
		["report.tool", `${tool.name} ${tool.version}`],
	] as const;
	const files = [
		["report.files-tables", "tables.xlsx"],
		["report.files-results", "results.json"],
		["report.files-manifest", "manifest.json"],
	] as const;
	return html`<div class="table" role="region" tabindex="0" aria-label="${locale.text("report.provenance")}: ${locale.text("report.file")}"><table class="plain">
<thead><tr><th scope="col">${locale.text("report.file")}</th><th scope="col" class="number">${locale.text("report.rows")}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${source.map(
		({ file, rows, sha256 }) =>
			html`<tr><th scope="row">${file}</th><td>${numberText(rows, 0, locale)}</td><td class="hash">${sha256}</td></tr>`,
	)}</tbody></table></div>
<dl>${facts.map(([key, value]) => html`<div><dt>${locale.text(key)}</dt><dd>${value}</dd></div>`)}</dl>
<h3>${locale.text("report.files")}</h3>
<dl>${files.map(([key, path]) => html`<div><dt>${locale.text(key)}</dt><dd><a href="${path}">${path}</a></dd></div>`)}</dl>
`;
}
