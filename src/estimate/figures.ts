import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Estimate, IntervalMethod } from "../results/result-set.js";
import type { QuantileInterval } from "../settings/means.js";
import type { Cell } from "../tabulate/cells.js";
import { finite } from "./finite.js";
import { countInterval, type Interval, shareInterval, waldInterval } from "./interval.js";
import { type Margin, type Response, responseOf, validSums } from "./margin.js";
import { type SuppressionRule, statusOf } from "./reliability.js";
import {
	type Distribution,
	distributionOf,
	elementVariance,
	meanOf,
	quantileOf,
	ratioOf,
	shareOf,
	shareOfValue,
	standardDeviation,
	yesCount,
} from "./statistic.js";
import { woodruffInterval } from "./woodruff.js";

/** The numbers of an estimate; the analysis adds the description. */
export type Numbers = Omit<Estimate, "topic" | "item" | "variable" | "label" | "group" | "base">;

/** Numbers, with the vectors that other statistics build on. */
export interface Figure {
	numbers: Numbers;
	/** The statistic under every weight, in the unit of `estimate`. */
	theta: Theta;
	/** Replicates in which the statistic does not exist; the variance leaves them out. */
	dropped: number;
	/** For a share of a distribution, the value it counts. */
	value?: number;
}

export interface FigureOptions {
	estimator: Estimator;
	/** Degrees of freedom of the group; may be infinite. */
	df: number;
	/** False if the group's rows leave the design no degrees of freedom, whatever `df` the caller sets. */
	varies: boolean;
	/** Confidence level of the intervals, such as 0.95. */
	level: number;
	ci: IntervalMethod;
	rule: SuppressionRule | null;
	/** Adds the estimated number of teachers who answer yes. */
	counts: boolean;
	/**
	 * Adds the standard deviation, these quantiles and, for counts, the distribution to means; null for the mean alone.
	 */
	quantiles: Quantiles | null;
	hasSchools: boolean;
}

/** Requested quantiles. */
export interface Quantiles {
	/** Between 0 and 1. */
	shares: readonly number[];
	interval: QuantileInterval;
}

/** A variable of the tables. */
export interface TabulatedVariable {
	/** Its position in the cells. */
	index: number;
	/** Values of the states from FIRST_COUNT on; null for items, which are yes or no. */
	values: readonly number[] | null;
	/** Number of its states. */
	states: number;
	/** Whether each value is a category with its own percentage. */
	isCount: boolean;
	/** Denominator, if a ratio of sums is asked for instead of a mean. */
	per?: TabulatedVariable;
}

/**
 * Figures of one variable in one group. Items: the percentage of yes (and the count if requested). Counts and measures:
 * the mean (and other distribution statistics if requested), or the ratio to another variable.
 * @param per Margin of a ratio's denominator, over the same rows.
 */
export function figuresOf(
	cell: Cell,
	margin: Margin,
	variable: TabulatedVariable,
	options: FigureOptions,
	per?: Margin,
): Figure[] {
	const response = responseOf(margin);
	const schools = options.hasSchools ? cell.schools.count(variable.index) : null;
	const { df, varies } = options;
	const status = statusOf(response, schools, options.rule, varies);
	const estimator = options.estimator.within(() => validSums(margin));
	const make: Make = (statistic, theta, interval, deff, value) => {
		const { variance, dropped } = estimator.variance(theta);
		const se = varies ? finite(Math.sqrt(variance)) : null;
		const { low, high, method } = se === null ? NO_INTERVAL : interval(se);
		return {
			numbers: {
				statistic,
				estimate: finite(theta[0] as number),
				se,
				ciLow: finite(low),
				ciHigh: finite(high),
				ciMethod: method,
				df: finite(df),
				n: response.valid,
				schools,
				weightedN: response.weightedValid,
				coverage: finite(response.coverage),
				deff: varies ? finite(deff(variance)) : null,
				status,
			},
			theta,
			dropped,
			...(value === undefined ? {} : { value }),
		};
	};
	const own = { ...options, estimator };
	if (variable.values === null) return shares(margin, response, own, make);
	const distribution = distributionOf(margin, variable.values);
	if (per !== undefined) {
		return [ratio(distribution, distributionOf(per, variable.per?.values ?? []), own, make)];
	}
	return [
		...means(distribution, own, make),
		...(variable.isCount && options.quantiles !== null ? categories(distribution, own, make) : []),
	];
}

