import { provenanceText } from "../../results/provenance.js";
import type { ResultSet } from "../../results/result-set.js";
import { readings } from "../../wording/comparison-sentence.js";
import { provenanceLine } from "../../wording/provenance-line.js";
import { selectionText } from "../../wording/selection.js";
import type { View } from "../view.js";
import type { Board } from "./board.js";
import { partsOf, showsComparisons } from "./contents.js";
import { methodLines } from "./footnotes.js";
import { haveIntervals, sectionBoard } from "./section-board.js";
import { columnsOf, isSynthetic, noteGroup } from "./sections.js";

/** Everything that a printed page says, in order; formats only lay it out. */
export interface Printed {
	/** A warning that the data are synthetic; otherwise empty. */
	warning: string;
	boards: Board[];
	/** Differences in sentences. */
	words: string[];
	/** The selection of teachers, if any; the meaning of marks; how errors were computed. */
	methods: string[];
	notes: string[];
	/** The files; empty if unknown. */
	source: string;
	/** The origin of the numbers, for people and in full for programs. */
	provenance: { line: string; whole: string };
}

/** Results as titles, tables and lines, in a language. */
export function printedOf(results: ResultSet, view: Pick<View, "locale" | "layout">): Printed {
	const { locale, layout } = view;
	const columns = columnsOf(results);
	const parts = partsOf(results, locale);
	const files = results.source.map(({ file }) => file).join(", ");
	return {
		warning: isSynthetic(results) ? locale.text("note.synthetic-data") : "",
		boards: parts.map((part) =>
			"board" in part ? part.board : sectionBoard(part.section, columns, results, view),
		),
		words: showsComparisons(results) ? readings(results, locale) : [],
		methods: [
			selectionText(results, locale),
			...methodLines(results, locale, haveIntervals(parts, columns, layout)),
		].filter((line) => line !== ""),
		notes: results.notes
			.filter(({ code }) => code !== "synthetic-data")
			.map((note) => `${noteGroup(note, columns, results)}${note.text}`),
		source: files === "" ? "" : locale.text("table.source", { files }),
		provenance: { line: provenanceLine(results, locale), whole: provenanceText(results) },
	};
}
