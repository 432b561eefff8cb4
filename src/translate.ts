import type { Codebook } from "./codebook/schema.js";
import { breakdownLabel, relabelled, topicLabels, valueLabel } from "./labels.js";
import { type Language, type Locale, loadLocale } from "./locale.js";
import type { Estimate, Labels, Note, ResultSet } from "./results.js";

/**
 * Results with all their words in another language; the numbers stay. Names that the codebook does not have, such
 * as those of a survey of one's own, stay as they are.
 */
export function translated(results: ResultSet, language: Language, codebook: Codebook): ResultSet {
	const locale = loadLocale(language);
	const { settings, labels } = results;
	const kind = String(settings.averageKind ?? "simple");
	const estimates = results.estimates.map((row) => relabelled(row, codebook, language));
	return {
		...results,
		codebook: { ...results.codebook, title: codebook.title[language] ?? codebook.title.en },
		settings: { ...settings, lang: language },
		...(labels === undefined
			? {}
			: { labels: labelsIn(labels, estimates, language, codebook, settings.yes) }),
		estimates,
		comparisons: results.comparisons.map((row) => relabelled(row, codebook, language)),
		notes: results.notes.map((note) => noteIn(note, kind, locale)),
	};
}

function labelsIn(
	labels: Labels,
	estimates: readonly Estimate[],
	language: Language,
	codebook: Codebook,
	yes: unknown,
): Labels {
	const items = new Map(
		estimates.flatMap(({ topic, item, label }) => [
			[item, label],
			[`${topic}:${item}`, label],
		]),
	);
	const asked = { language, yes: Array.isArray(yes) ? (yes as string[]) : null };
	return {
		topics: mapped(labels.topics, (key, old) => {
			const made = topicLabels(codebook, key, asked);
			return made.label === key ? old : made;
		}),
		bases: mapped(labels.bases, (base, old) => {
			const label = codebook.bases[base as keyof Codebook["bases"]]?.label;
			return label?.[language] ?? label?.en ?? old;
		}),
		groups: mapped(labels.groups, (id, { label, values }) => ({
			label: known(breakdownLabel(codebook, id, language) ?? id, id, label),
			values: mapped(values, (value, old) =>
				id === "item"
					? (items.get(value) ?? old)
					: known(valueLabel(codebook, id, value, language), value, old),
			),
		})),
	};
}

/** A name that is only the id says less than what was there. */
function known(name: string, id: string, old: string): string {
	return name === id ? old : name;
}

function mapped<T>(record: Record<string, T>, change: (key: string, value: T) => T): Record<string, T> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]));
}

/** Notes carry their facts, so that their sentence can be made again. */
function noteIn(note: Note, averageKind: string, locale: Locale): Note {
	const key = `note.${note.code}`;
	if (!locale.knows(key)) return note;
	const { kind, ...facts } = (note.detail ?? {}) as Record<string, string | number>;
	// The one fact that is a word.
	const detail = { ...facts, ...(kind === undefined ? {} : { kind: locale.text(`average.${averageKind}`) }) };
	return { ...note, text: locale.text(key, detail), ...(note.detail === undefined ? {} : { detail }) };
}
