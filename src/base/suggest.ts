import { distance } from "fastest-levenshtein";
import type { Words } from "./say.js";

/** The candidate nearest to a mistyped word, or undefined where none is near. Case does not count. */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: { candidate: string; far: number; whole: number } | undefined;
	for (const candidate of candidates) {
		const far = Math.min(...[candidate, ...candidate.split(/[-:]/)].map((part) => farFrom(word, part)));
		const whole = distance(word.toLowerCase(), candidate.toLowerCase());
		// Names that share a part with the word are told apart by all of their letters.
		if (best === undefined || far < best.far || (far === best.far && whole < best.whole)) {
			best = { candidate, far, whole };
		}
	}
	const limit = Math.max(1, Math.floor(word.length / 3));
	return best !== undefined && best.far <= limit ? best.candidate : undefined;
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

interface About {
	labels?: ReadonlyMap<string, Called>;
	listedBy?: string;
}

/** A hint for an unknown name: the nearest one, else all there are. */
export function didYouMean(
	word: string,
	candidates: readonly string[],
	{ labels = new Map(), listedBy }: About = {},
): string | Choices {
	const near = nearest(word, candidates);
	if (near !== undefined) return `did you mean ${near}?`;
	const names = [...new Set(candidates)];
	const text = `there are: ${names.slice(0, MOST).join(", ")}${names.length > MOST ? ", …" : ""}`;
	const about = { labels, listedBy, nearest: byNearness(word, names) };
	return { library: text, commandLine: text, names, ...about };
}

function byNearness(word: string, names: readonly string[]): string[] {
	const far = new Map(names.map((name) => [name, farFrom(word, name)]));
	return names.toSorted((a, b) => (far.get(a) as number) - (far.get(b) as number));
}

/** Whether a hint is a list of what there is. */
export function areChoices(hint: string | Words | undefined): hint is Choices {
	return typeof hint === "object" && "names" in hint;
}
