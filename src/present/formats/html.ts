import { escapeMarkup } from "../../base/escape.js";
import { policyTag } from "../../base/page-head.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import type { Board, BoardBlock, Form } from "../content/board.js";
import { cellText } from "../content/cell-text.js";
import { type BoardRow, placed } from "../content/cells.js";
import { printedOf } from "../content/printed.js";
import type { View } from "../view.js";

const STYLE = `
body { font: 16px/1.45 "Source Sans 3", "Segoe UI", system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; background: #fff; }
.warning { border-left: .3rem solid #b45309; background: #fef3c7; padding: .5rem .8rem; }
.scroll { overflow-x: auto; margin: 2rem 0 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .5rem; }
caption > * { display: block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
caption strong { font-size: 1.15rem; }
caption span { color: #555; }
th, td { padding: .3rem .7rem; vertical-align: bottom; }
thead th { border-top: 2px solid; border-bottom: 1px solid; font-weight: 600; text-align: right; min-width: 3rem; max-width: 14rem; overflow-wrap: break-word; }
thead th:first-child, tbody th { text-align: left; }
tbody th { font-weight: 400; min-width: 12rem; max-width: 34rem; overflow-wrap: anywhere; }
tbody th[scope="rowgroup"] { font-weight: 600; padding-top: .8rem; }
tbody th.under { padding-left: 1.8rem; }
tbody tr:hover { background: #f3f4f6; }
tbody:last-child tr:last-child > * { border-bottom: 2px solid; }
td { text-align: right; white-space: nowrap; }
td.hidden { color: #6b6b6b; font-style: italic; }
footer { margin-top: 2rem; color: #555; font-size: .9rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
	th, td { padding: .3rem .4rem; }
	tbody th { min-width: 10rem; }
}
@media (prefers-color-scheme: dark) {
	body { color: #e6e6e6; background: #16181c; }
	.warning { color: #1a1a1a; }
	caption span, footer, td.hidden { color: #a8a8a8; }
	tbody tr:hover { background: #24272d; }
}
@media print {
	body { margin: 0; max-width: none; font-size: 10pt; color: #000; background: #fff; }
	.scroll { overflow: visible; }
	thead { display: table-header-group; }
	tr { break-inside: avoid; }
}
`;

/** A self-contained page: one table per topic, with a caption and heads for screen readers. */
export function renderHtml(results: ResultSet, view: View): string {
	const { locale } = view;
	const { warning, boards, words, methods, notes, source, provenance } = printedOf(results, view);
	const title = boards[0]?.title ?? results.codebook.title;
	const footer = [
		...methods.map(paragraph),
		...(notes.length === 0 ? [] : [list(notes)]),
		...(source === "" ? [] : [paragraph(source)]),
		paragraph(provenance.line),
	];
	return `${[
		"<!doctype html>",
		`<html lang="${locale.language}">`,
		`<head><meta charset="utf-8">${policyTag()}<meta name="viewport" content="width=device-width, initial-scale=1">`,
		`<meta name="generator" content="talis-pd"><meta name="provenance" content="${escaped(provenance.whole)}">`,
		`<title>${escaped(title)}</title><style>${STYLE}</style></head>`,
		"<body><main>",
		...(warning === "" ? [] : [`<p class="warning">${escaped(warning)}</p>`]),
		...boards.map((board) => boardTable(board, locale)),
		...(words.length === 0 ? [] : [`<h2>${escaped(locale.text("compare.in-words"))}</h2>`, list(words)]),
		"</main>",
		`<footer>${footer.join("\n")}</footer>`,
		"</body></html>",
	].join("\n")}\n`;
}

/** One table per board; each block becomes a table body. */
function boardTable({ title, under, form, below }: Board, locale: Locale): string {
	const lines = [...under, ...below].map((line) => `<span>${escaped(line)}</span>`);
	const heads = [form.labelHead, ...form.columns.map(({ head }) => head.join(" "))];
	return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(title)}">
<table lang="${locale.language}">
<caption><strong>${escaped(title)}</strong>${lines.join("")}</caption>
<thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join("")}</tr></thead>
${form.blocks.map((block) => blockBody(block, form, locale)).join("\n")}
</table>
</div>`;
}

function blockBody({ name, rows }: BoardBlock, form: Form, locale: Locale): string {
	const across = form.columns.length + 1;
	const heading = name === "" ? [] : [headingRow(name, across)];
	return `<tbody>\n${[...heading, ...rows.map((row) => rowMarkup(row, across, locale))].join("\n")}\n</tbody>`;
}

function headingRow(name: string, across: number): string {
	return `<tr><th scope="rowgroup" colspan="${across}">${escaped(name)}</th></tr>`;
}

function rowMarkup({ label, under, cells }: BoardRow, across: number, locale: Locale): string {
	if (cells.length === 0) return headingRow(label, across);
	const data = placed(cells).map((cell) => {
		const attributes = [
			...(cell.span > 1 ? [` colspan="${cell.span}"`] : []),
			...(cell.status === undefined ? [] : [' class="hidden"']),
		];
		return `<td${attributes.join("")}>${escaped(cellText(cell, locale))}</td>`;
	});
	return `<tr><th scope="row"${under ? ' class="under"' : ""}>${escaped(label)}</th>${data.join("")}</tr>`;
}

function paragraph(text: string): string {
	return `<p>${escaped(text)}</p>`;
}

function list(lines: readonly string[]): string {
	return `<ul>\n${lines.map((line) => `<li>${escaped(line)}</li>`).join("\n")}\n</ul>`;
}

function escaped(text: string): string {
	return escapeMarkup(text.replace(/\p{Cc}+/gu, " "));
}
