import type { DesignSummary, Estimate, ResultSet } from "./result-set.js";

/** A percentage, and everything behind it. */
export interface Explanation {
	schema: "talis-pd/explanation@1";
	/** The percentage as `rates` gives it, under the settings of the question. */
	estimate: Estimate;
	results: Pick<ResultSet, "source" | "codebook" | "settings" | "labels">;
	design: DesignSummary;
	/** Rows of the files, of those that met all conditions, and of the group. */
	rows: { all: number; selected: number; group: number };
	/** Rows of the group by answer. `missing` is broken down by reason, if its column alone decides. */
	counts: {
		yes: number;
		no: number;
		missing: number;
		notApplicable: number;
		notAdministered: number;
		/** Of the missing ones: not reached, omitted or invalid, and an empty cell; null where several columns decide. */
		notReached: number | null;
		omitted: number | null;
	};
	/** Σ w of the yes and of all valid rows. */
	weights: { yes: number; valid: number };
	/** The percentage under each replicate weight; none where the variance is linearised. */
	replicates: readonly number[];
	/** The constant of the sum of squared deviations, where one is shared by all replicates. */
	constant: number | null;
	/** Quantile of t that the interval takes. */
	t: number | null;
	/** What the publisher printed of the same, if it did. */
	published: { system: string; cycle: number; estimate: number | null; se: number | null }[];
	/** Lines of R that read the files and work out the same with the survey package. */
	inR: readonly string[];
}
