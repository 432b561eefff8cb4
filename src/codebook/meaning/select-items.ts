import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Base } from "../../results/result-set.js";
import type { Codebook, Item, Text } from "../definition/schema.js";
import { saysAll } from "../variables/words.js";
import { foldCase } from "./answers.js";

/** An item or a derived row of a topic, as asked for. */
export interface SelectedItem {
	topic: string;
	key: string;
	/** Absent for derived rows. */
	item?: Item;
	/** For the share of one answer: its item and its code. */
	answer?: { of: string; code: string };
	/** For ratios: position of the denominator among the ratio's variables. */
	per?: number;
	/** Place of the variable that counts teachers who skipped it only where an answer says why. */
	routed?: number;
	/** The base its own routing gives it. */
	base: Base;
	label: Text;
}

/** The topics that are taken where none is asked for. */
export function defaultTopics({ defaults, topics }: Codebook): string[] {
	return defaults?.topics ?? Object.keys(topics);
}

/**
 * Items and derived rows of the asked topics, in codebook order.
 * @param topics None takes the codebook's own choice.
 * @param items Words that choose among them: a key, `topic:key`, a variable, or part of a key or label in
 *   any language. An exact match stands alone; otherwise all that contain the word are taken.
 * @throws UserError for unknown topics and items.
 */
export function selectItems(
	codebook: Codebook,
	topics: readonly string[],
	items: readonly string[],
): SelectedItem[] {
	const asked = (topics.length === 0 ? defaultTopics(codebook) : topics).flatMap((topic) =>
		knownTopics(codebook, topic),
	);
	const shown = ({ topic, key }: SelectedItem) =>
		entryOf(entryOf(codebook.topics, topic)?.derived, key)?.onRequest !== true;
	if (items.length === 0) {
		// Of a codebook that chooses none, all topics are asked, those of a user among them.
		const all = [...asked, ...(topics.length === 0 ? ownTopics(codebook) : [])];
		return unique(all.flatMap((topic) => itemsOf(codebook, topic)).filter(shown));
	}
	const chosen = new Set<SelectedItem>();
	const pool = [...asked, ...ownTopics(codebook)].flatMap((topic) => itemsOf(codebook, topic));
	const everything = Object.keys(codebook.topics).flatMap((topic) => itemsOf(codebook, topic));
	for (const word of items) {
		const found = matching(word.includes(":") ? everything : pool, word, shown);
		if (found.length === 0) throw unknownItem(codebook, word, pool, everything);
		for (const item of found) chosen.add(item);
	}
	const order = (item: SelectedItem) =>
		everything.findIndex((other) => other.topic === item.topic && other.key === item.key);
	return unique([...chosen]).toSorted((a, b) => order(a) - order(b));
}

/** Topic of concepts that are defined with a question. */
export const OWN = "own";

function ownTopics({ topics }: Codebook): string[] {
	return Object.hasOwn(topics, OWN) ? [OWN] : [];
}

/**
 * The item or derived row of a name: `topic:key`, a variable, or a key, in the topic it is named in, among the
 * user-defined concepts, in the usual topics, and then anywhere.
 */
export function itemNamed(codebook: Codebook, name: string, near?: string): SelectedItem | undefined {
	const word = name.toLowerCase();
	const within = (topics: readonly string[]) => topics.flatMap((topic) => itemsOf(codebook, topic));
	const everything = within(Object.keys(codebook.topics));
	const exact = everything.find(
		({ topic, key, item }) => `${topic}:${key}` === word || item?.variable.toLowerCase() === word,
	);
	if (exact !== undefined) return exact;
	const order = [...(near === undefined ? [] : [near]), ...ownTopics(codebook), ...defaultTopics(codebook)];
	return [...within(order), ...everything].find(({ key }) => key === word);
}

function unique(items: readonly SelectedItem[]): SelectedItem[] {
	return [...new Map(items.map((item) => [`${item.topic}:${item.key}`, item])).values()];
}

