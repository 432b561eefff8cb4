import type { Locale } from "../../wording/locale.js";
import { numberText, printedNumber, printedP, pText, signedText } from "../../wording/numbers.js";
import { statusText } from "../../wording/status-text.js";
import type { BoardCell, CellInterval } from "./cells.js";

/** Decimals of a change, in percentage points. */
const OF_CHANGE = 1;

/** A cell as text: "94.0 (0.6) !", "−19.8 to 4.4", or the reason for a missing figure; empty for an empty cell. */
export function cellText(cell: BoardCell, locale: Locale): string {
	return [...cellParts(cell, locale), ...(cell.marks ?? [])].join(" ");
}

/** The text of a cell without marks, split into the parts that a terminal aligns between cells. */
export function cellParts(cell: BoardCell, locale: Locale): string[] {
	const { value, error, interval, status, word } = cell;
	if (word !== undefined) return [word];
	if (status !== undefined) return [statusText(status, locale)];
	const text = (number: number | null) => writtenNumber(number, cell, locale);
	if (interval !== undefined) return intervalParts(interval, text, locale);
	return [
		...(value === undefined ? [] : [text(value)]),
		...(error === undefined ? [] : [`(${text(error)})`]),
	];
}

/** The number that a cell starts with, as printed; null if it starts with none. */
export function printedValue({ value, digits = 0, interval, status }: BoardCell): number | null {
	const number = interval === undefined ? value : interval.low;
	if (number === undefined || number === null || status !== undefined) return null;
	if (digits === "p") return printedP(number);
	return printedNumber(number, digits === "change" ? OF_CHANGE : digits);
}

function intervalParts(
	{ low, high, ofDifference }: CellInterval,
	text: (number: number | null) => string,
	locale: Locale,
): string[] {
	return ofDifference ? [text(low), locale.text("compare.to"), text(high)] : [`${text(low)}–${text(high)}`];
}

function writtenNumber(number: number | null, { digits = 0 }: BoardCell, locale: Locale): string {
	if (digits === "p") return pText(number, locale);
	return digits === "change" ? signedText(number, OF_CHANGE, locale) : numberText(number, digits, locale);
}
