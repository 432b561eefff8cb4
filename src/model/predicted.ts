import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { linearPredictor, logistic, loss } from "./likelihood.js";
import type { Fit } from "./linear.js";
import type { CompiledRows } from "./model-rows.js";
import { smooth } from "./smooth.js";

/** A fitted logistic model and the rows it is of. */
export interface Fitted {
	fit: Fit;
	/** As the model was fitted to, or the same with other values; their columns are those of the fit. */
	rows: CompiledRows;
	estimator: Estimator;
}

/** What is averaged over rows, by a row's share μ; its derivative is by the linear predictor. */
interface Quantity {
	of(share: number): number;
	derivative(share: number): number;
}

const SHARE: Quantity = { of: (share) => share, derivative: (share) => share * (1 - share) };
const SPREAD: Quantity = {
	of: (share) => share * (1 - share),
	derivative: (share) => share * (1 - share) * (1 - 2 * share),
};

/**
 * Weighted mean of the shares that the model predicts for the rows, under every weight with the coefficients it has under
 * that weight: predictive margins (Graubard and Korn 1999).
 * @returns Shares from 0 to 1.
 */
export function margin(fitted: Fitted): Theta {
	return mean(fitted, SHARE);
}

/**
 * Average marginal effect of a number on the share: the weighted mean of β·μ(1 − μ).
 * @param place Of the number's coefficient among those of the fit.
 * @returns A share by unit of the number, from −1 to 1.
 */
export function slopeEffect(fitted: Fitted, place: number): Theta {
	const beta = fitted.fit.coefficients[place] as Theta;
	return smooth(
		fitted.estimator,
		[mean(fitted, SPREAD), beta],
		([spread = 0, slope = 0]) => spread * slope,
		([spread = 0, slope = 0]) => [slope, spread],
	);
}

/**
 * Coefficient of discrimination (Tjur 2009): the mean share predicted for who said yes, less that for who said no.
 * @returns From 0 to 1, under every weight.
 */
export function tjur(fitted: Fitted): Theta {
	const yes = (row: number) => fitted.rows.outcome[row] as number;
	return smooth(
		fitted.estimator,
		[mean(fitted, SHARE, yes), mean(fitted, SHARE, (row) => 1 - yes(row))],
		([of1 = 0, of0 = 0]) => of1 - of0,
		() => [1, -1],
	);
}

/**
 * Nagelkerke's (1991) part of what a model could explain, with weights (Lumley 2017; R's `survey::psrsq`):
 * (1 − e^(D − D₀)) / (1 − e^(−D₀)), where D is twice the mean loss of the model, and D₀ of the intercept alone.
 * @returns From 0 to 1, under every weight.
 */
export function nagelkerke({ fit, rows, estimator }: Fitted): Theta {
	const [losses, yes, all] = rowTotals({ fit, rows, estimator }, 3, (row, eta, into) => {
		into[0] = loss(rows.outcome[row] as number, eta);
		into[1] = rows.outcome[row] as number;
		into[2] = 1;
	}) as [Float64Array, Float64Array, Float64Array];
	// Both losses are at their minimum, where coefficients and the mean do not move them.
	return smooth(
		estimator,
		[estimator.ratio(losses, all), estimator.ratio(yes, all)],
		([own = 0, share = 0]) => {
			const alone = entropy(share);
			return (1 - Math.exp(2 * (own - alone))) / (1 - Math.exp(-2 * alone));
		},
		([own = 0, share = 0]) => {
			const alone = entropy(share);
			const [left, possible] = [Math.exp(2 * (own - alone)), 1 - Math.exp(-2 * alone)];
			const byAlone = (2 * left) / possible - (2 * (1 - left) * (1 - possible)) / possible ** 2;
			return [(-2 * left) / possible, byAlone * Math.log((1 - share) / share)];
		},
	);
}

/** Mean loss where everybody is given the same share. */
function entropy(share: number): number {
	return -share * Math.log(share) - (1 - share) * Math.log(1 - share);
}

/** Weighted mean of a quantity over rows, each counted as often as `counts` says. */
function mean(fitted: Fitted, { of, derivative }: Quantity, counts = (_row: number) => 1): Theta {
	const { fit, estimator } = fitted;
	const [values, all] = rowTotals(fitted, 2, (row, eta, into) => {
		const count = counts(row);
		into[0] = count * of(logistic(eta));
		into[1] = count;
	}) as [Float64Array, Float64Array];
	const ratio = estimator.ratio(values, all);
	if (!estimator.linearised) return ratio;
	const slope = gradient(fitted, (row, eta) => counts(row) * derivative(logistic(eta)));
	const total = all[0] as number;
	return ratio.map((value, term) => {
		const moved = fit.coefficients.reduce(
			(sum, theta, place) =>
				sum + (slope[place] as number) * ((theta[term] as number) - (theta[0] as number)),
			0,
		);
		return value + moved / total;
	});
}

/**
 * Σ w·q of several quantities q of rows, under every weight with its own coefficients; for a linearised variance with those
 * of the full sample, by sampling unit.
 */
function rowTotals(
	{ fit, rows, estimator }: Fitted,
	quantities: number,
	fill: (row: number, eta: number, into: Float64Array) => void,
): Float64Array[] {
	const { count, weights, vectors, units, width } = rows;
	const totals = Array.from({ length: quantities }, () => new Float64Array(1 + estimator.terms));
	const own = new Float64Array(quantities);
	const add = (term: number, weight: number) => {
		for (let q = 0; q < quantities; q++) {
			const total = totals[q] as Float64Array;
			total[term] = (total[term] as number) + weight * (own[q] as number);
		}
	};
	for (let r = 0; r < width; r++) {
		const beta = fit.coefficients.map((theta) => theta[r] as number);
		for (let row = 0; row < count; row++) {
			const weight = weights[(vectors[row] as number) * width + r] as number;
			if (weight === 0) continue;
			fill(row, linearPredictor(rows, row, beta), own);
			add(r, weight);
			if (estimator.linearised) add(1 + (units[row] as number), weight);
		}
	}
	return totals;
}

/** Σ w·d·x under the full sample's weight. */
function gradient({ fit, rows }: Fitted, derivative: (row: number, eta: number) => number): Float64Array {
	const { count, weights, vectors, starts, places, entries, width } = rows;
	const beta = fit.coefficients.map((theta) => theta[0] as number);
	const sums = new Float64Array(beta.length);
	for (let row = 0; row < count; row++) {
		const weight = weights[(vectors[row] as number) * width] as number;
		const factor = weight * derivative(row, linearPredictor(rows, row, beta));
		for (let a = starts[row] as number; a < (starts[row + 1] as number); a++) {
			const place = places[a] as number;
			sums[place] = (sums[place] as number) + factor * (entries[a] as number);
		}
	}
	return sums;
}
