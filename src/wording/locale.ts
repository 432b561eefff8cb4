import { once } from "../base/once.js";
import { readAsset, readBuiltText } from "../platform/assets.js";
import { createLocale, type Locale } from "./create-locale.js";
import type { Language } from "./languages.js";

export type { Locale } from "./create-locale.js";
export { LANGUAGES, type Language } from "./languages.js";

const cache = new Map<Language, Locale>();

/**
 * Messages live in data/locales/LANGUAGE.json: one flat object, key → text. Names of regions and signs of numbers are those of
 * the Intl that the build ran with: to make either takes 10 ms, and they are the same under every Node.
 */
export function loadLocale(language: Language): Locale {
	const known = cache.get(language);
	if (known !== undefined) return known;
	const messages = JSON.parse(readAsset(`locales/${language}.json`));
	const names = once(() => JSON.parse(readBuiltText(`regions/${language}.json`) ?? "{}"));
	const signs = once(() => JSON.parse(readBuiltText(`numbers/${language}.json`) ?? "null") ?? undefined);
	const locale = createLocale(language, messages, language, names, signs);
	cache.set(language, locale);
	return locale;
}
