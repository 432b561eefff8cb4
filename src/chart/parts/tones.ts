import type { Entry } from "./entries.js";

/** Entries of which some are pointed at: these in bold, all others but averages grey. As they are where none is. */
export function withTones<E extends Entry>(
	entries: readonly E[],
	isStrong: (entry: E) => boolean,
): (E & Pick<Entry, "strong" | "quiet">)[] {
	const strong = new Set(entries.filter(isStrong));
	if (strong.size === 0 || strong.size === entries.length) return [...entries];
	return entries.map((entry) => ({
		...entry,
		strong: strong.has(entry),
		quiet: !strong.has(entry) && !entry.summary,
	}));
}
