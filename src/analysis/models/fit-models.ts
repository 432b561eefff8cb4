import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import type { SuppressionRule } from "../../estimate/reliability.js";
import type { DesignColumns, Term } from "../../model/design-columns.js";
import { modelDf, tested, waldTest } from "../../model/inference.js";
import { type Fit, fitLinear } from "../../model/linear.js";
import { fitLogistic, type LogisticFit } from "../../model/logistic.js";
import type { GroupSums } from "../../model/model-sums.js";
import { explained } from "../../model/predicted.js";
import type { Coefficient, Gauge, Model, ModelStatus, TermTest } from "../../results/models.js";
import { effectsOf } from "./effects.js";
import { columnTerm, partsOf, termKey } from "./model-names.js";
import { standardized } from "./standardized.js";

/** A coefficient before it has a name in a language. */
export type CoefficientRow = Omit<Coefficient, "label">;
/** What a model in one group says in numbers. */
export type FittedModel = Pick<
	Model,
	"n" | "schools" | "df" | "rSquared" | "nagelkerke" | "tjur" | "status" | "tests"
> & {
	coefficients: CoefficientRow[];
	/** What its reader must know: code of a note, and what it is about. */
	findings: Finding[];
	/** What further statistics are made from; null where there is no fit. */
	fitted: Fitted | null;
};

export interface Finding {
	code:
		| "no-variation"
		| "no-df"
		| "no-reference"
		| "separated"
		| "collinear"
		| "replicates-dropped"
		| "replicates-separated";
	detail: Record<string, string | number>;
}

/** A fit with all that it was made from. */
export interface Fitted {
	set: PlannedSet;
	terms: readonly Term[];
	sums: GroupSums;
	design: DesignColumns;
	fit: Fit;
	/** Of logistic models. */
	logistic: LogisticFit | null;
	/** Place of each variable's reference level. */
	references: readonly number[];
	/** Place of the outcome's column; of linear models. */
	outcome: number;
	estimator: JointEstimator;
	df: number;
}

/** Everything that is the same for all models of a run. */
export interface FitOptions {
	estimator: JointEstimator;
	/** Levels of a variable of the set, by their numbers. */
	levelsOf(variable: number): readonly string[];
	/** Place of a level among the levels of its variable. */
	rankOf(variable: number): readonly number[];
	hasSchools: boolean;
	rule: SuppressionRule | null;
	/** Shows what is suppressed. */
	showAll: boolean;
	level: number;
	/** Replaces the model's degrees of freedom. */
	df: number | null;
	standardize: boolean;
	effects: boolean;
}

/**
 * One model in one group.
 * @param sums Undefined where no teacher has all variables.
 * @param designDf Degrees of freedom of the design, over all teachers of the group.
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
	const refuse = (code: Finding["code"], detail: Finding["detail"] = {}): FittedModel => {
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
	const fitting = fitSet(set, { sums, design }, asked, options.estimator);
	if (fitting === null) return refuse("no-variation");
	const { fit: found, logistic } = fitting;
	const df = options.df ?? modelDf(designDf, found.columns.length);
	if (!(df > 0) || (schools !== null && schools < found.columns.length))
		return refuse("no-df", { df, schools: schools ?? 0 });
	const named = (list: readonly number[]) =>
		list.map((column) => columnTerm(design, column, set, references, options)).join(", ");
	if (logistic !== null && logistic.separated.length > 0) {
		return refuse("separated", { terms: named(logistic.separated) });
	}
	const { estimator } = options;
	const fitted: Fitted = {
		...{ set, terms, sums, design, logistic, references, estimator, df },
		fit: withoutErrors(found, logistic),
		outcome: fitting.outcome,
	};
	const coefficients = coefficientRows(fitted, columns, absent, options);
	const dropped = estimator.linearised ? 0 : droppedReplicates(found, estimator);
	return {
		...{ n, schools, status, coefficients, fitted },
		df: finiteOrNull(df),
		...sharesOf(fitted, fitting.rSquared),
		tests: termTests(fitted),
		findings: [
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

function tooFew(n: number, schools: number | null, rule: SuppressionRule | null): ModelStatus {
	if (rule === null) return "ok";
	if (n < rule.teachers) return "few-teachers";
	return schools !== null && schools < rule.schools ? "few-schools" : "ok";
}

/** The level that is asked for, or the first of those that the files have. */
function referenceOf(asked: string | null, variable: number, { levelsOf, rankOf }: FitOptions): number {
	const levels = levelsOf(variable);
	if (asked !== null) return levels.indexOf(asked);
	const ranks = rankOf(variable);
	return ranks.indexOf(Math.min(...ranks));
}

/** Whether nobody of the group has the level that others are compared with. */
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

/** Whether a column is of a level that nobody of the group has. */
function isAbsent(design: DesignColumns, sums: GroupSums, column: number): boolean {
	return partsOf(design, column).some(
		({ variable, level }) => level !== null && (sums.levels.get(variable)?.[level]?.rows ?? 0) === 0,
	);
}

interface Fitting {
	fit: Fit;
	logistic: LogisticFit | null;
	outcome: number;
	rSquared: Theta | null;
}

/** Null where the outcome does not vary. */
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

/** Where the model has no maximum under some replicate, nobody knows how far its coefficients vary. */
function withoutErrors(found: Fit, logistic: LogisticFit | null): Fit {
	if (logistic === null || logistic.separatedReplicates === 0) return found;
	const alone = (theta: Theta) => theta.map((value, r) => (r === 0 ? value : Number.NaN));
	return { ...found, coefficients: found.coefficients.map(alone) };
}

