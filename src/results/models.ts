import type { Base, Group, Status } from "./row-parts.js";

/** Term of the constant of a model. */
export const INTERCEPT = "(intercept)";

/** A model without labels. */
export type ModelRow = Omit<Model, "outcome" | "coefficients" | "references"> & {
	outcome: Omit<ModelOutcome, "label"> & { label?: string };
	coefficients: (Omit<Coefficient, "label"> & { label?: string })[];
	references?: (Omit<ReferenceLevel, "label"> & { label?: string })[];
};

/** A number of a model with its standard error; null if it cannot be estimated. */
export interface Gauge {
	estimate: number | null;
	se: number | null;
}

/** The outcome of a model. */
export interface ModelOutcome {
	/** Null for columns that are not items of the codebook. */
	topic: string | null;
	item: string;
	/** Upper case; null for derived rows. */
	variable: string | null;
	/** `percent` who answer yes, in percentage points; `mean` of a number, in its own unit. */
	statistic: "percent" | "mean";
	label: string;
}

/** A regression in one group. */
export interface Model {
	/** The user's name for the model. */
	name?: string;
	group: Group;
	outcome: ModelOutcome;
	family: "linear" | "logistic";
	base: Base;
	/** Teachers with all variables of the model and a weight above 0; null if a published model does not say. */
	n: number | null;
	/** Distinct schools among them; null where the file has no school column. */
	schools: number | null;
	/**
	 * Degrees of freedom of the design, plus 1, minus the number of coefficients; null stands for infinite, and for
	 * hidden rows.
	 */
	df: number | null;
	/** Linear models: share of variance explained, from 0 to 1. */
	rSquared?: Gauge | null;
	/** Logistic models, from 0 to 1. */
	nagelkerke?: Gauge | null;
	tjur?: Gauge | null;
	/** The publisher's caution mark of the system, if any. */
	flag?: string;
	status: ModelStatus;
	coefficients: Coefficient[];
	/** Of factors: the levels that all others are compared with; absent where the model has none. */
	references?: ReferenceLevel[];
	tests: TermTest[];
	/** On request: mean predictions with some values set for everybody. */
	predictions?: Prediction[];
}

/** `not-estimable`: a note says why, such as a predictor that predicts the outcome. */
export type ModelStatus = Status | "not-estimable";

/** On the outcome's own scale, or in log odds. */
export interface Coefficient {
	/** `(intercept)`, the key of a number or an item, `key=level`, or several joined by ` * `. */
	term: string;
	/** The columns involved; null for the intercept and derived rows. */
	variable: string | null;
	/** For a factor: the level compared with the reference. */
	level: string | null;
	label: string;
	estimate: number | null;
	se: number | null;
	ciLow: number | null;
	ciHigh: number | null;
	t: number | null;
	/** Null stands for infinite. */
	df: number | null;
	p: number | null;
	oddsRatio: OddsRatio | null;
	/** Average marginal effect on the share, in percentage points, with its interval ± t·se. */
	ame: Effect | null;
	/** Absent if equal to the model's status: `few-teachers` for a level, or `collinear`. */
	status?: ModelStatus | "collinear";
}

/** The level of a factor that all its other levels are compared with. */
export interface ReferenceLevel {
	/** `key=level`. */
	term: string;
	label: string;
}

export interface OddsRatio {
	estimate: number;
	/** For published odds ratios, as printed. */
	se?: number;
	ciLow: number | null;
	ciHigh: number | null;
}

export interface Effect extends Gauge {
	ciLow: number | null;
	ciHigh: number | null;
}

/** Wald's test that all coefficients of a term are zero. */
export interface TermTest {
	term: string;
	F: number | null;
	df1: number;
	/** Null stands for infinite. */
	df2: number | null;
	p: number | null;
}

/** In percent for shares, otherwise in the outcome's own unit. */
export interface Prediction extends Gauge {
	at: Record<string, string | number>;
	ciLow: number | null;
	ciHigh: number | null;
}
