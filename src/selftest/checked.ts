import { distanceFrom, SAME } from "../base/distance.js";

/** A number of ours, its reference, and what it is. */
export type CheckedPair = readonly [ours: number | null | undefined, theirs: number, of: readonly string[]];

/** What was checked, against what. */
export interface Checked {
	what: "published-averages" | "published-changes" | "golden-2018" | "golden-2024" | "plan-against-loops";
	/** Numbers that were compared. */
	numbers: number;
	/** How far the farthest are apart, relative to numbers beyond 1. */
	largest: number;
	ok: boolean;
	/** The farthest numbers, where they are too far apart: what they are of, ours (null: there is none), and theirs. */
	differs?: { of: string; here: number | null; there: number };
	/** Why the check did not come to its end. */
	stopped?: string;
}

/** A number that is not there is infinitely far from any; a check of nothing is no check. */
export function checkedPairs(what: Checked["what"], pairs: readonly CheckedPair[]): Checked {
	const apart = ([ours, theirs]: CheckedPair) =>
		typeof ours === "number" ? distanceFrom(theirs, ours) : Number.POSITIVE_INFINITY;
	const farthest = pairs.reduce<CheckedPair | undefined>(
		(most, pair) => (most === undefined || apart(pair) > apart(most) ? pair : most),
		undefined,
	);
	const largest = farthest === undefined ? 0 : apart(farthest);
	const done = { what, numbers: pairs.length, largest, ok: pairs.length > 0 && largest <= SAME };
	if (farthest === undefined || done.ok) return done;
	const [here, there, of] = farthest;
	return { ...done, differs: { of: of.filter((part) => part !== "").join(" "), here: here ?? null, there } };
}

/** A check that what is installed may be too damaged for. */
export async function attempted(
	what: Checked["what"],
	check: () => readonly CheckedPair[] | Promise<readonly CheckedPair[]>,
): Promise<Checked> {
	try {
		return checkedPairs(what, await check());
	} catch (error) {
		const stopped = error instanceof Error ? error.message : String(error);
		return { what, numbers: 0, largest: Number.POSITIVE_INFINITY, ok: false, stopped };
	}
}
