import { listAssets, readAsset } from "../platform/assets.js";
import type { Language } from "./languages.js";

/** A sentence with places for names, such as `there is no item "{name}"`, and what it is in a language. */
interface Sentence {
	pattern: RegExp;
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

function sentencesOf(texts: Readonly<Record<string, string>>): Sentence[] {
	const sentences = Object.entries(texts).map(([english, translation]) => {
		const parts = english.split(/\{(\w+)\}/);
		const fixed = parts.filter((_, place) => place % 2 === 0);
		const pattern = fixed.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+?)");
		return {
			pattern: new RegExp(`^${pattern}$`, "s"),
			names: parts.filter((_, place) => place % 2 === 1),
			fixed: fixed.join("").length,
			translation,
		};
	});
	// One that fixes more letters says more exactly what is meant.
	return sentences.sort((a, b) => b.fixed - a.fixed);
}

/** A text whose names may be sentences themselves. */
function translated(text: string, sentences: readonly Sentence[]): string {
	for (const { pattern, names, translation } of sentences) {
		const found = pattern.exec(text)?.slice(1);
		if (found === undefined) continue;
		const values = new Map(names.map((name, place) => [name, translated(found[place] as string, sentences)]));
		return translation.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
	}
	return text;
}
