/**
 * The loops of models over rows: sums of products of numbers, and of what logistic models need under every weight with
 * coefficients of its own. Vectors of weights, coefficients and sums are padded to `width`, a multiple of four: logistic
 * models take two pairs of weights at a time, so that what a row has in a column is loaded once for both.
 *
 * A row of a design has entries where it is not zero: those from starts[row] up to starts[row + 1].
 */

export { reserve } from "./shared/memory";

/** Sets bytes to zero. */
export function clear(at: usize, bytes: i32): void {
	memory.fill(at, 0, bytes);
}

/**
 * Adds w·fᵢ·fⱼ for all i ≤ j of each row's numbers to the sums of its cell.
 * @param cells By row, a number from 1, or 0 for none.
 * @param numbers By row, `size` numbers.
 * @param vector By row, the number of its vector of weights.
 * @param sums Where those of cell 1 stand, a vector a product; the others follow.
 */
export function addMoments(
	rows: i32,
	cells: usize,
	numbers: usize,
	size: i32,
	vector: usize,
	weights: usize,
	width: i32,
	sums: usize,
): void {
	const bytes = <usize>width << 3;
	const line = <usize>size << 3;
	const cellBytes = bytes * <usize>((size * (size + 1)) / 2);
	for (let row = 0; row < rows; row++) {
		const cell = <usize>load<u32>(cells + (<usize>row << 2));
		if (cell == 0) continue;
		const own = numbers + <usize>row * line;
		const from = weights + <usize>load<u32>(vector + (<usize>row << 2)) * bytes;
		let target = sums + (cell - 1) * cellBytes;
		for (let i: usize = 0; i < line; i += 8) {
			const first = load<f64>(own + i);
			for (let j = i; j < line; j += 8) {
				const product = first * load<f64>(own + j);
				if (product != 0) {
					const factor = f64x2.splat(product);
					for (let r: usize = 0; r < bytes; r += 16) {
						v128.store(target + r, f64x2.add(v128.load(target + r), f64x2.mul(factor, v128.load(from + r))));
					}
				}
				target += bytes;
			}
		}
	}
}

/** Rows and weights of a logistic model, one array after another. */
// @ts-ignore: decorator
@unmanaged
class Rows {
	count: i32;
	width: i32;
	starts: u32;
	places: u32;
	entries: u32;
	outcome: u32;
	vector: u32;
	weights: u32;
	/** One vector per column. */
	beta: u32;
}

/**
 * Adds w·x·(y − μ) of all rows to vectors, one per column.
 * @param at Addresses of the rows' arrays, in the order of `Rows`.
 */
export function addScores(at: usize, score: usize): void {
	const rows = changetype<Rows>(at);
	const bytes = <usize>rows.width << 3;
	for (let row = 0; row < rows.count; row++) {
		const starts = <usize>rows.starts + (<usize>row << 2);
		const from = <usize>load<u32>(starts);
		const to = <usize>load<u32>(starts, 4);
		const outcome = f64x2.splat(load<f64>(<usize>rows.outcome + (<usize>row << 3)));
		const own = <usize>rows.weights + <usize>load<u32>(<usize>rows.vector + (<usize>row << 2)) * bytes;
		for (let r: usize = 0; r < bytes; r += 32) {
			const eta = predictors(rows, from, to, bytes, r);
			const other = secondPredictor;
			const residual = f64x2.mul(v128.load(own + r), f64x2.sub(outcome, logistic(eta)));
			const second = f64x2.mul(v128.load(own + r, 16), f64x2.sub(outcome, logistic(other)));
			for (let a = from; a < to; a++) {
				const target = score + <usize>load<u32>(<usize>rows.places + (a << 2)) * bytes + r;
				const entry = v128.load64_splat(<usize>rows.entries + (a << 3));
				v128.store(target, f64x2.add(v128.load(target), f64x2.mul(entry, residual)));
				v128.store(target, f64x2.add(v128.load(target, 16), f64x2.mul(entry, second)), 16);
			}
		}
	}
}

/**
 * Adds five vectors of sums over rows, one behind the other: w·y, w·y·μ, w·μ, w·μ(1 − μ), w·loss, where the loss is
 * −log-likelihood; and a sixth, w.
 */
export function addTotals(at: usize, totals: usize): void {
	const rows = changetype<Rows>(at);
	const bytes = <usize>rows.width << 3;
	for (let row = 0; row < rows.count; row++) {
		const starts = <usize>rows.starts + (<usize>row << 2);
		const from = <usize>load<u32>(starts);
		const to = <usize>load<u32>(starts, 4);
		const outcome = f64x2.splat(load<f64>(<usize>rows.outcome + (<usize>row << 3)));
		const own = <usize>rows.weights + <usize>load<u32>(<usize>rows.vector + (<usize>row << 2)) * bytes;
		for (let r: usize = 0; r < bytes; r += 32) {
			const eta = predictors(rows, from, to, bytes, r);
			const other = secondPredictor;
			addTotal(totals + r, bytes, v128.load(own + r), outcome, eta);
			addTotal(totals + r + 16, bytes, v128.load(own + r, 16), outcome, other);
		}
	}
}

