import { LANGUAGES, loadLocale } from "../../wording/locale.js";
import { knownSystem } from "./family.js";
import type { Codebook } from "./schema.js";

/** What a country or economy is called: its code, that of its region, and its names in all languages. */
export function namesOfSystem(systems: NonNullable<Codebook["systems"]>, code: string): string[] {
	const { region, label } = knownSystem(code) ?? systems[code] ?? {};
	const names = region === undefined ? [] : LANGUAGES.map((language) => loadLocale(language).region(region));
	const own = Object.values<string | undefined>(label ?? {}).filter((name) => name !== undefined);
	return [code, ...(region === undefined ? [] : [region]), ...names, ...own];
}
