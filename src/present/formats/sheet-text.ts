import { withoutControls } from "../rows/spreadsheet-safe.js";

/** What a text cell of a workbook can hold. */
const MOST_CHARACTERS = 32_767;

/** No character that XML cannot hold, no more than a cell takes. Cells say that they are texts, so none is a formula. */
export function sheetText(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
	const clean = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ");
	return withoutControls(clean.slice(0, MOST_CHARACTERS - 1));
}
