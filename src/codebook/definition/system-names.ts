import { type Called, type Choices, didYouMean } from "../../base/suggest.js";
import { readAsset } from "../../platform/assets.js";
import { LANGUAGES, loadLocale } from "../../wording/locale.js";
import { knownSystem } from "./family.js";
import type { Codebook } from "./schema.js";

/** Names of a country or economy: its code, that of its region, and its names in all languages. */
export function namesOfSystem(systems: NonNullable<Codebook["systems"]>, code: string): string[] {
	const { region, label } = knownSystem(code) ?? systems[code] ?? {};
	const names = region === undefined ? [] : LANGUAGES.map((language) => loadLocale(language).region(region));
	const own = Object.values<string | undefined>(label ?? {}).filter((name) => name !== undefined);
	return [code, ...(region === undefined ? [] : [region]), ...names, ...own];
}

/** Names of countries and economies in all languages, by code; unknown codes are left out. */
function systemsCalled(
	systems: NonNullable<Codebook["systems"]>,
	codes: readonly string[],
): Map<string, Called> {
	const called = codes.map((code): [string, Called | undefined] => {
		const { region, label } = systems[code] ?? knownSystem(code) ?? {};
		if (label !== undefined || region === undefined) return [code, label];
		const names = LANGUAGES.map((language) => [language, loadLocale(language).region(region)]);
		return [code, { en: region, ...Object.fromEntries(names) }];
	});
	return new Map(called.filter((one): one is [string, Called] => one[1] !== undefined));
}

/** Advice for a country or economy without figures among those of some systems. */
export function absentSystem(
	word: string,
	systems: readonly string[],
	{ systems: known = {} }: Pick<Codebook, "systems">,
): string | Choices {
	const code = word.toUpperCase();
	if (knownSystem(code) !== undefined) {
		return "it has none in the tables of this cycle; another cycle may have some";
	}
	if (isCountry(code)) return "it took part in no cycle, or published no figures";
	return didYouMean(word, systems, { labels: systemsCalled(known, systems) });
}

/** Whether a word is an ISO 3166-1 alpha-3 code of a country that the map has. */
function isCountry(code: string): boolean {
	return /^[A-Z]{3}$/.test(code) && readAsset("geography/world.json").includes(`"code":"${code}"`);
}
