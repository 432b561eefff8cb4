import type { AssociationTest } from "./associations.js";
import type { AnswerCovariance } from "./covariances.js";
import type { Model } from "./models.js";
import type { Alpha, Relation } from "./relations.js";
import type { ResultKind, Settings, SettingsOf, UsedInterval } from "./result-settings.js";
import type { Base, Group, Status } from "./row-parts.js";
import type { ModeratorTest, Synthesis } from "./syntheses.js";

export type * from "./associations.js";
export type * from "./covariances.js";
export type * from "./models.js";
export type * from "./relations.js";
export { type IntervalMethod, RESULT_KINDS, type ResultKind, type UsedInterval } from "./result-settings.js";
export { type Base, type Group, STATUSES, type Status } from "./row-parts.js";
export type * from "./syntheses.js";

/**
 * The contract between analysis and presentation: plain JSON, versioned, additive changes only. Percentages are on
 * the 0–100 scale in full double precision; rounding happens in renderers.
 */
export const RESULTS_SCHEMA = "talis-pd/results@1";

/**
 * `percent` 0–100; `mean`, `sd` and quantiles (`q25`) in the item's own unit; `count` in teachers (Σ of
 * weights); `ratio` of the sums of two variables.
 */
export type Statistic = "percent" | "mean" | "count" | "sd" | "ratio" | `q${number}`;

/** Value id of the total over all groups. */
export const TOTAL = "total";

/** Country prefix of a row for several countries: `average:oecd-27`. */
export const AVERAGE = "average:";

/** Whether a country id stands for several countries. */
export function isAverage(country: string | undefined): boolean {
	return country?.startsWith(AVERAGE) === true;
}

/** The subject of a row. */
export interface Subject {
	topic: string;
	/** Item key; `any` and `types` are derived rows. In comparisons between items, the key of side a. */
	item: string;
	/** Upper case; null for derived rows. */
	variable: string | null;
	label: string;
	/** For a comparison, the breakdowns that both sides share. */
	group: Group;
	base: Base;
	statistic: Statistic;
}

/** A row that needs no label yet; it may bring its own if no codebook has one. */
type Unlabelled<T extends Subject> = Omit<T, "label"> & { label?: string | undefined };

export type EstimateRow = Unlabelled<Estimate>;

export type ComparisonRow = Unlabelled<Comparison>;

/** A figure of an item in a group: a percentage (0–100), a mean or a quantile, with its standard error and interval. */
export interface Estimate extends Subject {
	estimate: number | null;
	se: number | null;
	ciLow: number | null;
	ciHigh: number | null;
	/** The interval method of this row; differs from the requested one at 0 and 100 %. */
	ciMethod: UsedInterval | null;
	/** Null stands for infinite (`--df inf`), as JSON has no infinity, and for hidden rows. */
	df: number | null;
	/** Rows of the group with a valid answer; null if a published figure does not say. */
	n: number | null;
	/** Distinct schools among them; null if the file has no school column. */
	schools: number | null;
	weightedN: number | null;
	/** Percent: 100·Σw(valid)/Σw(applicable). */
	coverage: number | null;
	deff: number | null;
	/** On request: coefficient of variation in percent, and n / deff. */
	cv?: number | null;
	nEff?: number | null;
	/** For shares over years: change since the previous year in percentage points, and that year. */
	change?: number;
	since?: string;
	/** The publisher's caution mark, if any. */
	flag?: string;
	status: Status;
}

/**
 * How the standard error of a difference was computed: from the same replicates on both sides; √(se₁² + se₂²); a part
 * against the whole that contains it; or not at all, because both sides are one figure.
 */
export type ComparisonKind = "same-sample" | "independent" | "part-whole" | "same-data";

/** One side of a comparison; null if hidden. */
export interface Side {
	estimate: number | null;
	se: number | null;
	n: number | null;
	/** The publisher's caution mark of this side, if any. */
	flag?: string;
}