/** A grid stands for its topics, `providers-*` for all topics that begin so; labels, in any language, stand for theirs. */
export function knownTopics(codebook: Codebook, name: string): string[] {
	const { grids = {} } = codebook;
	const topics = Object.keys(codebook.topics);
	const [word, start] = [name.toLowerCase(), name.toLowerCase().replace(/\*$/, "")];
	if (Object.hasOwn(grids, word)) return Object.keys(grids[word]?.topics ?? {});
	const found = topics.filter((topic) => topic === word || (start !== word && topic.startsWith(start)));
	const fitting = found.length > 0 ? found : topicsLabelled(codebook, name);
	if (fitting.length > 0) return fitting;
	throw new UserError(`there is no topic "${name}"`, {
		hint: didYouMean(name, [...topics, ...Object.keys(grids)], {
			labels: new Map(Object.entries(codebook.topics).map(([key, { label }]) => [key, label])),
		}),
	});
}

/**
 * Topics whose label, in any language, these words are; else the one whose label begins so, or has them all.
 * @throws UserError for words that several labels have.
 */
function topicsLabelled({ topics }: Codebook, words: string): string[] {
	const folded = foldCase(words);
	const by = (fits: (label: string) => boolean) =>
		Object.entries(topics).flatMap(([key, { label }]) =>
			Object.values(label).some((text) => text !== undefined && fits(foldCase(text))) ? [key] : [],
		);
	const whole = by((label) => label === folded);
	if (whole.length > 0 || folded === "") return whole;
	const begun = by((label) => label.startsWith(folded));
	if (begun.length === 1) return begun;
	const about = by(saysAll(words));
	if (about.length > 1) {
		const named = about.map((key) => `${key} (${entryOf(topics, key)?.label.en})`);
		throw new UserError(`"${words}" fits ${about.length} topics`, {
			hint: `name one of them: ${named.join(", ")}`,
		});
	}
	return about;
}

/** Every row a topic can give, items first. */
export function itemsOf(codebook: Codebook, topicKey: string): SelectedItem[] {
	const topic = entryOf(codebook.topics, topicKey);
	if (topic === undefined) return [];
	const items = Object.entries(topic.items).map(([key, item]) => ({
		topic: topicKey,
		key,
		item,
		base: item.base ?? topic.base,
		label: item.label,
	}));
	const derived = Object.entries(topic.derived ?? {}).map(([key, { label, base }]) => ({
		topic: topicKey,
		key,
		base: base ?? topic.base,
		label,
	}));
	return [...items, ...derived];
}

/** @param shown Whether parts of names find an item; by its whole name every one is found. */
function matching(
	pool: readonly SelectedItem[],
	word: string,
	shown: (item: SelectedItem) => boolean = () => true,
): SelectedItem[] {
	const wanted = word.toLowerCase();
	const exact = pool.filter(
		({ topic, key, item }) =>
			key === wanted || `${topic}:${key}` === wanted || item?.variable.toLowerCase() === wanted,
	);
	if (exact.length > 0) return exact;
	return pool
		.filter(shown)
		.filter(({ key, label, item }) =>
			[key, ...Object.values(label), ...(item?.words ?? [])].some((text) =>
				text?.toLowerCase().includes(wanted),
			),
		);
}

function unknownItem(
	{ id }: Codebook,
	word: string,
	pool: readonly SelectedItem[],
	everything: readonly SelectedItem[],
): UserError {
	const named = (word.includes(":") ? everything : pool).map(
		({ topic, key, label }) => [word.includes(":") ? `${topic}:${key}` : key, label] as const,
	);
	// A name of several topics is what the first of them calls it.
	const labels = new Map(named.toReversed());
	const elsewhere = [...new Set(matching(everything, word).map(({ topic }) => topic))];
	const hint =
		elsewhere.length > 0
			? say`it is in ${elsewhere.join(", ")}: add ${option("topics", elsewhere.join(","))}`
			: didYouMean(
					word,
					named.map(([name]) => name),
					{ labels, listedBy: `talis-pd codebook show ${id}` },
				);
	return new UserError(`there is no item "${word}"`, { hint });
}
