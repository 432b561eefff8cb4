import type { Text } from "../codebook/definition/schema.js";
import { LANGUAGES, loadLocale } from "../wording/locale.js";

/** How the draft knows who was asked. */
type Asked = "answer" | "any" | "each" | "none" | "some" | "ticked" | "unticked" | "zero";

/** The draft's own words in all languages; all other words come from the file. */
export function ownText(
	key: "all" | "any" | "finished" | "forms" | "mixed" | "others" | `asked${"" | `-${Asked}`}`,
	fill: Readonly<Record<string, string>> = {},
): Text {
	const said = (language: string) => loadLocale(language).text(`draft.${key}`, fill);
	return { en: said("en"), ...Object.fromEntries(LANGUAGES.map((language) => [language, said(language)])) };
}
