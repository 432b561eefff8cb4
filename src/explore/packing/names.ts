import { translated } from "../../analysis/saved/translate.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Estimate, Labels, ResultSet } from "../../results/result-set.js";
import { LANGUAGES, loadLocale } from "../../wording/locale.js";
import type { Pack, Texts } from "../pack.js";
import type { PackSource } from "./source.js";
import { ONLY_SYSTEM } from "./tables.js";

type Named = Pick<Pack, "topics" | "groups" | "bases" | "averages"> & Pick<Pack, "items" | "titles">;

/** What everything in some sources is called, in all languages; where two of them say it, the first does. */
export function allNames(sources: readonly PackSource[]): Named {
	const topics = new Map<string, { label: Texts; items: Map<string, Texts> }>();
	const groups: Record<string, { label: Texts; values: Record<string, Texts> }> = {};
	const bases: Record<string, Texts> = {};
	const averages: Record<string, Texts> = {};
	const ofEditions = sources.map((source) => {
		const own: { titles: Record<string, Texts>; items: Record<string, Texts> } = { titles: {}, items: {} };
		for (const results of source.results) {
			const { labels, items } = spoken(results, source);
			for (const [id, texts] of each(labels, (one) => labelsOf(one.topics, "label"))) {
				if (!topics.has(id)) topics.set(id, { label: texts, items: new Map() });
			}
			for (const [id, texts] of each(labels, (one) => labelsOf(one.topics, "title")))
				own.titles[id] ??= texts;
			for (const [key, texts] of items) {
				const [topic, item] = key;
				const known = topics.get(topic)?.items;
				if (known === undefined) continue;
				if (!known.has(item)) known.set(item, texts);
				else if (known.get(item)?.en !== texts.en) own.items[`${topic}:${item}`] ??= texts;
			}
			for (const [id, texts] of each(labels, (one) => one.bases)) bases[id] ??= texts;
			for (const [id, label] of each(labels, (one) => labelsOf(one.groups, "label"))) {
				groups[id] ??= { label, values: {} };
			}
			for (const id of Object.keys(groups)) {
				const values = groups[id]?.values as Record<string, Texts>;
				for (const [value, texts] of each(labels, (one) => one.groups[id]?.values ?? {}))
					values[value] ??= texts;
			}
		}
		for (const [id, { label }] of Object.entries(source.codebook?.averages ?? {})) {
			averages[id] ??= inEachLanguage((language) => inLanguage(label, language));
		}
		return own;
	});
	const country = groups.country ?? {
		label: inEachLanguage((language) => loadLocale(language).text("between.country")),
		values: {},
	};
	groups.country = country;
	country.values[ONLY_SYSTEM] ??= inEachLanguage((language) => loadLocale(language).text("between.own"));
	return {
		topics: [...topics].map(([id, { label, items }]) => ({
			id,
			label,
			items: inOrder(id, items, sources).map(([item, label]) => ({ id: item, label })),
		})),
		...{ groups, bases, averages },
		titles: ofEditions.map(({ titles }) => titles),
		items: ofEditions.map(({ items }) => items),
	};
}

/** A text in every language. */
export function inEachLanguage(of: (language: string) => string): Texts {
	return Object.fromEntries(LANGUAGES.map((language) => [language, of(language)]));
}

/** Labels of results by language, and of their items; rows that name nothing new are left out first. */
function spoken(results: ResultSet, { codebook }: PackSource) {
	const few = { ...results, estimates: firstOfEach(results.estimates), notes: [] } as ResultSet;
	const all = LANGUAGES.map((language) => [language, translated(few, language, codebook)] as const);
	const labels = new Map(all.map(([language, { labels }]) => [language, labels as Labels]));
	const items = few.estimates.map(
		({ topic, item }, place) =>
			[
				[topic, item],
				Object.fromEntries(
					all.map(([language, { estimates }]) => [language, estimates[place]?.label ?? item]),
				),
			] as const,
	);
	return { labels, items };
}

function firstOfEach(rows: readonly Estimate[]): Estimate[] {
	const met = new Set<string>();
	return rows.filter(({ topic, item, group }) => {
		const names = [`${topic}:${item}`, ...Object.entries(group).map(([id, value]) => `${id}=${value}`)];
		const isNew = names.some((name) => !met.has(name));
		for (const name of names) met.add(name);
		return isNew;
	});
}

function labelsOf<K extends string>(record: Readonly<Record<string, Record<K, string> | object>>, key: K) {
	return Object.fromEntries(Object.entries(record).map(([id, one]) => [id, (one as Record<K, string>)[key]]));
}

/** Ids → their texts in all languages. */
function each(
	labels: ReadonlyMap<string, Labels>,
	pick: (labels: Labels) => Readonly<Record<string, string>>,
): [id: string, texts: Texts][] {
	const [first] = labels.values();
	const picked = [...labels].map(([language, one]) => [language, pick(one)] as const);
	return Object.keys(first === undefined ? {} : pick(first)).map((id) => [
		id,
		Object.fromEntries(picked.map(([language, one]) => [language, one[id] ?? id])),
	]);
}

/** Items as the latest codebook that has the topic orders them. */
function inOrder(
	topic: string,
	items: ReadonlyMap<string, Texts>,
	sources: readonly PackSource[],
): [string, Texts][] {
	const known = sources.flatMap(({ codebook }) => {
		const { items = {}, derived = {} } = codebook?.topics[topic] ?? {};
		return [...Object.keys(items), ...Object.keys(derived)];
	});
	const place = (item: string) => (known.includes(item) ? known.indexOf(item) : known.length);
	return [...items].sort(([a], [b]) => place(a) - place(b));
}
