import { listAssets, readAsset } from "../platform/assets.js";
import type { Language } from "./languages.js";

/** A sentence with places for names, such as `there is not an item "{name}"`, and what it is in a language. */
interface Sentence {
	/** What stands before, between and behind its names. */
	parts: string[];
	names: string[];
	/** Letters that are not of a name. */
	fixed: number;
	translation: string;
}

/**
 * What English sentences are in a language. They are written where they arise; `data/errors` and `data/drafts` have them
 * in other languages, by the English ones. What has no translation stays English.
 */
export function sentencesIn(kind: "errors" | "drafts", language: Language): (text: string) => string {
	const file = `${language}.json`;
	if (!listAssets(kind).includes(file)) return (text) => text;
	const sentences = sentencesOf(JSON.parse(readAsset(`${kind}/${file}`)));
	return (text) => translated(text, sentences);
}

/** Stands for the inner sentence while the outer one is translated; no text has it. */
const INNER = "\ue000";

/**
 * A sentence inside another one, each translated by itself: as one text, the inner one could be taken for the whole.
 * @param frame The outer sentence, with {what} where the inner one stands.
 */
export function framed(translate: (text: string) => string, frame: string, what: string): string {
	return translate(frame.replace("{what}", INNER)).replace(INNER, () => translate(what));
}

function sentencesOf(texts: Readonly<Record<string, string>>): Sentence[] {
	const sentences = Object.entries(texts).map(([english, translation]) => {
		const all = english.split(/\{(\w+)\}/);
		const parts = all.filter((_, place) => place % 2 === 0);
		return {
			parts,
			names: all.filter((_, place) => place % 2 === 1),
			fixed: parts.join("").length,
			translation,
		};
	});
	// One that fixes more letters says more exactly what is meant.
	return sentences.sort((a, b) => b.fixed - a.fixed);
}

/** A text whose names may be sentences themselves. */
function translated(text: string, sentences: readonly Sentence[]): string {
	for (const { parts, names, translation } of sentences) {
		const found = namesIn(text, parts);
		if (found === null) continue;
		const own = (place: number) => {
			const name = found[place] as string;
			return name.length > LONGEST ? name : translated(name, sentences);
		};
		const values = new Map(names.map((name, place) => [name, own(place)]));
		return translation.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
	}
	return text;
}

/** A longer name is user text, not a sentence of the tool. */
const LONGEST = 1000;

/** What stands between the parts of a sentence, each as short as can be but not empty; null where the text is another one. */
function namesIn(text: string, parts: readonly string[]): string[] | null {
	const [first = "", ...others] = parts;
	const last = others.pop();
	if (last === undefined) return text === first ? [] : null;
	if (!text.startsWith(first) || !text.endsWith(last)) return null;
	const names: string[] = [];
	let start = first.length;
	// One search per part: a pattern would try every way to set its names apart, which of a long text takes minutes.
	for (const part of others) {
		const end = text.indexOf(part, start + 1);
		if (end < 0) return null;
		names.push(text.slice(start, end));
		start = end + part.length;
	}
	const rest = text.slice(start, text.length - last.length);
	return start < text.length - last.length ? [...names, rest] : null;
}
