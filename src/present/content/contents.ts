import { type TableName, tablesOf } from "../../results/kinds.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { associationBoards } from "./association-board.js";
import type { Board } from "./board.js";
import { comparisonBoards } from "./comparison-board.js";
import { percentSections } from "./distribution.js";
import { gapBoard } from "./gaps-board.js";
import { hasSpread, meansBoard } from "./means-board.js";
import { modelBoards } from "./model-board.js";
import { oddsRatioBoards } from "./odds-ratio-board.js";
import { reachBoard } from "./reach-board.js";
import { relationBoards } from "./relation-board.js";
import { type Section, sectionOf, sectionParts } from "./sections.js";
import { synthesisBoards } from "./synthesis-board.js";

/** A part of the output: rates by item and group, or a board of several measures. */
export type Part = { section: Section } | { board: Board };

const MAKERS: Record<TableName, (results: ResultSet, locale: Locale) => Part[]> = {
	estimates: (results, locale) =>
		sectionParts(results).flatMap((part) => estimateParts(part, results, locale)),
	comparisons: (results, locale) => comparisonBoards(results, locale).map((board) => ({ board })),
	tests: (results, locale) => associationBoards(results, locale).map((board) => ({ board })),
	gaps: (results, locale) => [{ board: gapBoard(results, locale) }],
	reach: (results, locale) => [{ board: reachBoard(results, locale) }],
	relations: (results, locale) => relationBoards(results, locale).map((board) => ({ board })),
	syntheses: (results, locale) => synthesisBoards(results, locale).map((board) => ({ board })),
	models: (results, locale) =>
		(results.kind === "published" ? oddsRatioBoards : modelBoards)(results, locale).map((board) => ({
			board,
		})),
};

/** The parts to show, in order. */
export function partsOf(results: ResultSet, locale: Locale): Part[] {
	return tablesOf(results).flatMap((table) => MAKERS[table](results, locale));
}

/** Whether differences have rows of their own. */
export function showsComparisons(results: ResultSet): boolean {
	return tablesOf(results).includes("comparisons");
}

function estimateParts(part: readonly Estimate[], results: ResultSet, locale: Locale): Part[] {
	if (!hasSpread(part)) return [{ section: sectionOf(part, results) }];
	return [
		{ board: meansBoard(part, results, locale) },
		...percentSections(part, results, locale).map((section) => ({ section })),
	];
}
