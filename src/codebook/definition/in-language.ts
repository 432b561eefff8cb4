import { type Language, loadLocale } from "../../wording/locale.js";

/**
 * A text in a language: its own, else what the language's file has for the English one (`label:ENGLISH`), else in
 * English, else in whatever it has.
 */
export function inLanguage(
	text: {
		[L in Language]?: string | undefined;
	},
	language: Language,
): string {
	return text[language] ?? labelOf(text.en, language) ?? text.en ?? Object.values(text)[0] ?? "";
}

function labelOf(english: string | undefined, language: Language): string | undefined {
	if (english === undefined || language === "en") return undefined;
	const locale = loadLocale(language);
	return locale.knows(`label:${english}`) ? locale.text(`label:${english}`) : undefined;
}
