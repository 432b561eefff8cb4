import type { Estimate } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { GAP, padLeft, widthOf } from "../text/text-width.js";
import type { Cell } from "./cells.js";
import { figureParts, hiddenText, isMarked } from "./figure.js";

/**
 * Makes cells whose numbers, brackets and marks stand under each other; empty ones where there is no row.
 * @param alike All rows that stand under each other.
 * @param marks Whether room is kept for a mark.
 */
export function figureCells(
	alike: readonly Estimate[],
	locale: Locale,
	marks = alike.some(isMarked),
): (row: Estimate | undefined) => Cell {
	const errors = alike.map((row) => widthOf(figureParts(row, locale)?.error ?? ""));
	const wide = Math.max(0, ...errors);
	return (row) => {
		if (row === undefined) return { text: "" };
		const parts = figureParts(row, locale);
		if (parts === undefined) return { text: hiddenText(row.status, locale), hidden: true };
		const mark = marks ? parts.mark || GAP : "";
		return { text: `${parts.number} ${padLeft(parts.error, wide)}${mark}` };
	};
}
