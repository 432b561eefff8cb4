import type { ModelOutcome, ModelStatus } from "./models.js";
import type { Group } from "./row-parts.js";

/** The association of two variables in a group. */
export interface Relation {
	a: ModelOutcome;
	b: ModelOutcome;
	group: Group;
	method: "pearson" | "spearman";
	/** From −1 to 1. */
	estimate: number | null;
	se: number | null;
	/** By Fisher's z. */
	ciLow: number | null;
	ciHigh: number | null;
	/** Null stands for infinite, and for hidden rows. */
	df: number | null;
	/** That it is zero. */
	p: number | null;
	/** Teachers with both. */
	n: number;
	/** Distinct schools among them; null where the file has no school column. */
	schools: number | null;
	flag?: string;
	status: ModelStatus;
}

/** The reliability of a scale: Cronbach's alpha of the sum of its columns. */
export interface Alpha {
	/** With a minus before those that are coded the other way round. */
	columns: string[];
	group: Group;
	estimate: number | null;
	se: number | null;
	/** Teachers with all columns. */
	n: number;
	schools: number | null;
	flag?: string;
	status: ModelStatus;
}

/** A relation before its variables have names in a language. */
export type RelationRow = Omit<Relation, "a" | "b"> & {
	a: Omit<ModelOutcome, "label"> & { label?: string };
	b: Omit<ModelOutcome, "label"> & { label?: string };
};
