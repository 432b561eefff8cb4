import type { Base, Group } from "./row-parts.js";

/** One row or term combined over several systems. */
export interface Synthesis {
	of: SynthesisSubject;
	/** Systems that are in it. */
	k: number;
	members: string[];
	excluded: { system: string; why: ExclusionReason }[];
	method: "reml" | "dl" | "fixed";
	test: "z" | "hartung-knapp";
	/** Of percentages: `logit`, on which scale τ², H² and Q are; all other numbers are in percent. */
	scale: "own" | "logit";
	estimate: number;
	se: number;
	ciLow: number;
	ciHigh: number;
	/** That the mean of all systems is zero; null for percentages. */
	p: number | null;
	tau2: number;
	/** Percent. */
	i2: number;
	h2: number;
	q: number;
	qDf: number;
	qP: number;
	/** Where the figure of one more system may lie; null for one common effect. */
	piLow: number | null;
	piHigh: number | null;
	/** The estimate without each system in turn: its range, and who leaves at its ends; null for two systems. */
	leaveOneOut: { min: number; max: number; minLeaves: string; maxLeaves: string } | null;
	/** The subgroup it is of. */
	moderator?: { variable: string; level: string };
	/** Of each member, in their order. */
	figures: MemberFigure[];
}

/** The contribution of one system to a synthesis. */
export interface MemberFigure {
	estimate: number;
	se: number;
	/** Normal interval, on the scale of the synthesis. */
	ciLow: number;
	ciHigh: number;
	/** Its part in the estimate, from 0 to 1. */
	weight: number;
	/** The synthesis of all others; null for two systems. */
	without: { estimate: number; ciLow: number; ciHigh: number } | null;
	/** The publisher's caution mark. */
	flag?: string;
}

/** What is combined: an estimate, a comparison, or a term of a model, without the system. */
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
	/** Of coefficients: the model by name, the family and the term. */
	model?: string;
	family?: string;
	term?: string;
	termLabel?: string;
}

/**
 * Its parts are there; marked by the publisher; hidden or not estimated; without a standard error; or everybody says yes, or
 * nobody does, which the logit scale has no place for.
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
