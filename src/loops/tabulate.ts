/**
 * The loops of tabulation over the rows of one block. Groups and response patterns become numbers by order of
 * appearance; each row's vector of 1 + R weights is added to the sums of its number, two at a time.
 * Every sum is added to in the order of rows, so the result is that of a plain loop to the last digit.
 *
 * Arrays have one element per row; those of numbers that are looked up by row, such as `places`, have 0 where the row
 * belongs to none.
 */

export { reserve } from "./shared/memory";

/** Sets bytes to zero. */
export function clear(at: usize, bytes: i32): void {
	memory.fill(at, 0, bytes);
}

/**
 * Adds states × radix to keys, eight rows at a time; there is room for the last eight.
 * @param states One byte per row.
 */
export function addStates(keys: usize, rows: i32, states: usize, radix: i32): void {
	const times = i32x4.splat(radix);
	for (let row = 0; row < rows; row += 8) {
		const eight = v128.load8x8_u(states + <usize>row);
		const at = keys + (<usize>row << 2);
		const low = i32x4.mul(i32x4.extend_low_i16x8_u(eight), times);
		const high = i32x4.mul(i32x4.extend_high_i16x8_u(eight), times);
		v128.store(at, i32x4.add(v128.load(at), low));
		v128.store(at, i32x4.add(v128.load(at, 16), high), 16);
	}
}

/** One more than the largest key. */
export function spanOf(keys: usize, rows: i32): i32 {
	let largest = -1;
	for (let row = 0; row < rows; row++) largest = max(largest, load<i32>(keys + (<usize>row << 2)));
	return largest + 1;
}

/** Makes keys those of place and key together; −1 where a row has no place. */
export function placeKeys(keys: usize, rows: i32, places: usize, span: i32): void {
	for (let row = 0; row < rows; row++) {
		const at = <usize>row << 2;
		const place = load<i32>(places + at);
		store<i32>(keys + at, place == 0 ? -1 : (place - 1) * span + load<i32>(keys + at));
	}
}

/**
 * Numbers keys by order of appearance.
 * @param keys From 0 on; −1 where a row has none.
 * @param numbers Room by key; zeros before and after.
 * @param met Keys in the order they are met.
 * @param counts How many rows have each of them.
 * @param targets By row, the number of its key; 0 where it has none.
 * @param first The first number, from 1.
 * @returns How many keys there are.
 */
export function enumerate(
	keys: usize,
	rows: i32,
	numbers: usize,
	met: usize,
	counts: usize,
	targets: usize,
	first: i32,
): i32 {
	let given = 0;
	for (let row = 0; row < rows; row++) {
		const key = load<i32>(keys + (<usize>row << 2));
		let number = 0;
		if (key >= 0) {
			const at = numbers + (<usize>key << 2);
			number = load<i32>(at);
			if (number == 0) {
				store<i32>(met + (<usize>given << 2), key);
				store<i32>(counts + (<usize>given << 2), 0);
				number = first + given;
				given += 1;
				store<i32>(at, number);
			}
			const count = counts + (<usize>(number - first) << 2);
			store<i32>(count, load<i32>(count) + 1);
		}
		store<i32>(targets + (<usize>row << 2), number);
	}
	for (let i = 0; i < given; i++) store<i32>(numbers + (<usize>load<i32>(met + (<usize>i << 2)) << 2), 0);
	return given;
}

/** Rows that are added for one table after the other, as their weights are still in the nearest cache then. */
const TILE: i32 = 32;

/**
 * Adds each row's weights to sums, one for each table.
 * @param targets By table and row, a number from 1, or 0 for none.
 * @param vector By row, the number of its vector.
 * @param weights Vectors of `width` numbers.
 * @param sums Where those of number 1 stand; the others follow.
 */
export function addRows(
	targets: usize,
	tables: i32,
	rows: i32,
	vector: usize,
	weights: usize,
	width: i32,
	sums: usize,
): void {
	const bytes = <usize>width << 3;
	const pairs = <usize>(width & ~1) << 3;
	for (let first = 0; first < rows; first += TILE) {
		const end = min(rows, first + TILE);
		for (let table = 0; table < tables; table++) {
			for (let row = first; row < end; row++) {
				const number = <usize>load<u32>(targets + (<usize>(table * rows + row) << 2));
				if (number != 0) {
					const target = sums + (number - 1) * bytes;
					const from = weights + <usize>load<u32>(vector + (<usize>row << 2)) * bytes;
					for (let i: usize = 0; i < pairs; i += 16) {
						v128.store(target + i, f64x2.add(v128.load(target + i), v128.load(from + i)));
					}
					if (pairs != bytes) store<f64>(target + pairs, load<f64>(target + pairs) + load<f64>(from + pairs));
				}
			}
		}
	}
}

/**
 * Numbers runs of rows with the same replicate factors: a new one begins where the replicates are other multiples of
 * the first weight than where the last began.
 * @param near How far apart two multiples may be and still be one.
 */
