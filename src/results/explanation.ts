import type { DesignSummary, Estimate, ResultSet } from "./result-set.js";

/** A percentage, and everything behind it. */
export interface Explanation {
	schema: "talis-pd/explanation@1";
	/** The percentage from `rates`, under the settings of the question. */
	estimate: Estimate;
	results: Pick<ResultSet, "source" | "codebook" | "settings" | "labels">;
	design: DesignSummary;
	/** Rows of the files, rows that met all conditions, rows of the group. */
	rows: { all: number; selected: number; group: number };
	/** Rows of the group by answer. `missing` is broken down by reason, if its column alone decides. */
	counts: {
		yes: number;
		no: number;
		missing: number;
		notApplicable: number;
		notAdministered: number;
		/** Missing answers by reason: not reached, omitted or invalid, and empty; null if several columns decide. */
		notReached: number | null;
		omitted: number | null;
	};
	/** Σ w of the yes and of all valid rows. */
	weights: { yes: number; valid: number };
	/** The percentage under each replicate weight; empty if the variance is linearised. */
	replicates: readonly number[];
	/** The constant of the sum of squared deviations, if all replicates share one. */
	constant: number | null;
	/** The t quantile of the interval. */
	t: number | null;
	/** The publisher's figure for the same cell, if any. */
	published: { system: string; cycle: number; estimate: number | null; se: number | null }[];
	/** R code that reads the files and reproduces the percentage with the survey package. */
	inR: readonly string[];
}
