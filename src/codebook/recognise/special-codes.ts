/** Smallest share of a code by which it lies beyond the values, where values have several digits. */
const GAP = 0.05;

/**
 * Values of a column that look like codes of missing answers: the largest ones, 7 to 9, or 96 to 99, 996 to 999 and so on,
 * beyond a gap after all others.
 * @param rows Value as text → its rows. Empty cells and words are no values.
 * @returns The codes with their rows, smallest first; none where a column has words, or nothing looks so.
 * @example
 * specialCodes(new Map([["1", 80], ["4", 12], ["8", 3], ["9", 5]])); // [["8", 3], ["9", 5]]
 */
export function specialCodes(rows: ReadonlyMap<string, number>): [code: string, rows: number][] {
	const values = [...rows].filter(([text]) => text !== "");
	if (values.length === 0 || values.some(([text]) => !Number.isFinite(Number(text)))) return [];
	const sorted = values.toSorted(([a], [b]) => Number(a) - Number(b));
	const largest = Number(sorted.at(-1)?.[0]);
	const digits = String(largest).length;
	const first = digits === 1 ? 7 : 10 ** digits - 4;
	if (!Number.isInteger(largest) || largest < first) return [];
	const codes = sorted.filter(([text]) => Number(text) >= first);
	const below = sorted.slice(0, -codes.length).map(([text]) => Number(text));
	const lowest = Number(codes[0]?.[0]);
	const gap = digits === 1 ? 2 : GAP * lowest;
	const isInteger = codes.every(([text]) => Number.isInteger(Number(text)));
	return isInteger && below.length > 0 && lowest - (below.at(-1) as number) >= gap ? codes : [];
}
