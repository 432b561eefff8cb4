import type { ResultSet } from "../results/result-set.js";

/** What a check of results cannot tell. */
export interface Unchecked {
	/** A file whose hash was not kept; or, without files, all that only the data can tell. */
	what: "no-hash" | "inside";
	file: string | null;
}

/**
 * What `verify` cannot say of results: that a file is the same whose SHA-256 was not kept; without files, what does not follow
 * from the other numbers.
 * @param files Those that the question is asked of again; none looks inside alone.
 */
export function uncheckedIn({ source, kind }: ResultSet, files: readonly string[]): Unchecked[] {
	if (files.length === 0) return [{ what: "inside", file: null }];
	if (kind === "published") return [];
	return source.filter(({ sha256 }) => !sha256).map(({ file }) => ({ what: "no-hash", file }));
}
