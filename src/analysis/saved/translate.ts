import { inLanguage } from "../../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { COUNTS_CODEBOOK, reachWords } from "../../reach/words.js";
import { gapTopicsOf } from "../../results/gap-topics.js";
import { type Labels, type Note, type ResultSet, withSettings } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { LANGUAGES, type Language, type Locale, loadLocale } from "../../wording/locale.js";
import {
	breakdownLabel,
	itemLabelOf,
	labelsOf,
	relabelled,
	type SideLabels,
} from "../result/codebook-labels.js";
import { makeNote } from "../result/notes.js";

/**
 * Saved results in a language. Names come from the codebook: the one given, else the installed one of the same id;
 * what it does not know keeps the name it was saved with, and a note says so where there is no codebook at all.
 */
export function translated(
	results: ResultSet,
	language: Language = languageOf(results),
	codebook: Codebook | undefined = installed(results),
): ResultSet {
	const own = languageOf(results);
	if (language === own && results.labels !== undefined) return withSettings(results, { lang: language });
	const locale = loadLocale(language);
	if (results.codebook.id === COUNTS_CODEBOOK) {
		const { title, labels } = reachWords(locale);
		const notes = results.notes.map((note) => retold(note, results.settings, locale));
		return {
			...withSettings(results, { lang: language }),
			codebook: { ...results.codebook, title },
			labels,
			notes,
		};
	}
	if (codebook === undefined) {
		const note = makeNote(locale)("labels-saved", { codebook: results.codebook.id, language: own });
		return {
			...withSettings(results, { lang: language }),
			notes: [...results.notes.map((one) => retold(one, results.settings, locale, results.labels)), note],
		};
	}
	const estimates = results.estimates.map((row) => relabelled(row, codebook, language));
	const comparisons = results.comparisons.map((row) => relabelled(row, codebook, language));
	const renamed = { ...withSettings(results, { lang: language }), estimates, comparisons };
	const labels = labelsIn(renamed, codebook, locale);
	return {
		...renamed,
		codebook: { ...results.codebook, title: inLanguage(codebook.title, language) },
		labels,
		notes: results.notes.map((note) => retold(note, results.settings, locale, labels)),
	};
}

/** The language that results were made in; English where they do not say. */
export function languageOf({ settings }: Pick<ResultSet, "settings">): Language {
	return LANGUAGES.find((language) => language === settings.lang) ?? "en";
}

function installed({ codebook: { id } }: ResultSet): Codebook | undefined {
	return codebookIds().includes(id) ? loadCodebook(id) : undefined;
}

/** What is needed and not offered has the needs' items. */
function topicOf(topic: string, results: ResultSet): string {
	const { need, unmet } = gapTopicsOf(results);
	return topic === unmet ? need : topic;
}

function labelsIn(results: ResultSet, codebook: Codebook, locale: Locale): Labels {
	const { language } = locale;
	const { estimates, comparisons, labels: saved } = results;
	const rows = [...estimates, ...comparisons];
	const compared = comparisons.map(({ between: { variable, a, b } }) => ({ variable, values: [a, b] }));
	const sides = compared.flatMap(({ variable, values }) => values.map((value) => ({ [variable]: value })));
	const groups = [...rows.map(({ group }) => group), ...sides];
	const ids = [
		...new Set([...groups.flatMap((group) => Object.keys(group)), ...Object.keys(saved?.groups ?? {})]),
	];
	const known = groups.concat(
		Object.entries(saved?.groups ?? {}).flatMap(([id, { values }]) =>
			Object.keys(values).map((value) => ({ [id]: value })),
		),
	);
	const topics = [...new Set([...rows.map(({ topic }) => topic), ...Object.keys(saved?.topics ?? {})])];
	const { yes = null } = results.settings;
	const made = labelsOf(
		codebook,
		topics,
		known,
		ids.map((id) => ({ id })),
		{ language, yes },
		itemSides(results, known, codebook, locale),
	);
	return saved === undefined ? made : kept(made, saved);
}

/** Names of compared items, which are no groups of the codebook. */
function itemSides(
	results: ResultSet,
	groups: readonly Record<string, string>[],
	codebook: Codebook,
	{ language }: Locale,
): SideLabels {
	const compared = [...new Set(groups.flatMap((group) => group.item ?? []))];
	if (compared.length === 0) return {};
	const items = new Map(
		[...results.estimates, ...results.comparisons].flatMap(({ topic, item, label }) => [
			[item, label],
			[`${topic}:${item}`, label],
		]),
	);
	const nameOf = (value: string) => items.get(value) ?? itemAnywhere(codebook, results, value, language);
	const named = compared.map((value) => [value, nameOf(value) ?? value]);
	return {
		item: { label: breakdownLabel(codebook, "item", language) ?? "item", values: Object.fromEntries(named) },
	};
}

/** An item by `topic:item`, or by its key alone in any topic of the results. */
function itemAnywhere(codebook: Codebook, results: ResultSet, value: string, language: Language) {
	const [first = "", second] = value.split(":");
	if (second !== undefined) return itemLabelOf(codebook, first, second, language);
	const topics = [...results.estimates, ...results.comparisons].map(({ topic }) => topic);
	for (const topic of new Set(topics)) {
		const label = itemLabelOf(codebook, topicOf(topic, results), first, language);
		if (label !== undefined) return label;
	}
	return undefined;
}

/** Where only an id could be found, the saved name stays. */
function kept(made: Labels, saved: Labels): Labels {
	const topics = Object.entries(made.topics).map(([id, topic]) => [
		id,
		topic.label === id ? (saved.topics[id] ?? topic) : topic,
	]);
	const groups = Object.entries(made.groups).map(([id, { label, values }]) => {
		const old = saved.groups[id];
		const named = Object.entries(values).map(([value, name]) => [
			value,
			name === value ? (old?.values[value] ?? name) : name,
		]);
		return [id, { label: label === id ? (old?.label ?? id) : label, values: Object.fromEntries(named) }];
	});
	const grids = made.grids ?? saved.grids;
	return {
		...(grids === undefined ? {} : { grids }),
		topics: Object.fromEntries(topics),
		bases: { ...saved.bases, ...made.bases },
		groups: Object.fromEntries(groups),
	};
}

/** A note from its facts; one whose facts do not fill its sentence stays as it was saved. */
function retold(note: Note, { averageKind = "simple" }: Settings, locale: Locale, labels?: Labels): Note {
	const { code, detail = {} } = note;
	if (!locale.knows(`note.${code}`)) return note;
	const facts = detail as Record<string, string | number>;
	// The one fact that is a word.
	const spoken = "kind" in facts ? { ...facts, kind: locale.text(`average.${averageKind}`) } : facts;
	const { breakdown } = facts;
	const words = breakdown === undefined ? {} : { breakdown: labels?.groups[breakdown]?.label ?? breakdown };
	const text = locale.text(`note.${code}`, { ...spoken, ...words });
	if (/\{\w+\}/.test(text)) return note;
	return { ...note, text, ...(note.detail === undefined ? {} : { detail: spoken }) };
}
