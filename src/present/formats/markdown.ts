import { escapeMarkdown } from "../../base/escape.js";
import { provenanceComment } from "../../results/provenance.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import type { Board, BoardBlock, Form } from "../content/board.js";
import { cellText } from "../content/cell-text.js";
import { type BoardRow, placed } from "../content/cells.js";
import { printedOf } from "../content/printed.js";
import type { View } from "../view.js";

/** One heading and one table per topic: items × groups, percent with its standard error in brackets. */
export function renderMarkdown(results: ResultSet, view: View): string {
	const { locale } = view;
	const { warning, boards, words, methods, notes, source, provenance } = printedOf(results, view);
	return `${[
		...(warning === "" ? [] : [`**${warning}**`]),
		...boards.flatMap((board) => boardBlocks(board, locale)),
		...(words.length === 0 ? [] : [`## ${locale.text("compare.in-words")}`, list(words)]),
		...methods.map(escapeMarkdown),
		...(notes.length === 0 ? [] : [list(notes)]),
		...(source === "" ? [] : [escapeMarkdown(source)]),
		escapeMarkdown(provenance.line),
		provenanceComment(results),
	].join("\n\n")}\n`;
}

/** One table per block; the names of blocks are headings below the board's own. */
function boardBlocks({ title, under, form, below }: Board, locale: Locale): string[] {
	return [
		`## ${escapeMarkdown(title)}`,
		...under.map(escapeMarkdown),
		...form.blocks.flatMap((block) => [
			...(block.name === "" ? [] : [`### ${escapeMarkdown(block.name)}`]),
			blockTable(form, block, locale),
		]),
		...below.map(escapeMarkdown),
	];
}

function blockTable({ labelHead, columns }: Form, { rows }: BoardBlock, locale: Locale): string {
	return [
		line([labelHead, ...columns.map(({ head }) => head.join(" "))]),
		`|---|${columns.map(() => "---:|").join("")}`,
		...rows.map((row) => rowLine(row, columns.length, locale)),
	].join("\n");
}

/** A cell that spans columns is written in the first; the others stay empty. */
function rowLine({ label, cells }: BoardRow, columns: number, locale: Locale): string {
	if (cells.length === 0) return `| **${escapeMarkdown(label)}** |${" |".repeat(columns)}`;
	const texts = placed(cells).flatMap((cell) => [cellText(cell, locale), ...Array(cell.span - 1).fill("")]);
	return line([label, ...texts]);
}

function list(lines: readonly string[]): string {
	return lines.map((text) => `- ${escapeMarkdown(text)}`).join("\n");
}

function line(cells: readonly string[]): string {
	return `| ${cells.map(escapeMarkdown).join(" | ")} |`;
}
