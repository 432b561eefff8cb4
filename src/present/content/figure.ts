import type { Comparison, Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { digitsOf } from "../../wording/numbers.js";
import { statusText } from "../../wording/status-text.js";
import type { BoardCell } from "./cells.js";

/** Whether a number is shown despite its status. */
function isMarked({ estimate, status }: Estimate): boolean {
	return estimate !== null && status !== "ok";
}

/** Figure, standard error and mark; the status if the figure is hidden; empty without a row. */
export function figureCell(row: Estimate | undefined): BoardCell {
	if (row === undefined) return {};
	return row.estimate === null ? { status: row.status } : { ...valueCell(row), error: row.se };
}

/** The figure alone, with its mark. */
export function valueCell(row: Estimate): BoardCell {
	return {
		value: row.estimate,
		digits: digitsOf(row.statistic),
		...(isMarked(row) ? { marks: ["!"] as const } : {}),
	};
}

/** Bounds of an estimate or a difference; – if neither is known. */
export function intervalCell(row: Estimate | Comparison): BoardCell {
	const { ciLow: low, ciHigh: high } = row;
	const digits = digitsOf(row.statistic);
	if (low === null && high === null) return { value: null };
	return { interval: { low, high, ofDifference: "difference" in row }, digits };
}

/** A number of teachers or schools. */
export function sizeCell(size: number | null | undefined): BoardCell {
	return { value: size ?? null, digits: 0 };
}

/** Statuses that appear next to a number, for the legend of "!". */
export function markedStatuses({ estimates, comparisons }: ResultSet, locale: Locale): string {
	const marked = [
		...estimates.filter(isMarked),
		...comparisons.filter(({ difference, status }) => difference !== null && status !== "ok"),
	];
	return [...new Set(marked.map(({ status }) => statusText(status, locale)))].join(", ");
}
