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

/** Country of a row that stands for several: `average:oecd-27`. */
export const AVERAGE = "average:";

/** Whether a country id stands for several countries. */
export function isAverage(country: string | undefined): boolean {
	return country?.startsWith(AVERAGE) === true;
}

/** What a row's numbers are of. */
export interface Subject {
	topic: string;
	/** Item key; `any` and `types` are derived rows. Between items a's. */
	item: string;
	/** Upper case; null for derived rows. */
	variable: string | null;
	label: string;
	/** Of a comparison the breakdowns both sides share. */
	group: Group;
	base: Base;
	statistic: Statistic;
}

/** A row before it has a name in a language; it may bring one with it, for where no codebook has one. */
type Unlabelled<T extends Subject> = Omit<T, "label"> & { label?: string | undefined };

export type EstimateRow = Unlabelled<Estimate>;

export type ComparisonRow = Unlabelled<Comparison>;

export interface Estimate extends Subject {
	estimate: number | null;
	se: number | null;
	ciLow: number | null;
	ciHigh: number | null;
	/** The method that made this row's interval; differs from the one asked for at 0 and 100 %. */
	ciMethod: UsedInterval | null;
	/** Null stands for infinite (`--df inf`), as JSON has no infinity, and for hidden rows. */
	df: number | null;
	/** Rows of the group with a valid answer; null where a published figure does not say. */
	n: number | null;
	/** Distinct schools among them; null where the file has no school column. */
	schools: number | null;
	weightedN: number | null;
	/** Percent: 100·Σw(valid)/Σw(applicable). */
	coverage: number | null;
	deff: number | null;
	/** On request: coefficient of variation in percent, and n / deff. */
	cv?: number | null;
	nEff?: number | null;
	/** Of shares over years: percentage points since the year before, and which that is. */
	change?: number;
	since?: string;
	/** The publisher's caution mark, where it has one. */
	flag?: string;
	status: Status;
}

/**
 * How the standard error of a difference was computed: from the same replicates on both sides; √(se₁² + se₂²); a part
 * against the whole that contains it; or not at all, because both sides are one figure.
 */
export type ComparisonKind = "same-sample" | "independent" | "part-whole" | "same-data";

/** One side of a comparison; null where it is hidden. */
export interface Side {
	estimate: number | null;
	se: number | null;
	n: number | null;
	/** The publisher's caution mark of this side, where it has one. */
	flag?: string;
}

export interface Comparison extends Subject {
	/** `variable` is a breakdown, `item`, `topic`, `cycle` or `benchmark`; a and b are its values. */
	between: { variable: string; a: string; b: string };
	kind: ComparisonKind;
	/** Of a published average that contains a: how many members have a figure in it. */
	members?: number;
	/** Where a is an average itself: its members that the published one contains. */
	within?: readonly string[];
	a: Side;
	b: Side;
	/** a − b, in percentage points or the statistic's own unit. */
	difference: number | null;
	se: number | null;
	ciLow: number | null;
	ciHigh: number | null;
	t: number | null;
	/** Null stands for infinite, and for what was not tested. */
	df: number | null;
	/** Two-sided. */
	p: number | null;
	pAdjusted: number | null;
	/** On request: that the difference is smaller than `within` on either side (two one-sided tests). */
	equivalence?: { within: number; p: number | null; pAdjusted: number | null };
	status: Status;
}

export interface Note {
	code: string;
	text: string;
	group?: Group;
	/** Facts behind the text, for programs: counts, items, values. */
	detail?: Record<string, unknown>;
}

export interface SourceFile {
	file: string;
	format: string;
	sha256: string;
	rows: number;
	/** True where the file says of itself that its teachers are made up; every renderer says so too. */
	synthetic?: boolean;
	/** What the rows are, where they are not teachers. */
	role?: "schools";
}

export interface DesignSummary {
	/** Null where the codebook declares that there is none and every row has weight 1. */
	weight: string | null;
	method: string;
	replicates: number;
	/** What deviations are measured from; absent where there are no replicates. */
	centre?: "full-sample" | "replicate-mean";
	/** The constants of the method, each only where it has them. */
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
	/** Of those topics that are shown. */
	grids?: Record<string, Grid>;
}

/** Topics that ask the same items of different things: items are its rows and topics its columns. */
export interface Grid {
	label: string;
	title: string;
	/** Of whom all its percentages are. */
	base: string;
	/** Topic → head of its column. */
	topics: Record<string, string>;
}

/** Of what files hold, what a result is made from. */
export interface Counted {
	/** Rows that meet the conditions and have a weight; absent of protected results. */
	used?: number;
	/** Codes that counted as no answer, in any column that was read, by why they are none. */
	missing: Readonly<Record<string, readonly string[]>>;
}

/** Results of one kind. */
export interface ResultsOf<K extends ResultKind> {
	schema: typeof RESULTS_SCHEMA;
	kind: K;
	tool: { name: "talis-pd"; version: string };
	source: SourceFile[];
	/** `rules` is a hash of what the codebook decides. */
	codebook: { id: string; version: string; title: string; rules?: string };
	design: DesignSummary;
	/** Absent of what is not made from rows, and of older files. */
	counted?: Counted;
	settings: SettingsOf<K>;
	labels?: Labels;
	estimates: Estimate[];
	comparisons: Comparison[];
	/** Of the answers of items, where each has a row of its own. */
	covariances?: AnswerCovariance[];
	/** Whether all levels of a breakdown are alike, where that was asked for. */
	tests?: AssociationTest[];
	/** Regressions, of results that are about models. */
	models?: Model[];
	/** Correlations, and the reliability of scales. */
	relations?: Relation[];
	alphas?: Alpha[];
	/** Rows or terms combined over several systems, if requested. */
	syntheses?: Synthesis[];
	/** Whether subgroups of systems differ. */
	moderatorTests?: ModeratorTest[];
	notes: Note[];
}

/** Results of any kind; `kind` tells them apart. */
export type ResultSet = { [K in ResultKind]: ResultsOf<K> }[ResultKind];

/** The settings that results record. */
export type Asked = { [K in ResultKind]: Pick<ResultsOf<K>, "kind" | "settings"> }[ResultKind];

/** Results with some settings of every kind replaced. */
export function withSettings<R extends ResultSet>(results: R, settings: Settings): R {
	return { ...results, settings: { ...results.settings, ...settings } };
}
