import { plain } from "../../base/escape.js";
import type { ResultSet } from "../../results/result-set.js";
import { provenanceLine } from "../../wording/provenance-line.js";
import { selectionText } from "../../wording/selection.js";
import { detailsLine, methodLines } from "../content/footnotes.js";
import { type Column, noteGroup } from "../content/sections.js";
import { fold } from "../text/text-width.js";
import type { Page } from "./terminal-grid.js";

/** What a reader must know besides the numbers: marks, design, notes, source. */
export function footerText(
	results: ResultSet,
	columns: readonly Column[],
	page: Page,
	intervals: boolean,
): string {
	const { locale, width, chalk } = page;
	const files = results.source.map(({ file }) => file).join(", ");
	const lines = [
		plain(selectionText(results, locale)),
		...methodLines(results, locale, intervals),
		...results.notes
			.filter(({ code }) => code !== "synthetic-data")
			.map((note) => plain(`${noteGroup(note, columns, results)}${note.text}`)),
		...(files === "" ? [] : [plain(locale.text("table.source", { files }))]),
		// Terminal users have the file, and hashing it would take longer than the table.
		plain(provenanceLine(results, locale, { hashed: false })),
		detailsLine(results, locale, intervals),
	].filter((line) => line !== "");
	return lines
		.flatMap((line) => fold(line, width))
		.map((line) => chalk.dim(line))
		.join("\n");
}
