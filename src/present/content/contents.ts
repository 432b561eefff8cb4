import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import type { Board } from "./board.js";
import { comparisonBoards } from "./comparison-board.js";
import { percentSections } from "./distribution.js";
import { areGaps, gapBoard } from "./gaps-board.js";
import { hasSpread, meansBoard } from "./means-board.js";
import { isReach, reachBoard } from "./reach-board.js";
import { type Section, sectionOf, sectionParts } from "./sections.js";

/** Something to show: rates by item and group, or a board of several measures. */
export type Part = { section: Section } | { board: Board };

/** What there is to show, in order. Differences follow the estimates; `compare` shows them alone. */
export function partsOf(results: ResultSet, locale: Locale): Part[] {
	if (isReach(results)) return [{ board: reachBoard(results, locale) }];
	if (areGaps(results)) return [{ board: gapBoard(results, locale) }];
	const estimates = isComparison(results)
		? []
		: sectionParts(results).flatMap((part) => estimateParts(part, results, locale));
	return [...estimates, ...comparisonBoards(results, locale).map((board) => ({ board }))];
}

/** Whether results are about differences alone. */
export function isComparison({ settings, comparisons }: ResultSet): boolean {
	return settings.command === "compare" && comparisons.length > 0;
}

/** Whether differences are shown as rows of their own. */
export function showsComparisons(results: ResultSet): boolean {
	return results.comparisons.length > 0 && !areGaps(results);
}

function estimateParts(part: readonly Estimate[], results: ResultSet, locale: Locale): Part[] {
	if (!hasSpread(part)) return [{ section: sectionOf(part, results) }];
	return [
		{ board: meansBoard(part, results, locale) },
		...percentSections(part, results, locale).map((section) => ({ section })),
	];
}
