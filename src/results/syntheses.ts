import type { Base, Group } from "./row-parts.js";

/** One row or term combined over several systems. */
export interface Synthesis {
	of: SynthesisSubject;
	/** Number of systems included. */
	k: number;
	members: string[];
	excluded: { system: string; why: ExclusionReason }[];
	method: "reml" | "dl" | "fixed";
	test: "z" | "hartung-knapp";
	/** `logit` for percentages: τ², H² and Q are on that scale; all other numbers are in percent. */
	scale: "own" | "logit";
	estimate: number;
	se: number;
	ciLow: number;
	ciHigh: number;
	/** p-value of the hypothesis that the mean of all systems is zero; null for percentages. */
	p: number | null;
	tau2: number;
	/** Percent. */
	i2: number;
	h2: number;
	q: number;
	qDf: number;
	qP: number;
	/** Prediction interval for one more system; null for one common effect. */
	piLow: number | null;
	piHigh: number | null;
	/**
	 * Range of the estimate when each system is left out in turn, and the systems that give its ends; null for two
	 * systems.
	 */
	leaveOneOut: { min: number; max: number; minLeaves: string; maxLeaves: string } | null;
	/** The subgroup, if any. */
	moderator?: { variable: string; level: string };
	/** One per member, in their order. */
	figures: MemberFigure[];
}

/** The contribution of one system to a synthesis. */
export interface MemberFigure {
	estimate: number;
	se: number;
	/** Normal interval, on the scale of the synthesis. */
	ciLow: number;
	ciHigh: number;
	/** Its share in the estimate, from 0 to 1. */
	weight: number;
	/** The synthesis without this system; null for two systems. */
	without: { estimate: number; ciLow: number; ciHigh: number } | null;
	/** The publisher's caution mark. */
	flag?: string;
}

/** What is combined: an estimate, a comparison or a term of a model, without its system. */
export interface SynthesisSubject {
	kind: "estimate" | "comparison" | "coefficient";
	topic: string | null;
	item: string;
	variable: string | null;
	label: string;
	group: Group;
	base: Base;
	statistic?: string;
	between?: { variable: string; a: string; b: string };
	/** For coefficients: name of the model, family and term. */
	model?: string;
	family?: string;
	term?: string;
	termLabel?: string;
}

/**
 * Reasons: its parts are included; marked by the publisher; hidden or not estimated; no standard error; or 0 or 100 %,
 * which have no logit.
 */
export type ExclusionReason = "parts-are-in" | "caution" | "no-figure" | "no-error" | "at-the-edge";

/** Whether subgroups of systems differ. */
export interface ModeratorTest {
	of: SynthesisSubject;
	variable: string;
	q: number;
	df: number;
	p: number;
}
