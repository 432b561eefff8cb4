import { distance } from "fastest-levenshtein";

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

/** A hint for an unknown name: the nearest one, else all there are. */
export function didYouMean(word: string, candidates: readonly string[]): string {
	const near = nearest(word, candidates);
	if (near !== undefined) return `did you mean ${near}?`;
	const shown = candidates.slice(0, 20).join(", ");
	return `there are: ${shown}${candidates.length > 20 ? ", …" : ""}`;
}
