import { FIRST_COUNT, NO, YES } from "../codebook/meaning/states.js";
import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Margin } from "./margin.js";

/** Share (0–1) of yes among yes and no: Σ w_r(yes) / Σ w_r(yes or no). NaN under a weight whose sum is 0. */
export function shareOf({ sums }: Margin, estimator: Estimator): Theta {
	const yes = sums[YES] as Float64Array;
	const no = sums[NO] as Float64Array;
	return estimator.ratio(
		yes,
		yes.map((weight, r) => weight + (no[r] as number)),
	);
}

/** Number of teachers who answer yes: Σ w_r(yes). */
export function yesCount({ sums }: Margin, estimator: Estimator): Theta {
	return estimator.total(sums[YES] as Float64Array);
}

/** Rows and weights by distinct value, in ascending order. */
export interface Distribution {
	values: number[];
	rows: number[];
	/** One vector of Σ w_r per value. */
	sums: Float64Array[];
	/** Rows in all. */
	n: number;
}

/**
 * Distribution of the valid answers to a count or measure.
 * @param values Values of the states from FIRST_COUNT on.
 */
export function distributionOf({ rows, sums }: Margin, values: readonly number[]): Distribution {
	const met = values
		.map((value, index) => ({ value, state: FIRST_COUNT + index }))
		.filter(({ state }) => (rows[state] ?? 0) > 0)
		.sort((a, b) => a.value - b.value);
	return {
		values: met.map(({ value }) => value),
		rows: met.map(({ state }) => rows[state] as number),
		sums: met.map(({ state }) => sums[state] as Float64Array),
		n: met.reduce((n, { state }) => n + (rows[state] as number), 0),
	};
}

/** Mean in the variable's own unit: Σ w_r x / Σ w_r. NaN under a weight whose sum is 0. */
export function meanOf(distribution: Distribution, estimator: Estimator): Theta {
	const { values } = distribution;
	return estimator.ratio(
		weighted(distribution, estimator, (_, index) => values[index] as number),
		weighted(distribution, estimator, () => 1),
	);
}

/** Ratio of two sums: Σ w_r x / Σ w_r y. NaN if the denominator is 0. */
export function ratioOf(numerator: Distribution, denominator: Distribution, estimator: Estimator): Theta {
	const total = (distribution: Distribution) =>
		weighted(distribution, estimator, (_, index) => distribution.values[index] as number);
	return estimator.ratio(total(numerator), total(denominator));
}

/** Share (0–1) of one value among all: Σ w_r(x) / Σ w_r. */
export function shareOfValue(distribution: Distribution, index: number, estimator: Estimator): Theta {
	return estimator.ratio(
		distribution.sums[index] as Float64Array,
		weighted(distribution, estimator, () => 1),
	);
}

/**
 * Variance between teachers, as in R's svyvar: Σw(x−m)²/Σw · n/(n−1), under every weight with that weight's own mean.
 * It does not respond to small changes of the mean, so linearisation holds the mean fixed.
 */
export function elementVariance(distribution: Distribution, mean: Theta, estimator: Estimator): Theta {
	const { values, n } = distribution;
	const centre = (r: number) => mean[estimator.linearised ? 0 : r] as number;
	const ratio = estimator.ratio(
		weighted(distribution, estimator, (r, index) => ((values[index] as number) - centre(r)) ** 2),
		weighted(distribution, estimator, () => 1),
	);
	const correction = n / (n - 1);
	return estimator.transform(
		ratio,
		(x) => x * correction,
		() => correction,
	);
}

/** Standard deviation between teachers: √ of the element variance. */
export function standardDeviation(variances: Theta, estimator: Estimator): Theta {
	return estimator.transform(variances, Math.sqrt, (x) => 1 / (2 * Math.sqrt(x)));
}

/**
 * Cumulated weights that differ by less than this share of the total are treated as equal: only the order of addition
 * separates them.
 */
const ROUNDING = 1e-12;

/**
 * Quantile: the first value whose cumulated weight reaches q · Σw, under every weight (R's qrule "math"). With a
 * linearised variance the influence of a quantile is unknown and set to NaN.
 * @param q Between 0 and 1.
 */
export function quantileOf(
	{ values, sums }: Distribution,
	q: number,
	{ terms, linearised }: Estimator,
): Theta {
	return Float64Array.from({ length: 1 + terms }, (_, r) =>
		linearised && r > 0 ? Number.NaN : quantileUnder({ values, sums }, q, r),
	);
}

/** A quantile under one weight; NaN if the weights sum to 0. */
export function quantileUnder(
	{ values, sums }: Pick<Distribution, "values" | "sums">,
	q: number,
	r: number,
): number {
	let total = 0;
	for (const sum of sums) total += sum[r] as number;
	let cumulated = 0;
	for (const [index, sum] of sums.entries()) {
		cumulated += sum[r] as number;
		if (cumulated >= (q - ROUNDING) * total) return values[index] as number;
	}
	return total > 0 ? (values.at(-1) as number) : Number.NaN;
}

/** Share (0–1) of values up to and including a given value: Σ w_r(x ≤ value) / Σ w_r. */
export function shareUpTo(distribution: Distribution, value: number, estimator: Estimator): Theta {
	return estimator.ratio(
		weighted(distribution, estimator, (_, index) =>
			(distribution.values[index] as number) <= value ? 1 : 0,
		),
		weighted(distribution, estimator, () => 1),
	);
}

function weighted(
	{ sums }: Distribution,
	{ terms }: Estimator,
	factor: (r: number, index: number) => number,
): Float64Array {
	const totals = new Float64Array(1 + terms);
	for (const [index, sum] of sums.entries()) {
		for (let r = 0; r <= terms; r++) {
			totals[r] = (totals[r] as number) + (sum[r] as number) * factor(r, index);
		}
	}
	return totals;
}
