import type { Base, Group } from "./row-parts.js";

/** Covariances of the shares of an item's answers. */
export interface AnswerCovariance {
	topic: string;
	item: string;
	group: Group;
	base: Base;
	/** Codes, in the order of rows and columns. */
	answers: string[];
	/** Of percentages, so that its diagonal has the squares of their standard errors. */
	matrix: number[][];
}
