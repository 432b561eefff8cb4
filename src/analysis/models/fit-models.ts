import { UserError } from "../../base/errors.js";
import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import { finite } from "../../estimate/finite.js";
import type { DesignColumns, Term } from "../../model/design-columns.js";
import { modelDf } from "../../model/inference.js";
import { type Fit, fitLinear } from "../../model/linear.js";
import { fitLogistic, type LogisticFit } from "../../model/logistic.js";
import type { GroupSums } from "../../model/model-sums.js";
import { explained } from "../../model/predicted.js";
import { INTERCEPT, type Model, type ModelStatus } from "../../results/models.js";
import { type CoefficientRow, coefficientRows, termTests } from "./coefficient-rows.js";
import { type FitOptions, type GroupFit, gaugeOf, tooFew } from "./fitted.js";
import { columnTerm, columnVariables } from "./model-names.js";

/** The numbers of one model in one group. */
export type FittedModel = Pick<
	Model,
	"n" | "schools" | "df" | "rSquared" | "nagelkerke" | "tjur" | "status" | "tests"
> & {
	coefficients: CoefficientRow[];
	/** Terms of the reference levels; absent where no predictor is a factor. */
	references?: { term: string }[];
	/** Codes of notes for the reader, with their subjects. */
	findings: ModelFinding[];
	/** Input of further statistics; null if there is no fit. */
	fitted: GroupFit | null;
};

export interface ModelFinding {
	code:
		| "no-variation"
		| "exact"
		| "no-df"
		| "no-reference"
		| "separated"
		| "collinear"
		| "constant"
		| "replicates-dropped"
		| "replicates-separated";
	detail: Record<string, string | number>;
}

/** Limit on the coefficients of a model: more take minutes and gigabytes under every replicate weight. */
const MOST_COEFFICIENTS = 250;

/**
 * Fits one model in one group.
 * @param sums Undefined if no teacher has all variables.
 * @param designDf Degrees of freedom of the design, over all teachers of the group.
 * @throws UserError for too many coefficients.
 */
export function fitModel(
	set: PlannedSet,
	terms: readonly Term[],
	{ sums, design }: { sums: GroupSums | undefined; design: DesignColumns },
	designDf: number,
	options: FitOptions,
): FittedModel {
	const { hasSchools, rule, showAll } = options;
	const n = sums?.n ?? 0;
	const schools = hasSchools ? (sums?.schools.size ?? 0) : null;
	const status: ModelStatus = n === 0 ? "no-data" : tooFew(n, schools, rule);
	const nothing = { n, schools, df: null, coefficients: [], tests: [], findings: [], fitted: null };
	if (sums === undefined || (status !== "ok" && !showAll)) return { ...nothing, ...noShares(set), status };
	const references = set.references.map((asked, variable) => referenceOf(asked, variable, options));
	const refuse = (code: ModelFinding["code"], detail: ModelFinding["detail"] = {}): FittedModel => {
		return { ...nothing, ...noShares(set), status: "not-estimable", findings: [{ code, detail }] };
	};
	const lost = terms.flat().find((variable) => lacksReference(set, sums, references, variable));
	if (lost !== undefined) {
		const level = options.levelsOf(lost)[references[lost] as number] ?? "";
		return refuse("no-reference", { term: `${set.variables[lost]?.key}=${level}` });
	}
	const ranks = set.variables.map((_, variable) => options.rankOf(variable));
	const columns = design.contrasts(terms, references, ranks);
	const absent = columns.filter((column) => isAbsent(design, sums, column));
	const asked = columns.filter((column) => !absent.includes(column));
	if (asked.length > MOST_COEFFICIENTS) {
		throw new UserError(`the predictors make ${asked.length} coefficients, more than ${MOST_COEFFICIENTS}`, {
			hint: "leave out predictors with many levels, such as ids",
		});
	}
	const fitting = fitSet(set, { sums, design }, asked, options.estimator);
	if (fitting === null) return refuse("no-variation");
	const { fit: found, logistic } = fitting;
	if (isExact(fitting)) return refuse("exact");
	const df = options.df ?? modelDf(designDf, found.columns.length);
	if (!(df > 0) || (schools !== null && schools < found.columns.length))
		return refuse("no-df", { df, schools: schools ?? 0 });
	const named = (list: readonly number[]) =>
		list
			.map((column) => columnTerm(design, column, set, references, options))
			.filter((term) => list.length === 1 || term !== INTERCEPT)
			.join(", ");
	if (logistic !== null && logistic.separated.length > 0) {
		return refuse("separated", { terms: named(logistic.separated) });
	}
	const { estimator } = options;
	const fitted: GroupFit = {
		...{ set, terms, sums, design, logistic, references, estimator, df },
		fit: withoutErrors(found, logistic),
		outcome: fitting.outcome,
	};
	const coefficients = coefficientRows(fitted, columns, absent, options);
	const compared = referenceLevels(set, terms, references, options);
	const constant = constantsOf(set, sums, terms, options);
	const [first] = found.coefficients;
	const dropped = estimator.linearised || first === undefined ? 0 : estimator.variance(first).dropped;
	return {
		...{ n, schools, status, coefficients, fitted },
		...(compared.length === 0 ? {} : { references: compared }),
		df: finite(df),
		...sharesOf(fitted, fitting.rSquared),
		tests: termTests(fitted),
		findings: [
			...(constant.length === 0
				? []
				: [{ code: "constant" as const, detail: { terms: constant.join(", ") } }]),
			...(found.collinear.length === 0
				? []
				: [{ code: "collinear" as const, detail: { terms: named(found.collinear) } }]),
			...(logistic === null || logistic.separatedReplicates === 0
				? []
				: [{ code: "replicates-separated" as const, detail: { replicates: logistic.separatedReplicates } }]),
			...(dropped === 0 ? [] : [{ code: "replicates-dropped" as const, detail: { replicates: dropped } }]),
		],
	};
}

