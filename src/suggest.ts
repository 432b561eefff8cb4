import { distance } from "fastest-levenshtein";

/** The candidate nearest to a mistyped word, or undefined where none is near. Case does not count. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	const wanted = word.toLowerCase();
	let best: { candidate: string; far: number } | undefined;
	for (const candidate of candidates) {
		const known = candidate.toLowerCase();
		const inside =
			wanted.length >= 3 && (known.includes(wanted) || wanted.includes(known)) && known.length >= 3;
		const far = inside ? 1 : distance(wanted, known);
		if (best === undefined || far < best.far) best = { candidate, far };
	}
	const limit = Math.max(1, Math.floor(word.length / 3));
	return best !== undefined && best.far <= limit ? best.candidate : undefined;
}

/** A hint for an unknown name: the nearest one, else all there are. */
export function didYouMean(word: string, candidates: readonly string[]): string {
	const near = nearest(word, candidates);
	if (near !== undefined) return `did you mean ${near}?`;
	const shown = candidates.slice(0, 20).join(", ");
	return `there are: ${shown}${candidates.length > 20 ? ", …" : ""}`;
}
