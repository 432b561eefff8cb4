import type { Text } from "../codebook/definition/schema.js";
import { LANGUAGES, loadLocale } from "../wording/locale.js";

/** What a draft says in its own words, in all languages; all else is the file's. */
export function ownText(key: "all" | "any" | "others" | "mixed"): Text {
	const said = (language: string) => loadLocale(language).text(`draft.${key}`);
	return { en: said("en"), ...Object.fromEntries(LANGUAGES.map((language) => [language, said(language)])) };
}
