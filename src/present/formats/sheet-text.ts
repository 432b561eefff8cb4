import { withoutControls } from "../rows/spreadsheet-safe.js";

/** Capacity of a text cell in a workbook. */
const MOST_CHARACTERS = 32_767;

/**
 * Removes characters that XML cannot hold and cuts the text to a cell's capacity. Cells are typed as text, so none
 * becomes a formula.
 */
export function sheetText(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
	const clean = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ");
	return withoutControls(clean.slice(0, MOST_CHARACTERS - 1));
}
