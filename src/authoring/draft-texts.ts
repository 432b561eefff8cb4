import type { Text } from "../codebook/definition/schema.js";
import { LANGUAGES, loadLocale } from "../wording/locale.js";

/** How it is told who was asked. */
type Asked = "answer" | "any" | "each" | "none" | "some" | "ticked" | "unticked" | "zero";

/** What a draft says in its own words, in all languages; all else is the file's. */
export function ownText(
	key: "all" | "any" | "finished" | "forms" | "mixed" | "others" | `asked${"" | `-${Asked}`}`,
	fill: Readonly<Record<string, string>> = {},
): Text {
	const said = (language: string) => loadLocale(language).text(`draft.${key}`, fill);
	return { en: said("en"), ...Object.fromEntries(LANGUAGES.map((language) => [language, said(language)])) };
}