/** The requested reference level or, if none is given, the first that occurs; the same in all groups. */
function referenceOf(
	asked: string | null,
	variable: number,
	{ levelsOf, rankOf, isMet }: FitOptions,
): number {
	const levels = levelsOf(variable);
	if (asked !== null) return levels.indexOf(asked);
	const ranks = rankOf(variable);
	const met = ranks.filter((_, level) => isMet(variable, level));
	return ranks.indexOf(Math.min(...(met.length === 0 ? ranks : met)));
}

/** Reference levels of the factors. An answer is one where yes is its reference. */
function referenceLevels(
	{ variables }: PlannedSet,
	terms: readonly Term[],
	references: readonly number[],
	{ levelsOf }: FitOptions,
): { term: string }[] {
	return [...new Set(terms.flat())].flatMap((variable) => {
		const { key, kind } = variables[variable] ?? {};
		const level = references[variable] as number;
		const isFactor = kind === "category" || (kind === "answer" && level !== 0);
		return isFactor ? [{ term: `${key}=${levelsOf(variable)[level] ?? ""}` }] : [];
	});
}

/** Whether the reference level is empty in the group. */
function lacksReference(
	set: PlannedSet,
	sums: GroupSums,
	references: readonly number[],
	variable: number,
): boolean {
	if (set.variables[variable]?.kind === "number") return false;
	const levels = sums.levels.get(variable) ?? [];
	return (levels[references[variable] as number]?.rows ?? 0) === 0;
}

/** Predictors that take one level for all teachers of the group, with that level. */
function constantsOf(
	set: PlannedSet,
	sums: GroupSums,
	terms: readonly Term[],
	{ levelsOf }: FitOptions,
): string[] {
	return [...new Set(terms.flat())].flatMap((variable) => {
		const { key, kind } = set.variables[variable] as PlannedSet["variables"][number];
		if (kind === "number") return [];
		const met = (sums.levels.get(variable) ?? []).flatMap(({ rows }, level) => (rows > 0 ? [level] : []));
		const [only] = met;
		return met.length === 1 ? [`${key}=${levelsOf(variable)[only as number]}`] : [];
	});
}

/** Whether a column's level is empty in the group. */
function isAbsent(design: DesignColumns, sums: GroupSums, column: number): boolean {
	return columnVariables(design, column).some(
		({ variable, level }) => level !== null && (sums.levels.get(variable)?.[level]?.rows ?? 0) === 0,
	);
}

interface Fitting {
	fit: Fit;
	logistic: LogisticFit | null;
	outcome: number;
	rSquared: Theta | null;
}

/** Null if the outcome does not vary. */
function fitSet(
	{ family }: PlannedSet,
	{ sums, design }: { sums: GroupSums; design: DesignColumns },
	columns: readonly number[],
	estimator: JointEstimator,
): Fitting | null {
	if (family === "logistic") {
		const met = (sums.levels.get(0) ?? []).filter(({ rows }) => rows > 0);
		if (met.length < 2) return null;
		const logistic = fitLogistic(sums.rows, design, columns, 0, estimator);
		return { fit: logistic, logistic, outcome: -1, rSquared: null };
	}
	const { products } = sums;
	const outcome = design.find([0], [-1]) as number;
	const [all, sum, squares] = [
		products.at(0, 0, 0),
		products.at(0, outcome, 0),
		products.at(outcome, outcome, 0),
	];
	if (!(squares - sum ** 2 / all > 1e-12 * squares)) return null;
	const linear = fitLinear(products, columns, outcome, estimator);
	return { fit: linear, logistic: null, outcome, rSquared: linear.rSquared };
}

/** A smaller share of unexplained variance is rounding error. */
const DUST = 1e-12;

/** Whether the predictors determine the outcome exactly. Then no residuals remain from which to estimate errors. */
function isExact({ rSquared }: Fitting): boolean {
	return rSquared !== null && (rSquared[0] as number) > 1 - DUST;
}

/**
 * Drops the errors: if the likelihood has no maximum under some replicate, the variance of the coefficients is unknown.
 */
function withoutErrors(found: Fit, logistic: LogisticFit | null): Fit {
	if (logistic === null || logistic.separatedReplicates === 0) return found;
	const alone = (theta: Theta) => theta.map((value, r) => (r === 0 ? value : Number.NaN));
	return { ...found, coefficients: found.coefficients.map(alone) };
}

/** R² for linear models; Nagelkerke's and Tjur's R² for logistic ones. */
function sharesOf(fitted: GroupFit, rSquared: Theta | null): Pick<Model, "rSquared" | "nagelkerke" | "tjur"> {
	const { logistic, estimator, fit: found } = fitted;
	const gauge = (theta: Theta) => gaugeOf(theta, estimator);
	if (logistic === null) return { rSquared: rSquared === null ? null : gauge(rSquared) };
	const { nagelkerke, tjur } = explained({ fit: found, rows: logistic.rows, estimator });
	return { nagelkerke: gauge(nagelkerke), tjur: gauge(tjur) };
}

function noShares({ family }: PlannedSet): Pick<Model, "rSquared" | "nagelkerke" | "tjur"> {
	return family === "linear" ? { rSquared: null } : { nagelkerke: null, tjur: null };
}