// @ts-ignore: decorator
@inline
function addTotal(totals: usize, bytes: usize, weight: v128, outcome: v128, eta: v128): void {
	const one = f64x2.splat(1);
	const small = exp(f64x2.neg(f64x2.abs(eta)));
	const above = f64x2.div(one, f64x2.add(one, small));
	// μ of |η|, or of −|η|.
	const isNegative = f64x2.lt(eta, f64x2.splat(0));
	const share = v128.bitselect(f64x2.mul(small, above), above, isNegative);
	const yes = f64x2.mul(weight, outcome);
	// log(1 + e^η) − y·η
	const losses = f64x2.sub(
		f64x2.add(f64x2.pmax(eta, f64x2.splat(0)), logOnePlus(small)),
		f64x2.mul(outcome, eta),
	);
	let target = totals;
	target = add(target, bytes, yes);
	target = add(target, bytes, f64x2.mul(yes, share));
	target = add(target, bytes, f64x2.mul(weight, share));
	target = add(target, bytes, f64x2.mul(weight, f64x2.mul(share, f64x2.sub(one, share))));
	target = add(target, bytes, f64x2.mul(weight, losses));
	add(target, bytes, weight);
}

// @ts-ignore: decorator
@inline
function add(target: usize, bytes: usize, value: v128): usize {
	v128.store(target, f64x2.add(v128.load(target), value));
	return target + bytes;
}

/** The second result of `predictors`: a function returns only one value. */
let secondPredictor: v128 = f64x2.splat(0);

/** x·β of a row, under two pairs of weights. */
// @ts-ignore: decorator
@inline
function predictors(rows: Rows, from: usize, to: usize, bytes: usize, r: usize): v128 {
	let eta = f64x2.splat(0);
	let other = f64x2.splat(0);
	for (let a = from; a < to; a++) {
		const beta = <usize>rows.beta + <usize>load<u32>(<usize>rows.places + (a << 2)) * bytes + r;
		const entry = v128.load64_splat(<usize>rows.entries + (a << 3));
		eta = f64x2.add(eta, f64x2.mul(entry, v128.load(beta)));
		other = f64x2.add(other, f64x2.mul(entry, v128.load(beta, 16)));
	}
	secondPredictor = other;
	return eta;
}

/** 1 / (1 + e^−η), of which the exponential is a fraction, so that it takes one division. */
// @ts-ignore: decorator
@inline
function logistic(eta: v128): v128 {
	const x = bounded(f64x2.neg(eta));
	const k = powerOf(x);
	const t = reduced(x, k);
	const half = coth(t);
	const below = f64x2.sub(half, t);
	return f64x2.div(below, f64x2.add(below, f64x2.mul(f64x2.add(half, t), twoTo(k))));
}

/** e^x to the last digits: 2^k·e^t with |t| ≤ ln 2 / 2, and e^t = (c + t) / (c − t) with c = t·coth(t/2). */
// @ts-ignore: decorator
@inline
function exp(given: v128): v128 {
	const x = bounded(given);
	const k = powerOf(x);
	const t = reduced(x, k);
	const half = coth(t);
	return f64x2.mul(f64x2.div(f64x2.add(half, t), f64x2.sub(half, t)), twoTo(k));
}

// @ts-ignore: decorator
@inline
function bounded(x: v128): v128 {
	return f64x2.pmax(f64x2.pmin(x, f64x2.splat(700)), f64x2.splat(-700));
}

// @ts-ignore: decorator
@inline
function powerOf(x: v128): v128 {
	return f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
}

/** x − k·ln 2, with ln 2 in two parts, so that the product of the first with k is exact. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, k: v128): v128 {
	const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
	return f64x2.sub(high, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
}

/** t·coth(t/2) = 2·Σ B₂ₙ·t²ⁿ/(2n)!, with the numbers of Bernoulli; the term of t¹⁴ is below 10⁻¹⁷. */
// @ts-ignore: decorator
@inline
function coth(t: v128): v128 {
	const square = f64x2.mul(t, t);
	let sum = f64x2.splat(-691.0 / 653837184000);
	sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(1.0 / 23950080));
	sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(-1.0 / 604800));
	sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(1.0 / 15120));
	sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(-1.0 / 360));
	sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(1.0 / 6));
	return f64x2.add(f64x2.mul(sum, square), f64x2.splat(2));
}

/** 2^k by its exponent: adding 1.5·2^52 leaves k in the low bits. */
// @ts-ignore: decorator
@inline
function twoTo(k: v128): v128 {
	const low = f64x2.add(k, f64x2.splat(6755399441055744));
	return i64x2.shl(i64x2.add(low, i64x2.splat(1023)), 52);
}

/**
 * log(1 + z) of z from 0 to 1: twice the area tangent of z / (2 + z), by its series; of large z with 1 + z halved, so that
 * the series is short.
 */
// @ts-ignore: decorator
@inline
function logOnePlus(z: v128): v128 {
	const isLarge = f64x2.gt(z, f64x2.splat(0.41421356237309503));
	const above = f64x2.sub(z, v128.and(f64x2.splat(1), isLarge));
	const below = f64x2.add(z, f64x2.add(f64x2.splat(2), v128.and(f64x2.splat(1), isLarge)));
	const s = f64x2.div(above, below);
	const square = f64x2.mul(s, s);
	let sum = f64x2.splat(1.0 / 21);
	for (let odd = 19; odd > 0; odd -= 2) {
		sum = f64x2.add(f64x2.mul(sum, square), f64x2.splat(1 / <f64>odd));
	}
	return f64x2.add(f64x2.mul(f64x2.add(s, s), sum), v128.and(f64x2.splat(0.6931471805599453), isLarge));
}
