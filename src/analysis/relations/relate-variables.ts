import type { PlannedScale } from "../../codebook/plan/plan-relate.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import { finite } from "../../estimate/finite.js";
import type { SuppressionRule } from "../../estimate/reliability.js";
import { correlationOf, cronbachAlpha, fisherZ } from "../../model/correlation.js";
import { tested } from "../../model/inference.js";
import type { GroupSums } from "../../model/model-sums.js";
import { rankCorrelationOf } from "../../model/rank-correlation.js";
import type { Alpha, Relation } from "../../results/relations.js";
import { tooFew } from "../models/fitted.js";
import type { SumsCollector, SumsSet } from "../models/sums-collector.js";

/** The sums that a correlation needs. */
export function pairSums([a, b]: readonly [PlannedVariable, PlannedVariable], rank: boolean): SumsSet {
	// Ranks need the values themselves, so rows are grouped by pairs of levels.
	const as = rank ? "level" : "number";
	return {
		family: rank ? "logistic" : "linear",
		variables: [a, b].map((variable) => ({ variable, as })),
		terms: [[1]],
	};
}

/** The sums that the reliability of a scale needs. */
export function scaleSums({ columns }: PlannedScale): SumsSet {
	return {
		family: "linear",
		variables: columns.map((variable) => ({ variable, as: "number" })),
		terms: columns.slice(1).map((_, place) => [place + 1]),
	};
}

/** Settings shared by all relations of a run. */
export interface RelationOptions {
	estimator: JointEstimator;
	hasSchools: boolean;
	rule: SuppressionRule | null;
	showAll: boolean;
	level: number;
}

/** Numbers of a relation, without its description. */
type RelationNumbers = Omit<Relation, "a" | "b" | "group" | "flag">;

/**
 * Correlation of two variables in a group; interval and test by Fisher's z.
 * @param sums Undefined if no teacher has both variables.
 * @param df Degrees of freedom of the group.
 */
export function relateVariables(
	pair: readonly [PlannedVariable, PlannedVariable],
	sums: GroupSums | undefined,
	{ rank, collector }: { rank: boolean; collector: SumsCollector },
	df: number,
	options: RelationOptions,
): RelationNumbers {
	const { estimator, level } = options;
	const about = { method: rank ? ("spearman" as const) : ("pearson" as const), ...sizesOf(sums, options) };
	const nothing = { estimate: null, se: null, ciLow: null, ciHigh: null, df: null, p: null };
	const { method, n, schools, status } = about;
	if (sums === undefined || isHidden(status, options)) return { method, ...nothing, n, schools, status };
	const theta = rank
		? rankTheta(pair, sums, collector, estimator)
		: correlationOf(sums.products, 1, 2, estimator);
	const estimate = theta[0] as number;
	if (!Number.isFinite(estimate)) return { method, ...nothing, n, schools, status: "not-estimable" };
	const se = Math.sqrt(estimator.variance(theta).variance);
	const { ciLow, ciHigh, p } = tested(fisherZ(theta, estimator), estimator, df, level);
	return {
		...{ method, estimate, se: finite(se) },
		...{ ciLow: finite(Math.tanh(ciLow)), ciHigh: finite(Math.tanh(ciHigh)) },
		...{ df: finite(df), p: finite(p), n, schools, status },
	};
}

/** Ranks are not a smooth function of totals, so a linearised variance has no influences for them. */
function rankTheta(
	[a, b]: readonly [PlannedVariable, PlannedVariable],
	{ rows }: GroupSums,
	collector: SumsCollector,
	{ linearised, terms }: JointEstimator,
): Theta {
	const [ofA, ofB] = [collector.numbersOf(a), collector.numbersOf(b)];
	const pairs = rows.list().map(({ values, weights }) => ({
		a: ofA[values[0] as number] as number,
		b: ofB[values[1] as number] as number,
		weights,
	}));
	const theta = rankCorrelationOf(pairs, rows.width);
	if (!linearised) return theta;
	return Float64Array.from({ length: 1 + terms }, (_, term) =>
		term === 0 ? (theta[0] as number) : Number.NaN,
	);
}

type AlphaNumbers = Pick<Alpha, "estimate" | "se" | "n" | "schools" | "status">;

/** Cronbach's alpha of a scale in a group. */
export function reliability(
	{ columns, signs }: PlannedScale,
	sums: GroupSums | undefined,
	options: RelationOptions,
): AlphaNumbers {
	const sizes = sizesOf(sums, options);
	if (sums === undefined || isHidden(sizes.status, options)) return { estimate: null, se: null, ...sizes };
	const { estimator } = options;
	const places = columns.map((_, place) => place + 1);
	const theta = cronbachAlpha(sums.products, places, signs, estimator);
	const estimate = finite(theta[0] as number);
	if (estimate === null) return { estimate, se: null, ...sizes, status: "not-estimable" };
	return { estimate, se: finite(Math.sqrt(estimator.variance(theta).variance)), ...sizes };
}

function sizesOf(
	sums: GroupSums | undefined,
	{ hasSchools, rule }: RelationOptions,
): Pick<Relation, "n" | "schools" | "status"> {
	const n = sums?.n ?? 0;
	const schools = hasSchools ? (sums?.schools.size ?? 0) : null;
	return { n, schools, status: n === 0 ? "no-data" : tooFew(n, schools, rule) };
}

function isHidden(status: Relation["status"], { showAll }: RelationOptions): boolean {
	return status !== "ok" && !showAll;
}
