import { readAsset } from "../../platform/assets.js";
import { TOOL } from "../../platform/package.js";
import { LANGUAGES, type Language, loadLocale } from "../../wording/locale.js";
import { type Pack, SAMPLE_NUMBER } from "../pack.js";
import { atlas } from "./atlas.js";
import { editionOf } from "./edition.js";
import { allNames, inEachLanguage } from "./names.js";
import type { PackSource } from "./source.js";
import { contrastsOf, packedTables, sourceSystems } from "./tables.js";

export { publishedSources } from "./published-sources.js";
export type { PackSource } from "./source.js";

/** Everything that a page over some sources holds. */
export async function packOf(sources: readonly PackSource[], language: Language): Promise<Pack> {
	const systems = sources.map(sourceSystems);
	const of = <T>(make: (source: PackSource, systems: readonly string[], place: number) => T): T[] =>
		sources.map((source, place) => make(source, systems[place] as string[], place));
	return {
		tool: `${TOOL.name} ${TOOL.version}`,
		languages: [language, ...LANGUAGES.filter((one) => one !== language)],
		messages: messages(),
		numbers: inEachLanguage((one) => loadLocale(one).number(SAMPLE_NUMBER, 1)),
		editions: of((source, codes) => editionOf(source, codes)),
		...allNames(sources),
		tables: of((source, codes, place) => packedTables(source, place, codes)).flat(),
		contrasts: of((source, _, place) => contrastsOf(source, place)).flat(),
		atlas: await atlas(),
	};
}

/** Beginnings of the keys that the page says something by. */
const SAID = [
	...["explore.", "average.", "between.", "compare.", "page.", "finding.standing-", "note.synthetic-data"],
	...["chart.percent", "chart.everybody", "chart.difference-pairs", "chart.description-rank"],
	...["chart.map-", "chart.synthetic", "report.language", "report.skip"],
];

function messages(): Pack["messages"] {
	const all = LANGUAGES.map((language) => {
		const known: Record<string, string> = JSON.parse(readAsset(`locales/${language}.json`));
		return [language, Object.fromEntries(Object.entries(known).filter(([key]) => isSaid(key)))];
	});
	return Object.fromEntries(all);
}

function isSaid(key: string): boolean {
	return SAID.some((start) => key.startsWith(start));
}
