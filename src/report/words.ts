import type { Language } from "../locale.js";

/** A text of a config in a language; English, or whatever there is, stands in. */
export function inLanguage(text: { [L in Language]?: string | undefined }, language: Language): string {
	return text[language] ?? text.en ?? Object.values(text)[0] ?? "";
}
