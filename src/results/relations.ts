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
	/** p-value of the hypothesis that it is zero. */
	p: number | null;
	/** Teachers with both variables. */
	n: number;
	/** Distinct schools among them; null if the file has no school column. */
	schools: number | null;
	flag?: string;
	status: ModelStatus;
}

/** The reliability of a scale: Cronbach's alpha of the sum of its columns. */
export interface Alpha {
	/** Reverse-coded columns have a minus sign. */
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

/** A relation without labels. */
export type RelationRow = Omit<Relation, "a" | "b"> & {
	a: Omit<ModelOutcome, "label"> & { label?: string };
	b: Omit<ModelOutcome, "label"> & { label?: string };
};
