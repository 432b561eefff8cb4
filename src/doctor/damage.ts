import { once } from "../base/once.js";
import { isUnusual } from "../read/csv/unusual-cells.js";
import type { FindingCode } from "../results/about-files.js";
import { recognisedWords } from "../wording/recognised-words.js";

/** Dates that spreadsheets make of codes such as 1-2, 3/4 or 2.05. */
const date = once(() => {
	const month = `(?:${recognisedWords("month")})`;
	const forms = [
		"\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}(?:[ T]\\d.*)?",
		`\\d{1,2}[./ -]${month}\\.?`,
		`${month}\\.?[./ -]\\d{1,4}`,
	];
	return new RegExp(`^(?:${forms.join("|")})$`, "iu");
});
const error = once(() => new RegExp(`^#(?:${recognisedWords("spreadsheet-error")}|#+)$`, "iu"));
const DIGITS = /^\d*$/;

/** A long number reduced to its first digits. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d+$/i;

/** Spreadsheet damage in a text, if any. */
export function spreadsheetDamage(text: string): FindingCode | undefined {
	if (DIGITS.test(text)) return undefined;
	if (date().test(text)) return "excel-date";
	if (error().test(text)) return "excel-error";
	return SHORTENED.test(text) ? "excel-number" : undefined;
}

// Bytes 80–BF, which follow the first byte of a letter in UTF-8, as displayed in Windows-1252 and Windows-1251.
const AFTER_1252 =
	"\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178";
const AFTER_1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї";

/** `Ð°` and `Ñ€` for а and р. `Р°СЂ` needs two matches, because Р and С are also letters in their own right. */
const GARBLED = new RegExp(`[ÂÃÐÑÒÓ][${AFTER_1252}]|(?:[РСТУ][${AFTER_1251}]){2}`, "u");

/** Question marks in place of lost words; typed question marks follow a word. */
const LOST = /\ufffd|(?<![\p{L}\p{N}?]|[\p{L}\p{N}] )\?{3,}/u;

/** Kazakh letters that Windows-1251 lacks: question marks inside a Cyrillic word or at its start. */
const REPLACED = /(?<![^\s\p{Ps}\p{Script=Cyrillic}])\?+(?=\p{Script=Cyrillic})\p{Ll}/u;
/** A pattern in database syntax that matches every lost or garbled text and few others. */
export const SUSPECT = `\ufffd|[?][?][?]|[?][\u0400-\u052f]|[ÂÃÐÑÒÓ]|[РСТУ][${AFTER_1251}]`;

/** Encoding damage in a text, if any. */
export function encodingDamage(text: string): FindingCode | undefined {
	if (!isUnusual(text)) return undefined;
	if (LOST.test(text) || REPLACED.test(text)) return "encoding-lost";
	return GARBLED.test(text) ? "encoding-garbled" : undefined;
}