const NO_INTERVAL = { low: Number.NaN, high: Number.NaN, method: null };

/** Completes a figure from its statistic: interval from the standard error, design effect from the variance. */
type Make = (
	statistic: Estimate["statistic"],
	theta: Theta,
	interval: (se: number) => Interval,
	deff: (variance: number) => number,
	value?: number,
) => Figure;

const NONE = () => Number.NaN;

function shares(margin: Margin, { valid }: Response, options: FigureOptions, make: Make): Figure[] {
	const { estimator, counts, df, level } = options;
	const percent = percentFigure(shareOf(margin, estimator), valid, options, make);
	if (!counts) return [percent];
	const count = yesCount(margin, estimator);
	const interval = (se: number) => countInterval(count[0] as number, se, df, level);
	return [percent, make("count", count, interval, NONE)];
}

/** A percentage with its interval. The design effect compares its variance with p(1−p)/(n−1) (R's deff = "replace"). */
function percentFigure(
	theta: Theta,
	n: number,
	{ estimator, ci, level, df }: FigureOptions,
	make: Make,
	value?: number,
): Figure {
	const p = theta[0] as number;
	const interval = (percentSe: number) => {
		const { low, high, method } = shareInterval(ci, level, { theta, se: percentSe / 100, n, df, estimator });
		return { low: 100 * low, high: 100 * high, method };
	};
	const srs = (p * (1 - p)) / (n - 1);
	return make(
		"percent",
		theta.map((share) => 100 * share),
		interval,
		(variance) => variance / 1e4 / srs,
		value,
	);
}

function means(distribution: Distribution, options: FigureOptions, make: Make): Figure[] {
	const { estimator, df, level, quantiles } = options;
	const wald = (theta: Theta) => (se: number) => waldInterval(theta[0] as number, se, df, level);
	const mean = meanOf(distribution, estimator);
	const spread = elementVariance(distribution, mean, estimator);
	const srs = (spread[0] as number) / distribution.n;
	const first = make("mean", mean, wald(mean), (variance) => variance / srs);
	if (quantiles === null) return [first];
	const deviation = standardDeviation(spread, estimator);
	const isByDistribution =
		quantiles.interval === "woodruff" || (quantiles.interval === "auto" && estimator.smoothOnly);
	return [
		first,
		make("sd", deviation, wald(deviation), NONE),
		...quantiles.shares.map((q) => {
			const theta = quantileOf(distribution, q, estimator);
			const figure = make(`q${Number((100 * q).toFixed(6))}`, theta, wald(theta), NONE);
			return isByDistribution ? byDistribution(figure, distribution, options) : figure;
		}),
	];
}

/** Σ w_r x / Σ w_r y, under every weight. */
function ratio(
	numerator: Distribution,
	denominator: Distribution,
	{ estimator, df, level }: FigureOptions,
	make: Make,
): Figure {
	const theta = ratioOf(numerator, denominator, estimator);
	return make("ratio", theta, (se) => waldInterval(theta[0] as number, se, df, level), NONE);
}

/** A quantile with Woodruff's interval and the standard error implied by its width. */
function byDistribution(
	figure: Figure,
	distribution: Distribution,
	{ estimator, df, level, ci, varies }: FigureOptions,
): Figure {
	const { estimate } = figure.numbers;
	if (!varies || estimate === null) return figure;
	const { low, high, se } = woodruffInterval(distribution, estimate, { estimator, df, level, ci });
	const numbers = { se: finite(se), ciLow: finite(low), ciHigh: finite(high), ciMethod: "woodruff" as const };
	return { ...figure, numbers: { ...figure.numbers, ...numbers } };
}

/** The percentage of each value. */
function categories(distribution: Distribution, options: FigureOptions, make: Make): Figure[] {
	const { estimator } = options;
	return distribution.values.map((value, index) =>
		percentFigure(shareOfValue(distribution, index, estimator), distribution.n, options, make, value),
	);
}
