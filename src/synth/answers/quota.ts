/** Rows from the lowest to the highest propensity, cut in two. */
export interface Split {
	lower: number[];
	upper: number[];
	/** Rows that were not part of the split belong to the upper part from this propensity on. */
	cutoff: number;
}

/** Rows on either side of the cut that may change sides to meet the share more closely. */
const REACH = 40;

/** How near is near enough, as a share of the total weight: a tenth of what one decimal shows. */
const TOLERANCE = 0.00005;

/**
 * Cuts rows by propensity where the upper part has the given share of the weight, as nearly as whole
 * rows allow. Few heavy rows rarely add up to the share, so neighbours of the cut trade places until
 * they do. A propensity of ±∞ keeps its row on its side.
 * @param share 0–1.
 */
export function splitByShare(
	rows: readonly number[],
	propensity: Float64Array,
	weight: Float64Array,
	share: number,
): Split {
	const of = (row: number): number => propensity[row] as number;
	const ordered = rows.toSorted((a, b) => of(a) - of(b) || a - b);
	const total = sumWeights(ordered, weight);
	const goal = total * share;
	const cut = cutAt(ordered, weight, total - goal);
	const lower = ordered.slice(0, cut);
	const upper = ordered.slice(cut);
	const cutoff = upper[0] === undefined ? Number.POSITIVE_INFINITY : of(upper[0]);
	const movable = (row: number): boolean => Number.isFinite(of(row));
	let excess = sumWeights(upper, weight) - goal;
	while (Math.abs(excess) > total * TOLERANCE) {
		const trade = bestTrade(lower, upper, weight, movable, excess);
		if (trade === undefined) break;
		excess += trade.gain;
		exchange(lower, upper, trade);
	}
	return { lower, upper, cutoff };
}

/**
 * Writes codes to rows, from the first code for the first rows to the last code for the last ones,
 * each for its share of the weight.
 */
export function spreadCodes(
	rows: readonly number[],
	weight: Float64Array,
	shares: readonly (readonly [code: number, share: number])[],
	column: Int32Array,
): void {
	const total = sumWeights(rows, weight);
	const sum = shares.reduce((before, [, share]) => before + share, 0);
	let start = 0;
	let reached = 0;
	for (const [index, [code, share]] of shares.entries()) {
		reached += (share / sum) * total;
		const last = index === shares.length - 1;
		const end = last ? rows.length : Math.max(start, cutAt(rows, weight, reached));
		for (const row of rows.slice(start, end)) column[row] = code;
		start = end;
	}
}

/**
 * The same, but as nearly as whole rows allow: rows about each cut trade places, as in `splitByShare`.
 * @param rows From the first code to the last.
 */
export function spreadClosely(
	rows: readonly number[],
	weight: Float64Array,
	shares: readonly (readonly [code: number, share: number])[],
	column: Int32Array,
): void {
	const rank = new Float64Array(weight.length);
	for (const [place, row] of rows.entries()) rank[row] = place;
	let left = rows;
	let sum = shares.reduce((before, [, share]) => before + share, 0);
	for (const [index, [code, share]] of shares.entries()) {
		const rest = index === shares.length - 1 ? 0 : 1 - share / sum;
		const { lower, upper } = splitByShare(left, rank, weight, rest);
		for (const row of lower) column[row] = code;
		left = upper;
		sum -= share;
	}
}

/** Number of rows whose weights come nearest to the goal, from the first on. */
function cutAt(rows: readonly number[], weight: Float64Array, goal: number): number {
	let before = 0;
	for (const [index, row] of rows.entries()) {
		const next = before + (weight[row] as number);
		if (next > goal) return next - goal < goal - before ? index + 1 : index;
		before = next;
	}
	return rows.length;
}

interface Trade {
	/** Places in `upper` and `lower`; undefined where nothing comes from that side. */
	down: number | undefined;
	up: number | undefined;
	/** What it adds to the weight of the upper part. */
	gain: number;
}

/** The trade near the cut that leaves the least excess, if one leaves less than there is. */
function bestTrade(
	lower: readonly number[],
	upper: readonly number[],
	weight: Float64Array,
	movable: (row: number) => boolean,
	excess: number,
): Trade | undefined {
	const weightAt = (rows: readonly number[], place: number | undefined): number =>
		place === undefined ? 0 : (weight[rows[place] as number] as number);
	const near = (rows: readonly number[], from: number): (number | undefined)[] =>
		Array.from({ length: REACH }, (_, step) => from + step).filter((place) => {
			const row = rows[place];
			return row !== undefined && movable(row);
		});
	const downs = [undefined, ...near(upper, 0)];
	const ups = [undefined, ...near(lower, lower.length - REACH)];
	let best: Trade | undefined;
	for (const down of downs) {
		for (const up of ups) {
			const gain = weightAt(lower, up) - weightAt(upper, down);
			if (Math.abs(excess + gain) < Math.abs(excess + (best?.gain ?? 0))) best = { down, up, gain };
		}
	}
	return best;
}

function exchange(lower: number[], upper: number[], { down, up }: Trade): void {
	const fallen = down === undefined ? [] : upper.splice(down, 1);
	const risen = up === undefined ? [] : lower.splice(up, 1);
	lower.push(...fallen);
	upper.unshift(...risen);
}

function sumWeights(rows: readonly number[], weight: Float64Array): number {
	return rows.reduce((sum, row) => sum + (weight[row] as number), 0);
}
