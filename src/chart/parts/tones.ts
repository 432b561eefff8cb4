import type { Entry } from "./entries.js";

/** Entries with highlighted ones in bold and all others except averages in grey; unchanged if none is highlighted. */
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
