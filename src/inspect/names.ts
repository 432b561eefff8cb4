import { inLanguage } from "../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { itemsOf } from "../codebook/meaning/select-items.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { knownVariable } from "../codebook/variables/library.js";
import { columnIndex } from "../read/columns/column-names.js";
import { withSource } from "../read/index.js";
import { type Language, loadLocale } from "../wording/locale.js";

/** A name that the user may type, with its meaning. */
export type NameMeaning = readonly [name: string, meaning: string];

/** Names that a survey file accepts. What the file does not determine comes from the newest built-in codebook. */
export interface SurveyNames {
	topics: NameMeaning[];
	items: NameMeaning[];
	groups: NameMeaning[];
	/** Values of each group. */
	values: ReadonlyMap<string, NameMeaning[]>;
	columns: NameMeaning[];
	systems: NameMeaning[];
	codebooks: NameMeaning[];
}

/**
 * The names that a survey file accepts; reads no rows.
 * @param file Undefined if no file is given.
 * @throws UserError if the file cannot be read or belongs to no known survey.
 */
export async function surveyNames(file: string | undefined, language: Language): Promise<SurveyNames> {
	if (file === undefined) return namesOf(loadCodebook(codebookIds().at(-1) as string), undefined, language);
	return withSource(file, {}, async ({ name, columns }) =>
		namesOf(chooseCodebook(null, columns, name), columns, language),
	);
}

function namesOf(
	codebook: Codebook,
	columns: readonly string[] | undefined,
	language: Language,
): SurveyNames {
	const isThere = (variable: string) => columns === undefined || columnIndex(columns, variable) !== undefined;
	const groups = Object.entries(codebook.groups).filter(([, { variable }]) => isThere(variable));
	const items = Object.keys(codebook.topics).flatMap((topic) =>
		itemsOf(codebook, topic).filter(({ item }) => item === undefined || isThere(item.variable)),
	);
	const systems = Object.entries(codebook.systems ?? {}).map(([code, { region, label }]): NameMeaning => {
		const name = region === undefined ? undefined : loadLocale(language).region(region);
		return [code, name ?? (label === undefined ? "" : inLanguage(label, language))];
	});
	return {
		topics: Object.entries(codebook.topics)
			.filter(([key]) => items.some(({ topic }) => topic === key))
			.map(([key, { label }]) => [key, inLanguage(label, language)]),
		items: items.map(({ key, label }) => [key, inLanguage(label, language)]),
		groups: groups.map(([id, { label }]) => [id, inLanguage(label, language)]),
		values: new Map(
			groups.map(([id, { values }]) => [
				id,
				values === "systems"
					? systems
					: Object.entries(values).map(
							([value, { label }]): NameMeaning => [value, inLanguage(label, language)],
						),
			]),
		),
		columns: (columns ?? []).flatMap((column) => {
			const known = knownVariable(codebook, column);
			return known?.kind === "replicate" ? [] : [[column, inLanguage(known?.label ?? { en: "" }, language)]];
		}),
		systems,
		codebooks: codebookIds().map((id) => [id, inLanguage(loadCodebook(id).title, language)]),
	};
}
