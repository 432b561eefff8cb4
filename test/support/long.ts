/** `npm run check:long` tries everything; `npm test` a sample of it, the same one each time. */
export const isLong = process.env.TALIS_PD_LONG === "1";

/** A list in the long check; otherwise its first member and each `step`-th after it. */
export function sampled<T>(all: readonly T[], step: number): T[] {
	return all.filter((_, place) => isLong || place % step === 0);
}

/** How many drawn cases a property is tried on. */
export const tries = (long: number): number => (isLong ? long : Math.ceil(long / 8));

/** Each member of one list with each of another. Where the second is of odd length, every second pair has all of both. */
export const pairsOf = <A, B>(first: readonly A[], second: readonly B[]): [A, B][] =>
	first.flatMap((a) => second.map((b): [A, B] => [a, b]));
