import type { Locale } from "../locale.js";
import type { ResultSet } from "../results.js";
import {
	type Column,
	columnsOf,
	designLine,
	figure,
	type ItemRow,
	isSynthetic,
	markedStatuses,
	noteGroup,
	type Section,
	sectionsOf,
} from "./sheet.js";
import type { View } from "./view.js";

/** A heading and a table a topic: items × groups, percent with its standard error in brackets. */
export function renderMarkdown(results: ResultSet, { locale }: View): string {
	const columns = columnsOf(results);
	const marked = markedStatuses(results, locale);
	const notes = results.notes
		.filter(({ code }) => code !== "synthetic-data")
		.map((note) => `- ${escaped(`${noteGroup(note, columns)}${note.text}`)}`);
	return `${[
		...(isSynthetic(results) ? [`**${locale.text("note.synthetic-data")}**`] : []),
		...sectionsOf(results).flatMap((section) => sectionBlocks(section, columns, locale)),
		...(marked === "" ? [] : [`! ${marked}`]),
		designLine(results, locale),
		...(notes.length === 0 ? [] : [notes.join("\n")]),
		locale.text("table.source", { files: results.source.map(({ file }) => escaped(file)).join(", ") }),
	].join("\n\n")}\n`;
}

function sectionBlocks({ title, base, rows }: Section, columns: readonly Column[], locale: Locale): string[] {
	const single = columns.length === 1 && columns[0]?.label === "";
	const heads = columns.map(({ label }) =>
		single ? `${locale.text("table.percent")} ${locale.text("table.se")}` : label,
	);
	const unit = single ? "" : `, ${locale.text("table.percent")} ${locale.text("table.se")}`;
	const table = [
		line([`${locale.text("table.item")}${unit}`, ...heads]),
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

function line(cells: readonly string[]): string {
	return `| ${cells.map(escaped).join(" | ")} |`;
}

function escaped(text: string): string {
	return text.replace(/[\\|<>*_`[\]]/g, "\\$&").replace(/\s+/g, " ");
}
