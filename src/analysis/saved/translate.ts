import { entryOf } from "../../base/entry-of.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { reachWords } from "../../reach/words.js";
import { type Labels, type Note, type ResultSet, withSettings } from "../../results/result-set.js";
import type { Settings } from "../../results/result-settings.js";
import { LANGUAGES, type Language, type Locale, loadLocale } from "../../wording/locale.js";
import { benchmarkWords, makeNote, publisherWords } from "../result/notes.js";
import { putLabels } from "../result/put-labels.js";
import { wordsFor } from "../result/words-for.js";
import { withNames } from "../synthesis/relabel.js";

/**
 * Saved results in another language. Names come from the given codebook, otherwise the installed one with the same id.
 * Ids that it lacks keep their saved names; without any codebook a note says so.
 */
export function translated(
	results: ResultSet,
	language: Language = languageOf(results),
	codebook: Codebook | undefined = installed(results),
): ResultSet {
	const own = languageOf(results);
	const spoken = withSettings(results, { lang: language });
	if (language === own && results.labels !== undefined) return spoken;
	const locale = loadLocale(language);
	const notesWith = (labels?: Labels) =>
		results.notes.map((note) => retold(note, results.settings, locale, codebook, labels));
	if (results.kind === "reach") {
		const { title, labels } = reachWords(locale);
		return { ...spoken, codebook: { ...results.codebook, title }, labels, notes: notesWith() };
	}
	if (codebook === undefined) {
		const note = makeNote(locale)("labels-saved", { codebook: results.codebook.id, language: own });
		return { ...spoken, notes: [...notesWith(results.labels), note] };
	}
	const { labels, ...rows } = putLabels(results, { codebook, saved: results.labels }, language);
	const title = inLanguage(codebook.title, language);
	return withNames({
		...spoken,
		...rows,
		codebook: { ...results.codebook, title },
		labels,
		notes: notesWith(labels),
	});
}

/** The language of results; English if they do not say. */
export function languageOf({ settings }: Pick<ResultSet, "settings">): Language {
	return LANGUAGES.find((language) => language === settings.lang) ?? "en";
}

function installed({ codebook: { id } }: ResultSet): Codebook | undefined {
	return codebookIds().includes(id) ? loadCodebook(id) : undefined;
}

/** Rebuilds a note from its facts. If they do not fill its sentence, the saved text stays. */
function retold(
	note: Note,
	{ averageKind = "simple", benchmark }: Settings,
	locale: Locale,
	codebook?: Codebook,
	labels?: Labels,
): Note {
	const { code, detail = {} } = note;
	if (!locale.knows(`note.${code}`)) return note;
	const facts = detail as Record<string, string | number>;
	// The only fact that is a word.
	const spoken = "kind" in facts ? { ...facts, kind: locale.text(`average.${averageKind}`) } : facts;
	const { breakdown } = facts;
	const words = {
		...(breakdown === undefined
			? {}
			: { breakdown: entryOf(labels?.groups, String(breakdown))?.label ?? breakdown }),
		...(codebook === undefined ? {} : publisherWords(codebook, locale.language)),
		...(codebook === undefined ? {} : benchmarkWords(codebook, benchmark)),
		...wordsFor(code, facts, codebook, locale.language),
	};
	const text = locale.text(`note.${code}`, { ...spoken, ...words });
	if (/\{\w+\}/.test(text)) return note;
	return { ...note, text, ...(note.detail === undefined ? {} : { detail: spoken }) };
}
