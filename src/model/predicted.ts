import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import { linearPredictor, logistic, loss } from "./likelihood.js";
import type { Fit } from "./linear.js";
import { LogisticLoops, type LogisticTotals } from "./loops.js";
import type { CompiledRows } from "./model-rows.js";
import { smooth } from "./smooth.js";

/** A fitted logistic model and the rows it is of. */
export interface Fitted {
	fit: Fit;
	/** As the model was fitted to, or the same with other values; their columns are those of the fit. */
	rows: CompiledRows;
	estimator: Estimator;
}

/**
 * Weighted mean of the shares that the model predicts for the rows, under every weight with the coefficients it has under
 * that weight: predictive margins (Graubard and Korn 1999).
 * @returns Shares from 0 to 1.
 */
export function margin(fitted: Fitted): Theta {
	const { shares, all } = totalsOf(fitted);
	return mean(fitted, shares, all, { of: () => 1, derivative: (share) => share * (1 - share) });
}

/**
 * Average marginal effect of a number on the share: the weighted mean of β·μ(1 − μ).
 * @param place Of the number's coefficient among those of the fit.
 * @returns A share by unit of the number, from −1 to 1.
 */
export function slopeEffect(fitted: Fitted, place: number): Theta {
	const { spreads, all } = totalsOf(fitted);
	const spread = mean(fitted, spreads, all, {
		of: () => 1,
		derivative: (share) => share * (1 - share) * (1 - 2 * share),
	});
	return smooth(
		fitted.estimator,
		[spread, fitted.fit.coefficients[place] as Theta],
		([value = 0, slope = 0]) => value * slope,
		([value = 0, slope = 0]) => [slope, value],
	);
}

/** How much of the outcome a logistic model explains. */
export interface Explained {
	/**
	 * Nagelkerke's (1991) part of what a model could explain, with weights (Lumley 2017; R's `survey::psrsq`):
	 * (1 − e^(D − D₀)) / (1 − e^(−D₀)), where D is twice the mean loss of the model, and D₀ of the intercept alone.
	 */
	nagelkerke: Theta;
	/** Coefficient of discrimination (Tjur 2009): the mean share of who said yes, less that of who said no. */
	tjur: Theta;
}

/** Both from 0 to 1, under every weight. */
export function explained(fitted: Fitted): Explained {
	const { estimator, rows } = fitted;
	const { yes, yesShares, shares, losses, all } = totalsOf(fitted);
	const no = all.map((total, r) => total - (yes[r] as number));
	const noShares = shares.map((total, r) => total - (yesShares[r] as number));
	const slope = (share: number) => share * (1 - share);
	const isYes = (row: number) => rows.outcome[row] as number;
	return {
		nagelkerke: nagelkerke(estimator, estimator.ratio(losses, all), estimator.ratio(yes, all)),
		tjur: smooth(
			estimator,
			[
				mean(fitted, yesShares, yes, { of: isYes, derivative: slope }),
				mean(fitted, noShares, no, { of: (row) => 1 - isYes(row), derivative: slope }),
			],
			([of1 = 0, of0 = 0]) => of1 - of0,
			() => [1, -1],
		),
	};
}

/** Both losses are at their minimum, where coefficients and the mean do not move them. */
function nagelkerke(estimator: Estimator, losses: Theta, shares: Theta): Theta {
	return smooth(
		estimator,
		[losses, shares],
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

/** What is averaged over rows: how often each counts, and the derivative of its quantity by the linear predictor. */
interface Averaged {
	of(row: number): number;
	derivative(share: number): number;
}

/** A mean by its totals; where the variance is linearised, the coefficients' influence is added to that of the rows. */
function mean(
	{ fit, rows, estimator }: Fitted,
	total: Float64Array,
	all: Float64Array,
	averaged: Averaged,
): Theta {
	const ratio = estimator.ratio(total, all);
	if (!estimator.linearised) return ratio;
	const { count, weights, vectors, starts, places, entries, width } = rows;
	const beta = fit.coefficients.map((theta) => theta[0] as number);
	const slopes = new Float64Array(beta.length);
	for (let row = 0; row < count; row++) {
		const weight = weights[(vectors[row] as number) * width] as number;
		const share = logistic(linearPredictor(rows, row, beta));
		const factor = weight * averaged.of(row) * averaged.derivative(share);
		for (let a = starts[row] as number; a < (starts[row + 1] as number); a++) {
			const place = places[a] as number;
			slopes[place] = (slopes[place] as number) + factor * (entries[a] as number);
		}
	}
	return ratio.map((value, term) => {
		const moved = fit.coefficients.reduce(
			(sum, theta, place) =>
				sum + (slopes[place] as number) * ((theta[term] as number) - (theta[0] as number)),
			0,
		);
		return value + moved / (all[0] as number);
	});
}

/** Totals over rows under every weight, or by sampling unit with the coefficients of the full sample. */
function totalsOf({ fit, rows, estimator }: Fitted): LogisticTotals {
	if (!estimator.linearised) return new LogisticLoops(rows).totals(fit.coefficients);
	const { count, weights, vectors, units, outcome, width } = rows;
	const beta = fit.coefficients.map((theta) => theta[0] as number);
	const none = () => new Float64Array(1 + estimator.terms);
	const totals: LogisticTotals = {
		...{ yes: none(), yesShares: none(), shares: none(), spreads: none(), losses: none(), all: none() },
	};
	for (let row = 0; row < count; row++) {
		const weight = weights[(vectors[row] as number) * width] as number;
		const eta = linearPredictor(rows, row, beta);
		const share = logistic(eta);
		const yes = outcome[row] as number;
		const own: Record<keyof LogisticTotals, number> = {
			...{ yes, yesShares: yes * share, shares: share, spreads: share * (1 - share) },
			...{ losses: loss(yes, eta), all: 1 },
		};
		for (const [name, quantity] of Object.entries(own)) {
			const total = totals[name as keyof LogisticTotals];
			for (const term of [0, 1 + (units[row] as number)]) {
				total[term] = (total[term] as number) + weight * quantity;
			}
		}
	}
	return totals;
}
