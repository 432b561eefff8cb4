import { distance } from "fastest-levenshtein";
import type { Words } from "./say.js";

/** The candidate nearest to a mistyped word, by itself or by what it is called; undefined where none is near. Case does not count. */
function nearest(
	word: string,
	candidates: Iterable<string>,
	labels: ReadonlyMap<string, Called>,
): { candidate: string; label?: string } | undefined {
	let best: { candidate: string; label?: string; far: number; whole: number } | undefined;
	const consider = (candidate: string, text: string, parts: readonly string[], label?: string) => {
		const far = Math.min(...parts.map((part) => farFrom(word, part)));
		const whole = distance(word.toLowerCase(), text.toLowerCase());
		// Names that share a part with the word are told apart by all of their letters.
		if (best === undefined || far < best.far || (far === best.far && whole < best.whole)) {
			best = { candidate, far, whole, ...(label === undefined ? {} : { label }) };
		}
	};
	for (const candidate of candidates) {
		consider(candidate, candidate, [candidate, ...candidate.split(/[-:]/)]);
		for (const label of texts(labels.get(candidate))) consider(candidate, label, partsOf(label), label);
	}
	const limit = Math.max(1, Math.floor(word.length / 3));
	return best !== undefined && best.far <= limit ? best : undefined;
}

function texts(called: Called | undefined): string[] {
	return Object.values(called ?? {}).filter((text) => text !== undefined);
}

/** A label, and its words that are long enough to tell it from others. */
function partsOf(label: string): string[] {
	return [label, ...label.split(/[^\p{L}\p{N}-]+/u).filter((part) => part.length > 4)];
}

/** Edits between two words; one inside the other, or letters in another order, count as one. */
function farFrom(word: string, candidate: string): number {
	const [a, b] = [word.toLowerCase(), candidate.toLowerCase()];
	if (a === b) return 0;
	const inside = a.length >= 3 && b.length >= 3 && (a.includes(b) || b.includes(a));
	const swapped = a.length === b.length && [...a].sort().join("") === [...b].sort().join("");
	return inside || swapped ? 1 : distance(a, b);
}

/** What a name is called in each language that is known. */
export type Called = Readonly<{ en: string } & Record<string, string | undefined>>;

/** All that there is in the place of an unknown name: a sentence, and its names for those who lay them out. */
export interface Choices extends Words {
	/** Those most like the unknown name first. */
	readonly nearest: readonly string[];
	/** In their own order. */
	readonly names: readonly string[];
	/** What they are called, by name. */
	readonly labels: ReadonlyMap<string, Called>;
	/** The command that lists them all, where there is one. */
	readonly listedBy: string | undefined;
}

/** A sentence with more names is too long to read. */
const MOST = 1000;
/** Of so many names that are called something each may say what. */
const FEW = 12;
/** A question that names a column is cut after so many letters. */
const LONG = 50;

interface About {
	labels?: ReadonlyMap<string, Called>;
	listedBy?: string;
	/** Whether a candidate stands in the list of all; every one may be the nearest. */
	listed?: (candidate: string) => boolean;
}

/** A hint for an unknown name: the nearest one, else all there are. */
export function didYouMean(
	word: string,
	candidates: readonly string[],
	{ labels = new Map(), listedBy, listed = () => true }: About = {},
): string | Choices {
	const near = nearest(word, candidates, labels);
	if (near !== undefined) return `did you mean ${asked(near)}?`;
	const names = [...new Set(candidates)].filter(listed);
	const text = `there are: ${names.slice(0, MOST).map(shown(names, labels)).join(", ")}${names.length > MOST ? ", …" : ""}`;
	const about = { labels, listedBy, nearest: byNearness(word, names) };
	return { library: text, commandLine: text, names, ...about };
}

/** What is suggested: a name, with what it is called where that was like the word; a question keeps its mark in quotes. */
function asked({ candidate, label }: { candidate: string; label?: string }): string {
	const name = candidate.endsWith("?") ? `"${candidate}"` : candidate;
	return label === undefined || label === candidate ? name : `${name} ("${label}")`;
}

/** Few names stand with what they are called, and long ones are cut. */
function shown(names: readonly string[], labels: ReadonlyMap<string, Called>): (name: string) => string {
	const many = names.filter((name) => labels.has(name)).length > FEW;
	return (name) => {
		const label = many ? undefined : labels.get(name)?.en;
		return label === undefined || label === name ? cut(name) : `${cut(name)} (${cut(label)})`;
	};
}

function cut(text: string): string {
	return text.length > LONG ? `${text.slice(0, LONG).trimEnd()}…` : text;
}

function byNearness(word: string, names: readonly string[]): string[] {
	const far = new Map(names.map((name) => [name, farFrom(word, name)]));
	return names.toSorted((a, b) => (far.get(a) as number) - (far.get(b) as number));
}

/** Whether a hint is a list of what there is. */
export function areChoices(hint: string | Words | undefined): hint is Choices {
	return typeof hint === "object" && "names" in hint;
}
