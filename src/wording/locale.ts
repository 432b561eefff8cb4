import { readAsset } from "../platform/assets.js";
import { createLocale, type Locale } from "./create-locale.js";
import type { Language } from "./languages.js";

export type { Locale } from "./create-locale.js";
export { LANGUAGES, type Language } from "./languages.js";

const cache = new Map<Language, Locale>();

/** Messages live in data/locales/LANGUAGE.json: one flat object, key → text. */
export function loadLocale(language: Language): Locale {
	const known = cache.get(language);
	if (known !== undefined) return known;
	const locale = createLocale(language, JSON.parse(readAsset(`locales/${language}.json`)));
	cache.set(language, locale);
	return locale;
}
