import type { Codebook } from "../../codebook/definition/schema.js";
import type { ResultSet } from "../../results/result-set.js";

/** Results that make one edition of the page. */
export interface PackSource {
	id: string;
	/** One's own, and not published. */
	own: boolean;
	/** Undefined where no codebook knows the survey. */
	codebook: Codebook | undefined;
	results: readonly ResultSet[];
}
