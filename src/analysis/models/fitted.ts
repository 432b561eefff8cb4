import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import type { JointEstimator } from "../../design/estimator.js";
import type { Theta } from "../../design/variance.js";
import { finite } from "../../estimate/finite.js";
import type { SuppressionRule } from "../../estimate/reliability.js";
import type { DesignColumns, Term } from "../../model/design-columns.js";
import type { Fit } from "../../model/linear.js";
import type { LogisticFit } from "../../model/logistic.js";
import type { GroupSums } from "../../model/model-sums.js";
import type { Gauge, ModelStatus } from "../../results/models.js";

/** A fit with its inputs. */
export interface GroupFit {
	set: PlannedSet;
	terms: readonly Term[];
	sums: GroupSums;
	design: DesignColumns;
	fit: Fit;
	/** Logistic models only. */
	logistic: LogisticFit | null;
	/** Position of each variable's reference level. */
	references: readonly number[];
	/** Position of the outcome's column; linear models only. */
	outcome: number;
	estimator: JointEstimator;
	df: number;
}

/** Settings shared by all models of a run. */
export interface FitOptions {
	estimator: JointEstimator;
	/** Levels of a variable of the set, in the order of their numbers. */
	levelsOf(variable: number): readonly string[];
	/** Position of each level among the levels of its variable. */
	rankOf(variable: number): readonly number[];
	/** Whether a level occurs in any group. */
	isMet(variable: number, level: number): boolean;
	hasSchools: boolean;
	rule: SuppressionRule | null;
	/** Shows suppressed figures. */
	showAll: boolean;
	level: number;
	/** Overrides the model's degrees of freedom. */
	df: number | null;
	standardize: boolean;
	effects: boolean;
}

/** Status of a figure: `ok`, or which of teachers and schools are too few to show it. */
export function tooFew(n: number, schools: number | null, rule: SuppressionRule | null): ModelStatus {
	if (rule === null) return "ok";
	if (n < rule.teachers) return "few-teachers";
	return schools !== null && schools < rule.schools ? "few-schools" : "ok";
}

/** A statistic with its standard error. */
export function gaugeOf(theta: Theta, estimator: JointEstimator): Gauge {
	const se = Math.sqrt(estimator.variance(theta).variance);
	return { estimate: finite(theta[0] as number), se: finite(se) };
}
