/** Smallest share of a code by which it lies beyond the values, where values have several digits. */
const GAP = 0.05;

/** Smallest share where the values have decimals. */
const WIDE_GAP = 0.25;

/**
 * Values of a column that look like codes of missing answers: the largest ones, 7 to 9, or 96 to 99, 996 to 999 and so on,
 * also 99.9, beyond a gap after all others; and −6 to −9, −90 to −99, −990 to −999 and so on where no other value is below
 * zero, or −1 to −9 where all others are whole numbers from 1 on.
 * @param rows Value as text → its rows. Empty cells and words are not values.
 * @returns The codes with their rows, smallest first; none where a column has words, or nothing looks so.
 * @example
 * specialCodes(new Map([["1", 80], ["4", 12], ["8", 3], ["9", 5]])); // [["8", 3], ["9", 5]]
 */
export function specialCodes(rows: ReadonlyMap<string, number>): [code: string, rows: number][] {
	const values = [...rows].filter(([text]) => text !== "");
	if (values.length === 0 || values.some(([text]) => !Number.isFinite(Number(text)))) return [];
	const sorted = values.toSorted(([a], [b]) => Number(a) - Number(b));
	const low = lowCodes(sorted);
	return [...low, ...highCodes(sorted.slice(low.length))];
}

type Counted = [text: string, rows: number];

/** Negative codes where nothing else is negative. */
function lowCodes(sorted: readonly Counted[]): Counted[] {
	const negative = sorted.filter(([text]) => Number(text) < 0);
	const others = sorted.slice(negative.length).map(([text]) => Number(text));
	if (others.length === 0) return [];
	const isCounted = others.every(Number.isInteger) && (others[0] as number) >= 1;
	const isCode = (text: string) => {
		const value = -Number(text);
		const digits = String(value).length;
		const first = digits === 1 ? (isCounted ? 1 : 6) : 10 ** digits - 10;
		return Number.isInteger(value) && value >= first;
	};
	return negative.every(([text]) => isCode(text)) ? negative : [];
}

function highCodes(sorted: readonly Counted[]): Counted[] {
	const last = sorted.at(-1);
	const largest = Number(last?.[0]);
	const next = Number(sorted.at(-2)?.[0]);
	if (last !== undefined && /^9+\.9+$/.test(String(largest))) {
		return largest - next >= WIDE_GAP * largest ? [last] : [];
	}
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
