import type { Base, Group, Status } from "./row-parts.js";

/** Term of the constant of a model. */
export const INTERCEPT = "(intercept)";

/** A model before anything in it has a name in a language. */
export type ModelRow = Omit<Model, "outcome" | "coefficients"> & {
	outcome: Omit<ModelOutcome, "label"> & { label?: string };
	coefficients: (Omit<Coefficient, "label"> & { label?: string })[];
};

/** A number of a model with its standard error; null where it cannot be estimated. */
export interface Gauge {
	estimate: number | null;
	se: number | null;
}

/** What a model explains. */
export interface ModelOutcome {
	/** Null for columns that are not items of the codebook. */
	topic: string | null;
	item: string;
	/** Upper case; null for derived rows. */
	variable: string | null;
	/** `percent` of those who say yes, in points; `mean` of a number, in its own unit. */
	statistic: "percent" | "mean";
	label: string;
}

/** A regression in one group. */
export interface Model {
	/** As it was asked for by name. */
	name?: string;
	group: Group;
	outcome: ModelOutcome;
	family: "linear" | "logistic";
	base: Base;
	/** Teachers with all variables of the model and a weight above 0; null where a published model does not say. */
	n: number | null;
	/** Distinct schools among them; null where the file has no school column. */
	schools: number | null;
	/** Of the design, plus 1, less the coefficients; null stands for infinite, and for hidden rows. */
	df: number | null;
	/** Of linear models: the share of variance explained, from 0 to 1. */
	rSquared?: Gauge | null;
	/** Of logistic models, from 0 to 1. */
	nagelkerke?: Gauge | null;
	tjur?: Gauge | null;
	/** The publisher's caution mark of the system, where it has one. */
	flag?: string;
	status: ModelStatus;
	coefficients: Coefficient[];
	tests: TermTest[];
	/** Where they were asked for: what everybody would be, given some values. */
	predictions?: Prediction[];
}

/** `not-estimable`: a note says why, such as a predictor that predicts the outcome. */
export type ModelStatus = Status | "not-estimable";

/** On the outcome's own scale, or in log odds. */
export interface Coefficient {
	/** `(intercept)`, the key of a number or an item as it was asked, `key=level`, or several with ` * `. */
	term: string;
	/** Columns it is of; null for the intercept and derived rows. */
	variable: string | null;
	/** Of a factor: the level that is compared with the reference. */
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
	/** Absent where it is that of the model: `few-teachers` of a level, or `collinear`. */
	status?: ModelStatus | "collinear";
}

export interface OddsRatio {
	estimate: number;
	/** Of published ones, as printed. */
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

/** In percent for shares, else in the outcome's own unit. */
export interface Prediction extends Gauge {
	at: Record<string, string | number>;
	ciLow: number | null;
	ciHigh: number | null;
}
