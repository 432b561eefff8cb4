import type { Base, Group } from "./row-parts.js";

/** Whether a share or a mean is the same at all levels of a breakdown. */
export interface AssociationTest {
	topic: string;
	item: string;
	variable: string | null;
	label: string;
	group: Group;
	base: Base;
	statistic: "percent" | "mean";
	/** The breakdown and its compared levels; hidden levels are left out. */
	between: string;
	levels: string[];
	/** Rao and Scott's second-order F, or Wald's; `adj-wald` corrects it for few degrees of freedom. */
	method: "rao-scott" | "wald" | "adj-wald";
	/** Null if nothing can be tested, for example with one level or an answer that everybody gives. */
	F: number | null;
	df1: number | null;
	/** Null also stands for infinite. */
	df2: number | null;
	p: number | null;
	pAdjusted: number | null;
	/** Teachers with an answer and a level; null if protection hides a level. */
	n: number | null;
}

/** An association test without its label. */
export type AssociationRow = Omit<AssociationTest, "label"> & { label?: string };
