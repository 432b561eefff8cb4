import type { Estimator } from "../design/estimator.js";
import type { Theta } from "../design/variance.js";
import type { Estimate, IntervalMethod, UsedInterval } from "../results/result-set.js";
import { betaQuantile, normalQuantile, tQuantile } from "../stats/quantiles.js";
import { finite } from "./finite.js";

export interface Interval {
	low: number;
	high: number;
	method: UsedInterval;
}

export interface ShareUncertainty {
	/** Shares 0–1 under every weight. */
	theta: Theta;
	/** Standard error on the 0–1 scale. */
	se: number;
	/** Rows with a valid answer. */
	n: number;
	/** Degrees of freedom; may be infinite. */
	df: number;
	estimator: Estimator;
}

/**
 * Confidence interval of a share, both ends on the 0–1 scale.
 *
 * wald: p ± t·se. logit: replicate standard error of logit(p_r), back-transformed, as in R's svyciprop. xlogit: the
 * same with se / (p(1−p)) (delta method). beta: Korn & Graubard (1998). wilson: Wilson's score interval with the
 * effective sample size in place of n. If a replicate is 0 or 1 it has no logit, and xlogit is used instead. If p
 * itself is 0 or 1, the replicates carry no information on its error; the interval is then exact (Clopper & Pearson
 * 1934), as for simple random sampling except for the design's degrees of freedom.
 * @param level Confidence level, such as 0.95.
 */
export function shareInterval(asked: IntervalMethod, level: number, share: ShareUncertainty): Interval {
	const { theta, se, n, df } = share;
	const p = theta[0] as number;
	const alpha = 1 - level;
	const t = tQuantile(1 - alpha / 2, df);
	if (p <= 0 || p >= 1) return { ...beta(p, n * correction(n, df, alpha), alpha), method: "exact" };
	if (asked === "wald" || se === 0) return { low: p - t * se, high: p + t * se, method: asked };
	if (asked === "logit" && !touchesEdge(share)) return { ...logit(p, t * logitError(share)), method: asked };
	if (asked === "logit" || asked === "xlogit") {
		return { ...logit(p, (t * se) / (p * (1 - p))), method: "xlogit" };
	}
	const effective = ((p * (1 - p)) / se ** 2) * correction(n, df, alpha);
	return { ...(asked === "beta" ? beta(p, effective, alpha) : wilson(p, effective, alpha)), method: asked };
}

/**
 * Interval of a percentage whose replicates are unknown.
 * @param n If null, 0 and 100 % get Wald's interval, because the others need n.
 */
function percentInterval(
	percent: number,
	se: number,
	n: number | null,
	df: number,
	level: number,
	ci: IntervalMethod,
) {
	if (n === null && (percent <= 0 || percent >= 100 || ci === "beta" || ci === "wilson")) {
		return waldInterval(percent, se, df, level);
	}
	const theta = Float64Array.of(percent / 100);
	const share = { theta, se: se / 100, n: n ?? 0, df, estimator: WITHOUT_REPLICATES };
	const { low, high, method } = shareInterval(ci === "logit" ? "xlogit" : ci, level, share);
	return { low: 100 * low, high: 100 * high, method };
}

const WITHOUT_REPLICATES: Estimator = {
	terms: 0,
	linearised: true,
	smoothOnly: true,
	ratio: () => Float64Array.of(Number.NaN),
	total: () => Float64Array.of(Number.NaN),
	transform: () => Float64Array.of(Number.NaN),
	variance: () => ({ variance: Number.NaN, dropped: 0 }),
	within: () => WITHOUT_REPLICATES,
};

/** Interval of a figure whose replicates are unknown, in the form an estimate carries. */
export function printedInterval(
	{ statistic, estimate, se, n }: Pick<Estimate, "statistic" | "estimate" | "se" | "n">,
	df: number,
	level: number,
	ci: IntervalMethod,
): Pick<Estimate, "ciLow" | "ciHigh" | "ciMethod"> {
	if (estimate === null || se === null) return { ciLow: null, ciHigh: null, ciMethod: null };
	const { low, high, method } =
		statistic === "percent"
			? percentInterval(estimate, se, n, df, level, ci)
			: statistic === "count"
				? countInterval(estimate, se, df, level)
				: waldInterval(estimate, se, df, level);
	return { ciLow: finite(low), ciHigh: finite(high), ciMethod: method };
}

/** Interval of a count, symmetric on the log scale with se / count (delta method), so that it never falls below 0. */
export function countInterval(count: number, se: number, df: number, level: number): Interval {
	const t = tQuantile(1 - (1 - level) / 2, df);
	const factor = count === 0 ? 1 : Math.exp((t * se) / count);
	return { low: count / factor, high: count * factor, method: "log" };
}

/** Wald interval of a mean, in the unit of the mean. */
export function waldInterval(value: number, se: number, df: number, level: number): Interval {
	const t = tQuantile(1 - (1 - level) / 2, df);
	return { low: value - t * se, high: value + t * se, method: "wald" };
}

/** Whether a replicate is 0 or 1 and so has no logit. Influences of units are not bounded like that. */
function touchesEdge({ theta, estimator }: ShareUncertainty): boolean {
	return !estimator.linearised && theta.some((value) => value <= 0 || value >= 1);
}

function logitError({ theta, estimator }: ShareUncertainty): number {
	const logits = estimator.transform(
		theta,
		(p) => Math.log(p / (1 - p)),
		(p) => 1 / (p * (1 - p)),
	);
	return Math.sqrt(estimator.variance(logits).variance);
}

function logit(p: number, halfWidth: number): { low: number; high: number } {
	const centre = Math.log(p / (1 - p));
	const back = (x: number) => 1 / (1 + Math.exp(-x));
	return { low: back(centre - halfWidth), high: back(centre + halfWidth) };
}

/** Factor that adjusts a sample size for the design's degrees of freedom: (t_{n−1} / t_df)² (Korn & Graubard 1998). */
function correction(n: number, df: number, alpha: number): number {
	// With one row there is no t quantile, and no interval to narrow.
	if (n < 2) return 1;
	return (tQuantile(alpha / 2, n - 1) / tQuantile(alpha / 2, df)) ** 2;
}

function beta(p: number, n: number, alpha: number): { low: number; high: number } {
	return {
		low: betaQuantile(alpha / 2, n * p, n * (1 - p) + 1),
		high: betaQuantile(1 - alpha / 2, n * p + 1, n * (1 - p)),
	};
}

function wilson(p: number, n: number, alpha: number): { low: number; high: number } {
	const z = normalQuantile(1 - alpha / 2);
	const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
	const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
	return { low: centre - half, high: centre + half };
}
