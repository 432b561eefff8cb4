import { distanceFrom, SAME } from "../base/distance.js";

/** A number of ours, and what it is held against. */
export type Pair = readonly [ours: number | null | undefined, theirs: number];

/** What was checked, against what. */
export interface Checked {
	what: "published-averages" | "golden-2018" | "golden-2024" | "plan-against-loops";
	/** Numbers that were compared. */
	numbers: number;
	/** How far the farthest are apart, relative to numbers beyond 1. */
	largest: number;
	ok: boolean;
}

/** A number that is not there is infinitely far from any; a check of nothing is no check. */
export function checked(what: Checked["what"], pairs: readonly Pair[]): Checked {
	const apart = ([ours, theirs]: Pair) =>
		typeof ours === "number" ? distanceFrom(theirs, ours) : Number.POSITIVE_INFINITY;
	const largest = pairs.reduce((most, pair) => Math.max(most, apart(pair)), 0);
	return { what, numbers: pairs.length, largest, ok: pairs.length > 0 && largest <= SAME };
}