export function numberTurns(
	turns: usize,
	rows: i32,
	vector: usize,
	weights: usize,
	width: i32,
	near: f64,
): void {
	const bytes = <usize>width << 3;
	let begun = weights;
	let last = weights;
	let number = 1;
	for (let row = 0; row < rows; row++) {
		const own = weights + <usize>load<u32>(vector + (<usize>row << 2)) * bytes;
		if (own != last) {
			last = own;
			if (!areMultiples(begun, own, bytes, near)) {
				begun = own;
				number += 1;
			}
		}
		store<i32>(turns + (<usize>row << 2), number);
	}
}

/**
 * Replicate factors w_r / w_0 of some rows, and hashes of them to three decimals, which is finer than any factor in use
 * and coarser than printed weights. Where w_0 is zero, the weights themselves are taken.
 * @param list The rows.
 * @param factors A vector a row: first 1, or 0 where all factors are, then the factors.
 */
export function listFactors(
	list: usize,
	count: i32,
	vector: usize,
	weights: usize,
	width: i32,
	factors: usize,
	hashes: usize,
): void {
	const bytes = <usize>width << 3;
	for (let i = 0; i < count; i++) {
		const row = load<u32>(list + (<usize>i << 2));
		const own = weights + <usize>load<u32>(vector + (<usize>row << 2)) * bytes;
		const weight = load<f64>(own);
		const divisor = weight == 0 ? 1 : weight;
		let hash = 0;
		let any = 0;
		for (let at: usize = 8; at < bytes; at += 8) {
			const factor = load<f64>(own + at) / divisor;
			const rounded = <i32>floor<f64>(factor * 1000 + 0.5);
			hash = hash * 31 + rounded;
			any |= rounded;
			store<f64>(factors + at, factor);
		}
		store<f64>(factors, any == 0 ? 0 : 1);
		store<i32>(hashes + (<usize>i << 2), hash);
		factors += bytes;
	}
}

/** Whether b / b₀ = a / a₀ but for `near`, told without dividing: |b·a₀ − a·b₀| ≤ near·a₀·b₀. */
function areMultiples(a: usize, b: usize, bytes: usize, near: f64): bool {
	const first = load<f64>(a);
	const second = load<f64>(b);
	if (!(first > 0 && second > 0)) return false;
	const bound = f64x2.splat(near * first * second);
	const firsts = f64x2.splat(first);
	const seconds = f64x2.splat(second);
	for (let i: usize = 0; i < bytes; i += 16) {
		// Where the width is odd, the last pair is the one that ends the row.
		const at = min(i, bytes - 16);
		const difference = f64x2.sub(
			f64x2.mul(v128.load(b + at), firsts),
			f64x2.mul(v128.load(a + at), seconds),
		);
		if (v128.any_true(f64x2.gt(f64x2.abs(difference), bound))) return false;
	}
	return true;
}

/**
 * Lists the rows with which a run of one place and one other number begins.
 * @returns How many there are.
 */
export function listRuns(list: usize, rows: i32, places: usize, others: usize): i32 {
	let count = 0;
	let lastPlace = 0;
	let lastOther = 0;
	for (let row = 0; row < rows; row++) {
		const place = load<i32>(places + (<usize>row << 2));
		const other = load<i32>(others + (<usize>row << 2));
		if (place != 0 && (place != lastPlace || other != lastOther)) {
			store<i32>(list + (<usize>count << 2), row);
			count += 1;
		}
		lastPlace = place;
		lastOther = other;
	}
	return count;
}

/**
 * Sets a bit in the rows whose state is a valid answer: up to `no`, or from `first` on.
 * @param bits Where the word stands that the bit is in; `step` bytes a row.
 * @param states One byte per row.
 */
export function markValid(
	bits: usize,
	step: i32,
	bit: u32,
	rows: i32,
	states: usize,
	no: i32,
	first: i32,
): void {
	for (let row = 0; row < rows; row++) {
		const state = <i32>load<u8>(states + <usize>row);
		if (state <= no || state >= first) store<u32>(bits, load<u32>(bits) | bit);
		bits += step;
	}
}

/** Gathers the bits of each run's rows in those of its first row; a row that has no place ends a run. */
export function gatherBits(bits: usize, step: i32, rows: i32, places: usize, list: usize, count: i32): void {
	for (let i = 0; i < count; i++) {
		const first = load<i32>(list + (<usize>i << 2));
		const end = i + 1 < count ? load<i32>(list + (<usize>(i + 1) << 2)) : rows;
		const into = bits + <usize>first * step;
		for (let row = first + 1; row < end; row++) {
			if (load<i32>(places + (<usize>row << 2)) == 0) break;
			const from = bits + <usize>row * step;
			for (let word: usize = 0; word < <usize>step; word += 4) {
				store<u32>(into + word, load<u32>(into + word) | load<u32>(from + word));
			}
		}
	}
}
