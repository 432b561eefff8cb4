import { normalQuantile, tQuantile } from "./quantiles.js";
import { twoSidedP } from "./tails.js";
import { chiSquareTail } from "./upper-tails.js";

/** Restricted maximum likelihood, DerSimonian and Laird (1986), or one common effect. */
export type SynthesisMethod = "reml" | "dl" | "fixed";
/** Normal quantiles, or those of Knapp and Hartung (2003) without a lower bound on their factor. */
export type SynthesisTest = "z" | "hartung-knapp";

/** The estimate of one study, here one system. */
export interface StudyEffect {
	estimate: number;
	/** Above 0. */
	se: number;
}

/** Several effects combined. */
export interface MetaAnalysis {
	k: number;
	estimate: number;
	se: number;
	ciLow: number;
	ciHigh: number;
	p: number;
	/** Estimated variance between effects, in the squared unit of the estimates. */
	tau2: number;
	/** Null for one common effect. */
	tau2Se: number | null;
	/** Share of the variance that lies between effects, in percent. */
	i2: number;
	h2: number;
	/** Cochran's Q, its degrees of freedom and its p. */
	q: number;
	qDf: number;
	qP: number;
	/** Prediction interval for the effect in one more system; null for one common effect. */
	piLow: number | null;
	piHigh: number | null;
	/** Weight of each effect in the estimate, in the order given; they add up to 1. */
	shares: number[];
}

export interface SynthesisOptions {
	method: SynthesisMethod;
	test: SynthesisTest;
	/** Confidence level, such as 0.95. */
	level: number;
}

/**
 * Synthesis of independent effects, as in R's `metafor::rma` and `predict`: Σ w·y / Σ w with w = 1 / (se² + τ²).
 *
 * I² and H² come from τ² and the typical variance of Higgins and Thompson (2002); for one common effect, from Q. The
 * prediction interval uses √(se² + τ²) and the quantile of the test.
 * @param effects At least one; a single effect is returned with no heterogeneity statistics.
 * @example synthesize([{ estimate: 1, se: 0.5 }, { estimate: 2, se: 0.5 }], { method: "reml", test: "z", level: 0.95 });
 */
export function metaAnalysis(effects: readonly StudyEffect[], options: SynthesisOptions): MetaAnalysis {
	const k = effects.length;
	const alone = k === 1;
	const method = alone ? "fixed" : options.method;
	const test = alone ? "z" : options.test;
	const common = weigh(effects, 0);
	const tau2 = { reml: restrictedTau2, dl: momentTau2, fixed: () => 0 }[method](effects);
	const weighed = weigh(effects, tau2);
	const { total, mean } = weighed;
	const spread = test === "z" ? 1 : weighed.q / (k - 1);
	const se = Math.sqrt(spread / total);
	const df = test === "z" ? Number.POSITIVE_INFINITY : k - 1;
	const upper = (1 + options.level) / 2;
	const quantile = test === "z" ? normalQuantile(upper) : tQuantile(upper, df);
	const reach = quantile * Math.sqrt(se ** 2 + tau2);
	const qDf = k - 1;
	return {
		k,
		estimate: mean,
		se,
		ciLow: mean - quantile * se,
		ciHigh: mean + quantile * se,
		p: twoSidedP(mean / se, df),
		tau2,
		tau2Se: tau2Error(method, common, weighed, k),
		...(alone ? { i2: 0, h2: 1 } : heterogeneity(method, common, tau2, k)),
		q: common.q,
		qDf,
		qP: alone ? 1 : chiSquareTail(common.q, qDf),
		piLow: method === "fixed" ? null : mean - reach,
		piHigh: method === "fixed" ? null : mean + reach,
		shares: weighed.weights.map((weight) => weight / total),
	};
}

/**
 * Repeats the synthesis, leaving out each effect in turn.
 * @param effects At least two.
 * @returns In the order given: element i omits effect i.
 */
export function leaveOneOut(effects: readonly StudyEffect[], options: SynthesisOptions): MetaAnalysis[] {
	return effects.map((_, left) =>
		metaAnalysis(
			effects.filter((_, place) => place !== left),
			options,
		),
	);
}

/**
 * Tests whether subgroups differ: Cochran's Q of the subgroup syntheses, each with its own τ².
 * @param subgroups At least two.
 */