function droppedReplicates({ coefficients }: Fit, estimator: JointEstimator): number {
	return coefficients[0] === undefined ? 0 : estimator.variance(coefficients[0]).dropped;
}

/** R² of linear models; Nagelkerke's and Tjur's of logistic ones. */
function sharesOf(fitted: Fitted, rSquared: Theta | null): Pick<Model, "rSquared" | "nagelkerke" | "tjur"> {
	const { logistic, estimator, fit: found } = fitted;
	const gauge = (theta: Theta) => gaugeOf(theta, estimator);
	if (logistic === null) return { rSquared: rSquared === null ? null : gauge(rSquared) };
	const { nagelkerke, tjur } = explained({ fit: found, rows: logistic.rows, estimator });
	return { nagelkerke: gauge(nagelkerke), tjur: gauge(tjur) };
}

function noShares({ family }: PlannedSet): Pick<Model, "rSquared" | "nagelkerke" | "tjur"> {
	return family === "linear" ? { rSquared: null } : { nagelkerke: null, tjur: null };
}

/** A statistic with its standard error. */
export function gaugeOf(theta: Theta, estimator: JointEstimator, unit = 1): Gauge {
	const se = Math.sqrt(estimator.variance(theta).variance);
	return { estimate: finiteOrNull(unit * (theta[0] as number)), se: finiteOrNull(unit * se) };
}

export function finiteOrNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

function coefficientRows(
	fitted: Fitted,
	columns: readonly number[],
	absent: readonly number[],
	options: FitOptions,
): CoefficientRow[] {
	const { fit: found, estimator, df, set, design, references } = fitted;
	const thetas = options.standardize ? standardized(fitted) : found.coefficients;
	const effects = options.effects ? effectsOf(fitted) : null;
	return columns.map((column): CoefficientRow => {
		const place = found.columns.indexOf(column);
		const about = aboutColumn(fitted, column, options);
		const status = absent.includes(column)
			? ("no-data" as const)
			: place < 0
				? ("collinear" as const)
				: levelStatus(fitted, column, options);
		const theta = thetas[place];
		if (theta === undefined || place < 0 || (status !== "ok" && !options.showAll)) {
			return { ...about, ...NOTHING, status: status === "ok" ? "collinear" : status };
		}
		const { estimate, se, ciLow, ciHigh, t, p } = tested(theta, estimator, df, options.level);
		const effect = effects?.get(column);
		return {
			...about,
			estimate,
			...nulled({ se, ciLow, ciHigh, t }),
			df: finiteOrNull(df),
			p: finiteOrNull(p),
			oddsRatio:
				set.family === "linear"
					? null
					: {
							estimate: Math.exp(estimate),
							ciLow: finiteOrNull(Math.exp(ciLow)),
							ciHigh: finiteOrNull(Math.exp(ciHigh)),
						},
			ame: effect === undefined ? null : gaugeOf(effect, estimator, 100),
			...(status === "ok" ? {} : { status }),
		};
	});

	function aboutColumn({ set: own }: Fitted, column: number, { levelsOf }: FitOptions) {
		const parts = partsOf(design, column);
		const variables = parts.flatMap(({ variable }) => own.variables[variable]?.variable ?? []);
		const levels = parts.flatMap(({ variable, level }) =>
			level === null ? [] : (levelsOf(variable)[level] ?? []),
		);
		return {
			term: columnTerm(design, column, own, references, options),
			variable: variables.length === 0 ? null : variables.join(" * "),
			level: levels.length === 0 ? null : levels.join(" * "),
		};
	}
}

const NOTHING = {
	...{ estimate: null, se: null, ciLow: null, ciHigh: null, t: null, df: null, p: null },
	...{ oddsRatio: null, ame: null },
};

function nulled<K extends string>(numbers: Record<K, number>): Record<K, number | null> {
	return Object.fromEntries(
		Object.entries<number>(numbers).map(([name, value]) => [name, finiteOrNull(value)]),
	) as Record<K, number | null>;
}

/** Whether the levels a coefficient compares have enough teachers and schools. */
function levelStatus(
	{ sums, design, references }: Fitted,
	column: number,
	{ rule, hasSchools }: FitOptions,
): ModelStatus {
	if (rule === null) return "ok";
	const parts = partsOf(design, column);
	for (const { variable, level } of parts) {
		if (level === null) continue;
		for (const one of [level, references[variable] as number]) {
			const { rows = 0, schools = new Set() } = sums.levels.get(variable)?.[one] ?? {};
			const status = tooFew(rows, hasSchools ? schools.size : null, rule);
			if (status !== "ok") return status;
		}
	}
	return "ok";
}

/** Wald's tests of factors and interactions. */
function termTests({ fit: found, design, terms, set, estimator, df }: Fitted): TermTest[] {
	return terms.flatMap((term) => {
		const isFactor = term.length > 1 || set.variables[term[0] as number]?.kind === "category";
		const thetas = found.coefficients.filter((_, place) => {
			const own = design.columns[found.columns[place] as number]?.term ?? [];
			return own.length === term.length && own.every((variable, i) => variable === term[i]);
		});
		if (!isFactor || thetas.length === 0) return [];
		const { F, df1, df2, p } = waldTest(thetas, estimator, df);
		return [
			{ term: termKey(term, set), F: finiteOrNull(F), df1, df2: finiteOrNull(df2), p: finiteOrNull(p) },
		];
	});
}
