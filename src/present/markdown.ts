import type { Locale } from "../locale.js";
import type { ResultSet } from "../results.js";
import type { Block, Board, Form } from "./board.js";
import { figure } from "./figure.js";
import { methodLines } from "./footnotes.js";
import { type GridRow, placed } from "./grid.js";
import { readings } from "./in-words.js";
import { partsOf, showsComparisons } from "./parts.js";
import {
	type Column,
	columnsOf,
	type ItemRow,
	isSynthetic,
	noteGroup,
	type Section,
	shownColumns,
} from "./sheet.js";
import type { View } from "./view.js";

/** A heading and a table a topic: items × groups, percent with its standard error in brackets. */
export function renderMarkdown(results: ResultSet, { locale }: View): string {
	const columns = columnsOf(results);
	const notes = results.notes
		.filter(({ code }) => code !== "synthetic-data")
		.map((note) => `- ${escaped(`${noteGroup(note, columns)}${note.text}`)}`);
	const files = results.source.map(({ file }) => escaped(file)).join(", ");
	return `${[
		...(isSynthetic(results) ? [`**${locale.text("note.synthetic-data")}**`] : []),
		...partsOf(results, locale).flatMap((part) =>
			"board" in part ? boardBlocks(part.board) : sectionBlocks(part.section, columns, locale),
		),
		...(showsComparisons(results) ? wordsBlocks(results, locale) : []),
		...methodLines(results, locale).map(escaped),
		...(notes.length === 0 ? [] : [notes.join("\n")]),
		...(files === "" ? [] : [locale.text("table.source", { files })]),
	].join("\n\n")}\n`;
}
function sectionBlocks(section: Section, all: readonly Column[], locale: Locale): string[] {
	const { title, base, rows, head = locale.text("table.item") } = section;
	const columns = shownColumns(section, all);
	const single = columns.length === 1 && columns[0]?.label === "";
	const heads = columns.map(({ label }) =>
		single ? `${locale.text("table.percent")} ${locale.text("table.se")}` : label,
	);
	const unit = single ? "" : `, ${locale.text("table.percent")} ${locale.text("table.se")}`;
	const table = [
		line([`${head}${unit}`, ...heads]),
		`|---|${columns.map(() => "---:|").join("")}`,
		...rows.flatMap((row) => rowLines(row, columns, locale)),
	];
	return [`## ${escaped(title)}`, locale.text("table.base", { base }), table.join("\n")];
}

function rowLines({ label, cells, counts }: ItemRow, columns: readonly Column[], locale: Locale): string[] {
	const values = (chosen: ItemRow["cells"]) => columns.map(({ key }) => figure(chosen.get(key), locale));
	const first = line([label, ...values(cells)]);
	return counts.size === 0
		? [first]
		: [first, line([`${label}: ${locale.text("table.count")}`, ...values(counts)])];
}

/** A table a block; the names of blocks are headings below the board's own. */
function boardBlocks({ title, under, forms, below }: Board): string[] {
	const [widest] = forms;
	return [
		`## ${escaped(title)}`,
		...under.map(escaped),
		...widest.blocks.flatMap((block) => [
			...(block.name === "" ? [] : [`### ${escaped(block.name)}`]),
			blockTable(widest, block),
		]),
		...below.map(escaped),
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
	if (cells.length === 0) return `| **${escaped(label)}** |${" |".repeat(columns)}`;
	const texts = placed(cells).flatMap(({ text, span }) => [text, ...Array(span - 1).fill("")]);
	return line([label, ...texts].map((text) => text.trim()));
}

function wordsBlocks(results: ResultSet, locale: Locale): string[] {
	const lines = readings(results, locale).map((reading) => `- ${escaped(reading)}`);
	return [`## ${locale.text("compare.in-words")}`, lines.join("\n")];
}

function line(cells: readonly string[]): string {
	return `| ${cells.map(escaped).join(" | ")} |`;
}

function escaped(text: string): string {
	return text.replace(/[\\|<>*_`[\]]/g, "\\$&").replace(/\s+/g, " ");
}
