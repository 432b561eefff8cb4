import type { ResultSet } from "../results/result-set.js";

/** Something that a check of results cannot establish. */
export interface Unchecked {
	/** A file without a saved hash; or, without files, everything that only the data determine. */
	what: "no-hash" | "inside";
	file: string | null;
}

/**
 * Lists what `verify` cannot check: the identity of files without a saved SHA-256 and, without files, all numbers that
 * do not follow from others.
 * @param files The files to repeat the question on; if empty, only the results themselves are checked.
 */
export function uncheckedIn({ source, kind }: ResultSet, files: readonly string[]): Unchecked[] {
	if (files.length === 0) return [{ what: "inside", file: null }];
	if (kind === "published") return [];
	return source.filter(({ sha256 }) => !sha256).map(({ file }) => ({ what: "no-hash", file }));
}
