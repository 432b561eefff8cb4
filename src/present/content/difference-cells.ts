import type { Comparison, ResultSet } from "../../results/result-set.js";
import { decidingP, isSignificant } from "../../results/significance.js";
import { isShown } from "../../wording/difference-text.js";
import type { Locale } from "../../wording/locale.js";
import { digitsOf, numberText, pText } from "../../wording/numbers.js";
import { stackHead } from "../text/column-heads.js";
import { GAP, pad, padLeft, widthOf } from "../text/text-width.js";
import type { Cell } from "./cells.js";

/** Makes the cells of differences whose numbers, brackets and marks stand under each other. */
export interface DifferenceCells {
	/** "−7.7 (6.1)". */
	difference(row: Comparison): Cell;
	/** "−19.8 to 4.4". */
	interval(row: Comparison): Cell;
	p(row: Comparison): Cell;
	/** The p-value that decides. */
	decision(row: Comparison): Cell;
	/** A cell with * where the difference is significant. */
	starred(cell: Cell, row: Comparison): Cell;
	/** Lines of a head that is no wider than such cells need; over their numbers, not over their *. */
	starredHead(head: string, cellOf: (row: Comparison) => Cell): string[];
	/** Lines of a head that is no wider than its cells need. */
	head(head: string, cellOf: (row: Comparison) => Cell): string[];
}

/** @param rows All rows that stand under each other. */
export function differenceCells(
	rows: readonly Comparison[],
	{ settings }: ResultSet,
	locale: Locale,
): DifferenceCells {
	const shown = rows.filter(isShown);
	const number = (row: Comparison, value: number | null) =>
		numberText(value, digitsOf(row.statistic), locale);
	const error = (row: Comparison) => `(${number(row, row.se)})`;
	const widest = (textOf: (row: Comparison) => string) =>
		Math.max(0, ...shown.map((row) => widthOf(textOf(row))));
	const wide = {
		error: widest(error),
		low: widest((row) => number(row, row.ciLow)),
		high: widest((row) => number(row, row.ciHigh)),
	};
	const marked = shown.some(({ status }) => status !== "ok");
	const anyStar = shown.some((row) => isSignificant(row, settings));
	return {
		difference(row) {
			const mark = marked ? (row.status === "ok" ? "  " : " !") : "";
			return { text: `${number(row, row.difference)} ${padLeft(error(row), wide.error)}${mark}` };
		},
		interval(row) {
			if (row.ciLow === null && row.ciHigh === null) return { text: numberText(null, 0, locale) };
			const low = padLeft(number(row, row.ciLow), wide.low);
			return { text: `${low} ${locale.text("compare.to")} ${padLeft(number(row, row.ciHigh), wide.high)}` };
		},
		p: (row) => ({ text: pText(row.p, locale) }),
		decision: (row) => ({ text: pText(decidingP(row), locale) }),
		starred(cell, row) {
			const star = isSignificant(row, settings) ? " *" : "  ";
			return anyStar ? { ...cell, text: cell.text + star } : cell;
		},
		head: (head, cellOf) =>
			stackHead(
				head,
				widest((row) => cellOf(row).text),
			),
		starredHead(head, cellOf) {
			const width = widest((row) => cellOf(row).text);
			const room = anyStar ? GAP.length : 0;
			return stackHead(head, width).map((line) => pad(line, Math.min(width, widthOf(line) + room)));
		},
	};
}
