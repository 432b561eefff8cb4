import type { Codebook } from "../../codebook/definition/schema.js";
import type { SelectedItem } from "../../codebook/meaning/select-items.js";
import type { PlannedGroup } from "../../codebook/plan/plan.js";
import type { Labels } from "../../results/result-set.js";

/** Sources of names, besides the language. */
export interface Names {
	/** Undefined if the survey is unknown. */
	codebook: Codebook | undefined;
	/** Items of the question: a file's own columns are in no codebook. */
	items?: readonly SelectedItem[];
	/** Breakdowns of the question, for the same reason. */
	breakdowns?: readonly Pick<PlannedGroup, "id" | "named">[];
	/** Values that sides of comparisons can take besides those that occur, by variable. */
	sides?: Readonly<Record<string, readonly string[]>>;
	/** Names saved with the results; used if nothing better than an id is found. */
	saved?: Labels | undefined;
}