export function betweenSubgroups(subgroups: readonly StudyEffect[]): { q: number; df: number; p: number } {
	const { q } = weigh(subgroups, 0);
	const df = subgroups.length - 1;
	return { q, df, p: chiSquareTail(q, df) };
}

/** Sums for one τ²; `trace` and `trace2` are the traces of P and P² with P = W − W1(1ᵀW1)⁻¹1ᵀW. */
interface Weighed {
	weights: number[];
	total: number;
	mean: number;
	/** Σ w·(y − mean)². */
	q: number;
	/** Σ w²·(y − mean)². */
	q2: number;
	trace: number;
	trace2: number;
	/** Restricted log-likelihood up to a constant. */
	likelihood: number;
}

function weigh(effects: readonly StudyEffect[], tau2: number): Weighed {
	const weights = effects.map(({ se }) => 1 / (se ** 2 + tau2));
	const power = (exponent: number) => weights.reduce((sum, weight) => sum + weight ** exponent, 0);
	const total = power(1);
	const mean = effects.reduce((sum, { estimate }, i) => sum + (weights[i] as number) * estimate, 0) / total;
	const squares = (exponent: number) =>
		effects.reduce(
			(sum, { estimate }, i) => sum + (weights[i] as number) ** exponent * (estimate - mean) ** 2,
			0,
		);
	const ratio = power(2) / total;
	const logs = weights.reduce((sum, weight) => sum + Math.log(weight), 0);
	const q = squares(1);
	return {
		weights,
		total,
		mean,
		q,
		q2: squares(2),
		trace: total - ratio,
		trace2: power(2) - (2 * power(3)) / total + ratio ** 2,
		likelihood: (logs - Math.log(total) - q) / 2,
	};
}

/** Moment estimator of DerSimonian and Laird. */
function momentTau2(effects: readonly StudyEffect[]): number {
	const { q, trace } = weigh(effects, 0);
	return Math.max(0, (q - (effects.length - 1)) / trace);
}

const MOST_STEPS = 1000;
const MOST_HALVINGS = 60;

/**
 * Maximises the restricted likelihood over τ² ≥ 0 by Fisher scoring (Viechtbauer 2005), starting from Hedges' estimate.
 * A step that would lower the likelihood is halved.
 */
function restrictedTau2(effects: readonly StudyEffect[]): number {
	const k = effects.length;
	const typical = effects.reduce((sum, { se }) => sum + se ** 2, 0) / k;
	const plain = effects.reduce((sum, { estimate }) => sum + estimate, 0) / k;
	const between = effects.reduce((sum, { estimate }) => sum + (estimate - plain) ** 2, 0) / (k - 1);
	let tau2 = Math.max(0, between - typical);
	let at = weigh(effects, tau2);
	for (let step = 0; step < MOST_STEPS; step++) {
		let next = Math.max(0, tau2 + (at.q2 - at.trace) / at.trace2);
		let there = weigh(effects, next);
		for (let halving = 0; halving < MOST_HALVINGS && isLower(there, at); halving++) {
			next = (tau2 + next) / 2;
			there = weigh(effects, next);
		}
		const change = Math.abs(next - tau2);
		[tau2, at] = [next, there];
		if (change <= 1e-14 * (tau2 + typical)) break;
	}
	return weigh(effects, 0).likelihood > at.likelihood ? 0 : tau2;
}

/** Whether the likelihood fell by more than rounding explains. */
function isLower(there: Weighed, at: Weighed): boolean {
	return there.likelihood < at.likelihood - 1e-10 * (1 + Math.abs(at.likelihood));
}

/** Asymptotic standard error of τ², as in metafor. */
function tau2Error(method: SynthesisMethod, common: Weighed, weighed: Weighed, k: number): number | null {
	if (method === "fixed") return null;
	if (method === "reml") return Math.sqrt(2 / weighed.trace2);
	const { trace, trace2, q } = common;
	const tau2 = Math.max(0, (q - (k - 1)) / trace);
	return Math.sqrt(2 * (k - 1) + 4 * tau2 * trace + 2 * tau2 ** 2 * trace2) / trace;
}

function heterogeneity(
	method: SynthesisMethod,
	{ q, trace }: Weighed,
	tau2: number,
	k: number,
): { i2: number; h2: number } {
	if (method === "fixed") return { i2: Math.max(0, (100 * (q - (k - 1))) / q), h2: q / (k - 1) };
	const typical = (k - 1) / trace;
	return { i2: (100 * tau2) / (typical + tau2), h2: tau2 / typical + 1 };
}
