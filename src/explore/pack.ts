import type { Group, IntervalMethod, Status, Subject, UsedInterval } from "../results/result-set.js";

/** A text in every language of the page. */
export type Texts = Readonly<Record<string, string>>;

/**
 * A figure of one system. Published: estimate and standard error, and the publisher's caution mark where there is
 * one; its interval is made where it is shown. Of your own results: all that they say about it.
 */
export type PackedCell = null | readonly [estimate: number, se: number, flag?: string] | OwnCell;

export interface OwnCell {
	status: Status;
	estimate?: number;
	se?: number;
	low?: number;
	high?: number;
	method?: UsedInterval;
	df?: number;
	n?: number;
	flag?: string;
}

/** Subjects of a pack's figures. */
interface PackedSubject extends Pick<Subject, "topic" | "item" | "base" | "statistic"> {
	/** Place of its edition. */
	edition: number;
	level: string | null;
}

/** Figures of all systems of one item, level of education and group. */
export interface PackedTable extends PackedSubject {
	/** Groups beside country and level; empty for all teachers. */
	group: Group;
	/** In the order of the edition's systems. */
	cells: readonly PackedCell[];
}

/** A tested difference between groups of the same teachers, as the results have it: its covariance is in no other place. */
export interface Contrast extends PackedSubject {
	system: string;
	variable: string;
	a: string;
	b: string;
	difference: number;
	se: number;
	/** Null stands for infinite. */
	df: number | null;
}

/** Codes of members by level of education. */
type Members = Readonly<Record<string, readonly string[]>>;

/** The published figures of a cycle, or your own results. */
export interface Edition {
	/** Stands in the page's address. */
	id: string;
	cycle: number | null;
	own: boolean;
	title: Texts;
	/** Source of its figures, with the licence if the publisher names one. */
	source: string;
	/** Confidence level and method of intervals. */
	level: number;
	ci: IntervalMethod;
	/** Codes of countries and economies, and what is printed of several: `average:eu-total-22`. */
	systems: readonly string[];
	/** The level of education of averages where results tell none. */
	mainLevel: string | null;
	/** Members of averages that can be made of the systems. */
	averages: Readonly<Record<string, Members>>;
	/** The same for changes since an earlier cycle. */
	trends: Readonly<Record<string, Readonly<Record<string, Members>>>>;
	/** Earlier cycle → items, as `topic:item`, that mean the same there. */
	comparable: Readonly<Record<string, readonly string[]>>;
	/** Averages that the publisher prints as the total of the same members, too. */
	besideTotal: readonly string[];
	/** Systems that are part of another. */
	partOf: Readonly<Record<string, string>>;
	/** Publisher of the survey, if its codebook names one. */
	publisher: Texts | null;
	/** Whether its teachers are synthetic. */
	synthetic: boolean;
}

/** The world as the page draws it, projected. */
export interface Atlas {
	width: number;
	height: number;
	/** Code → path. */
	shapes: Readonly<Record<string, string>>;
	/** Systems without a shape. */
	places: Readonly<Record<string, { x: number; y: number; mark: "square" | "dot" }>>;
}

/** Everything a page holds, as plain data. */
export interface Pack {
	tool: string;
	/** The language it opens in stands first. */
	languages: readonly string[];
	messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** A number as each language writes it: not every browser has the formats of all. */
	numbers: Texts;
	editions: readonly Edition[];
	/** In the order of the codebooks. */
	topics: readonly { id: string; label: Texts; items: readonly { id: string; label: Texts }[] }[];
	/** By edition: items, as `topic:item`, that it calls otherwise than above. */
	items: readonly Readonly<Record<string, Texts>>[];
	/** Titles of topics, which say of whom and of when, by edition. */
	titles: readonly Readonly<Record<string, Texts>>[];
	/** Names of breakdowns and their values; `country` has the systems, `population` the levels. */
	groups: Readonly<Record<string, { label: Texts; values: Readonly<Record<string, Texts>> }>>;
	bases: Readonly<Record<string, Texts>>;
	/** Averages by id. */
	averages: Readonly<Record<string, Texts>>;
	tables: readonly PackedTable[];
	contrasts: readonly Contrast[];
	atlas: Atlas;
}

/** A number that tells how a language writes decimals and thousands. */
export const SAMPLE_NUMBER = 12345.6;