/** A difference between two figures, in percentage points or the unit of the measure, with its standard error and test. */
export interface Comparison extends Subject {
	/** `variable` is a breakdown, `item`, `topic`, `cycle` or `benchmark`; a and b are its values. */
	between: { variable: string; a: string; b: string };
	kind: ComparisonKind;
	/** For a published average that contains a: number of members with a figure. */
	members?: number;
	/** If a is itself an average: its members that the published average also contains. */
	within?: readonly string[];
	a: Side;
	b: Side;
	/** a − b, in percentage points or the statistic's own unit. */
	difference: number | null;
	se: number | null;
	ciLow: number | null;
	ciHigh: number | null;
	t: number | null;
	/** Null stands for infinite, and for untested differences. */
	df: number | null;
	/** Two-sided. */
	p: number | null;
	pAdjusted: number | null;
	/** On request: tests whether the difference is smaller than `within` in both directions (two one-sided tests). */
	equivalence?: { within: number; p: number | null; pAdjusted: number | null };
	status: Status;
}

/** A remark on the results for the reader, with a code for programs. */
export interface Note {
	code: string;
	text: string;
	group?: Group;
	/** Facts behind the text, for programs: counts, items, values. */
	detail?: Record<string, unknown>;
}

/** A file that results were computed from. */
export interface SourceFile {
	file: string;
	format: string;
	sha256: string;
	rows: number;
	/** True if the file declares its teachers synthetic; every renderer says so. */
	synthetic?: boolean;
	/** The unit of rows, if not teachers. */
	role?: "schools";
}

/** The sampling design that the standard errors follow. */
export interface DesignSummary {
	/** Null if the codebook declares that there is no weight; every row then has weight 1. */
	weight: string | null;
	method: string;
	replicates: number;
	/** The centre of deviations; absent without replicates. */
	centre?: "full-sample" | "replicate-mean";
	/** Constants of the method, as far as it has them. */
	fay?: number;
	scale?: number;
	rscales?: number[];
	strata?: string;
	psu?: string;
	fpc?: string;
	lonelyPsu?: string;
}

/** Names in the language of the run, so renderers need no codebook; a missing name is replaced by its id. */
export interface Labels {
	topics: Record<string, { label: string; title: string }>;
	bases: Record<string, string>;
	groups: Record<string, { label: string; values: Record<string, string> }>;
	/** Grids of the topics shown. */
	grids?: Record<string, Grid>;
}

/** Topics that ask the same items about different things: rows are items, columns are topics. */
export interface Grid {
	label: string;
	title: string;
	/** The common base of its percentages. */
	base: string;
	/** Topic → head of its column. */
	topics: Record<string, string>;
}

/** The part of the files that a result uses. */
export interface Counted {
	/** Rows that meet the conditions and have a weight; absent in protected results. */
	used?: number;
	/** Codes that counted as no answer in any column read, by reason. */
	missing: Readonly<Record<string, readonly string[]>>;
}

/** Results of one kind. */
export interface ResultsOf<K extends ResultKind> {
	schema: typeof RESULTS_SCHEMA;
	kind: K;
	tool: { name: "talis-pd"; version: string };
	source: SourceFile[];
	/** `rules` is a hash of the codebook's decisions. */
	codebook: { id: string; version: string; title: string; rules?: string };
	design: DesignSummary;
	/** Absent if the result does not come from rows, and in older files. */
	counted?: Counted;
	settings: SettingsOf<K>;
	labels?: Labels;
	estimates: Estimate[];
	comparisons: Comparison[];
	/** Covariances of an item's answers, if each answer has its own row. */
	covariances?: AnswerCovariance[];
	/** On request: tests of all levels of a breakdown. */
	tests?: AssociationTest[];
	/** Regressions, in results of models. */
	models?: Model[];
	/** Correlations and reliabilities of scales. */
	relations?: Relation[];
	alphas?: Alpha[];
	/** Rows or terms combined over several systems, if requested. */
	syntheses?: Synthesis[];
	/** Tests whether subgroups of systems differ. */
	moderatorTests?: ModeratorTest[];
	notes: Note[];
}

/** Results of any kind, distinguished by `kind`. */
export type ResultSet = { [K in ResultKind]: ResultsOf<K> }[ResultKind];

/** The settings that results record. */
export type Asked = { [K in ResultKind]: Pick<ResultsOf<K>, "kind" | "settings"> }[ResultKind];

/** Results with some settings of every kind replaced. */
export function withSettings<R extends ResultSet>(results: R, settings: Settings): R {
	return { ...results, settings: { ...results.settings, ...settings } };
}
