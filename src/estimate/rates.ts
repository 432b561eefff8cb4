import { FIRST_COUNT } from "../codebook/coding.js";
import { replicateVariance } from "../design/variance.js";
import type { Estimate, IntervalMethod, Status } from "../results.js";
import type { Cell } from "../tabulate/cells.js";
import { type Interval, shareInterval, waldInterval } from "./interval.js";
import { type Margin, marginOf, type Response, responseOf } from "./margin.js";
import { type SuppressionRule, statusOf } from "./reliability.js";
import { countOf, elementVariance, meanOf, shareOf, type Theta } from "./statistic.js";

/** The numbers of an estimate; what it is an estimate of is put beside them by the analysis. */
export type Figures = Omit<Estimate, "topic" | "item" | "variable" | "label" | "group" | "base"> & {
	/** Replicates without the statistic, which the variance leaves out. */
	dropped: number;
};

export interface RateOptions {
	/** Factors of the variance method, one a replicate. */
	factors: Float64Array;
	/** Degrees of freedom of the group; may be infinite. */
	df: number;
	/** Confidence level of the intervals, such as 0.95. */
	level: number;
	ci: IntervalMethod;
	rule: SuppressionRule | null;
	/** True: a row that breaks the rule keeps its numbers beside its status. */
	showSuppressed: boolean;
	/** Adds the estimated number of teachers who say yes. */
	counts: boolean;
	hasSchools: boolean;
}

/**
 * Estimates of one variable in one group: the percentage of yes (and the count where asked for), or the
 * mean of a number of types.
 */
export function ratesOf(cell: Cell, variable: number, options: RateOptions): Figures[] {
	const margin = marginOf(cell, variable);
	const response = responseOf(margin);
	const schools = options.hasSchools ? (cell.schools[variable]?.size ?? 0) : null;
	const status = statusOf(response, schools, options.rule);
	const common = { n: response.valid, schools, status };
	const isCount = margin.rows.length > FIRST_COUNT;
	const figures: Figures[] = isCount
		? [{ ...meanFigures(margin, response, options), ...common }]
		: [{ ...percentFigures(margin, response, options), ...common }];
	if (options.counts && !isCount) figures.push({ ...countFigures(margin, response, options), ...common });
	return figures.map((row) => (isHidden(row.status, options) ? hide(row) : row));
}

type Numbers = Omit<Figures, "n" | "schools" | "status">;

function percentFigures(margin: Margin, response: Response, options: RateOptions): Numbers {
	const { factors, df, level, ci } = options;
	const theta = shareOf(margin);
	const p = theta[0] as number;
	const { se, dropped } = errorOf(theta, factors);
	const n = response.valid;
	const interval = shareInterval(ci, level, { theta, se, n, df, factors });
	const srs = (p * (1 - p)) / (n - 1);
	return {
		statistic: "percent",
		estimate: finite(100 * p),
		se: finite(100 * se),
		...ends({ ...interval, low: 100 * interval.low, high: 100 * interval.high }),
		...about(response, df),
		deff: finite(se ** 2 / srs),
		dropped,
	};
}

function meanFigures(margin: Margin, response: Response, { factors, df, level }: RateOptions): Numbers {
	const theta = meanOf(margin);
	const mean = theta[0] as number;
	const { se, dropped } = errorOf(theta, factors);
	const srs = elementVariance(margin, mean) / response.valid;
	return {
		statistic: "mean",
		estimate: finite(mean),
		se: finite(se),
		...ends(waldInterval(mean, se, df, level)),
		...about(response, df),
		deff: finite(se ** 2 / srs),
		dropped,
	};
}

function countFigures(margin: Margin, response: Response, { factors, df, level }: RateOptions): Numbers {
	const theta = countOf(margin);
	const { se, dropped } = errorOf(theta, factors);
	const count = theta[0] as number;
	return {
		statistic: "count",
		estimate: count,
		se: finite(se),
		...ends(waldInterval(count, se, df, level)),
		...about(response, df),
		deff: null,
		dropped,
	};
}

function errorOf(theta: Theta, factors: Float64Array): { se: number; dropped: number } {
	const { variance, dropped } = replicateVariance(theta, factors);
	return { se: Math.sqrt(variance), dropped };
}

function ends({ low, high, method }: Interval): Pick<Estimate, "ciLow" | "ciHigh" | "ciMethod"> {
	return { ciLow: finite(low), ciHigh: finite(high), ciMethod: method };
}

function about(response: Response, df: number): Pick<Estimate, "df" | "weightedN" | "coverage"> {
	return { df: finite(df), weightedN: response.weightedValid, coverage: finite(response.coverage) };
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

function isHidden(status: Status, { showSuppressed }: RateOptions): boolean {
	return status === "no-data" || status === "not-administered" || (status !== "ok" && !showSuppressed);
}

/** A hidden row keeps n, schools and status. */
function hide(row: Figures): Figures {
	const nothing = { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null };
	return { ...row, ...nothing, weightedN: null, coverage: null, deff: null, dropped: 0 };
}
