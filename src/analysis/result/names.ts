import type { Codebook } from "../../codebook/definition/schema.js";
import type { SelectedItem } from "../../codebook/meaning/select-items.js";
import type { PlannedGroup } from "../../codebook/plan/plan.js";
import type { Labels } from "../../results/result-set.js";

/** Who gives names, beside the language. */
export interface Names {
	/** Undefined where the survey is unknown. */
	codebook: Codebook | undefined;
	/** Items of the question, of which a file's own columns are in no codebook. */
	items?: readonly SelectedItem[];
	/** Breakdowns of the question, likewise. */
	breakdowns?: readonly Pick<PlannedGroup, "id" | "named">[];
	/** Sides that comparisons may have beside those they do, by variable. */
	sides?: Readonly<Record<string, readonly string[]>>;
	/** Names that results have been saved with; they stay where only an id could be found. */
	saved?: Labels | undefined;
}
