import { escapeMarkdown } from "../../base/escape.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Block, Board, Form } from "../content/board.js";
import type { GridRow } from "../content/cells.js";
import { placed } from "../content/cells.js";
import { printedOf } from "../content/printed.js";
import type { View } from "../view.js";

/** A heading and a table a topic: items × groups, percent with its standard error in brackets. */
export function renderMarkdown(results: ResultSet, { locale }: View): string {
	const { warning, boards, words, methods, notes, source } = printedOf(results, locale);
	return `${[
		...(warning === "" ? [] : [`**${warning}**`]),
		...boards.flatMap(boardBlocks),
		...(words.length === 0 ? [] : [`## ${locale.text("compare.in-words")}`, list(words)]),
		...methods.map(escapeMarkdown),
		...(notes.length === 0 ? [] : [list(notes)]),
		...(source === "" ? [] : [escapeMarkdown(source)]),
	].join("\n\n")}\n`;
}

/** A table a block; the names of blocks are headings below the board's own. */
function boardBlocks({ title, under, forms, below }: Board): string[] {
	const [widest] = forms;
	return [
		`## ${escapeMarkdown(title)}`,
		...under.map(escapeMarkdown),
		...widest.blocks.flatMap((block) => [
			...(block.name === "" ? [] : [`### ${escapeMarkdown(block.name)}`]),
			blockTable(widest, block),
		]),
		...below.map(escapeMarkdown),
	];
}

function blockTable({ labelHead, columns }: Form, { rows }: Block): string {
	return [
		line([labelHead, ...columns.map(({ head }) => head.join(" ").trim())]),
		`|---|${columns.map(() => "---:|").join("")}`,
		...rows.map((row) => boardLine(row, columns.length)),
	].join("\n");
}

/** A cell across columns stands in its first; the others stay empty. */
function boardLine({ label, cells }: GridRow, columns: number): string {
	if (cells.length === 0) return `| **${escapeMarkdown(label)}** |${" |".repeat(columns)}`;
	const texts = placed(cells).flatMap(({ text, span }) => [text, ...Array(span - 1).fill("")]);
	return line([label, ...texts].map((text) => text.trim()));
}

function list(lines: readonly string[]): string {
	return lines.map((text) => `- ${escapeMarkdown(text)}`).join("\n");
}

function line(cells: readonly string[]): string {
	return `| ${cells.map(escapeMarkdown).join(" | ")} |`;
}
