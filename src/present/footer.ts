import type { ResultSet } from "../results.js";
import type { Page } from "./grid.js";
import { type Column, designLine, markedStatuses, noteGroup } from "./sheet.js";
import { fold, plain } from "./text.js";

/** What a reader must know beside the numbers: marks, design, notes, source. */
export function footerText(results: ResultSet, columns: readonly Column[], page: Page): string {
	const { locale, width, chalk } = page;
	const marked = markedStatuses(results, locale);
	const lines = [
		...(marked === "" ? [] : [`! ${marked}`]),
		designLine(results, locale),
		...results.notes
			.filter(({ code }) => code !== "synthetic-data")
			.map((note) => plain(`${noteGroup(note, columns)}${note.text}`)),
		plain(locale.text("table.source", { files: results.source.map(({ file }) => file).join(", ") })),
		locale.text("table.details"),
	];
	return lines
		.flatMap((line) => fold(line, width))
		.map((line) => chalk.dim(line))
		.join("\n");
}
