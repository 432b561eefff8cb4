import type { Codebook } from "../codebook/definition/schema.js";
import type { Finding } from "../results/about-files.js";
import { isReplicated } from "./method.js";
import { contradictionOf, describePattern, ratiosOf, unusedReplicates } from "./replicate-pattern.js";

/** Rows of a file that show how its replicates vary the weight. */
export interface ReplicateRows {
	weight: readonly number[];
	/** One list per replicate; NaN where a cell is not a number. */
	replicates: readonly (readonly number[])[];
	/** Whether these are all rows of the file. */
	whole: boolean;
}

/**
 * Contradictions between the replicate weights and the design that the codebook declares: another method, or unused
 * columns.
 */
export function replicateFindings(
	definition: Codebook["design"],
	columns: readonly string[],
	first: string,
	{ weight, replicates, whole }: ReplicateRows,
): Finding[] {
	if (!isReplicated(definition)) return [];
	const unused = unusedReplicates(columns, definition);
	const [next] = unused;
	const left: Finding[] =
		next === undefined
			? []
			: [{ severity: "warning", code: "replicates-unused", column: next, text: String(unused.length) }];
	const found = contradictionOf(definition, ratiosOf(weight, replicates), whole);
	if (found === undefined) return left;
	const about = { severity: "warning", column: first, expected: found.times.toPrecision(2) } as const;
	return [
		...left,
		found.found === undefined
			? { ...about, code: "replicates-scale" }
			: { ...about, code: "replicates-method", text: describePattern(found.found) },
	];
}

/**
 * Warns about a design with strata only although schools are known: only the author knows whether schools were sampled.
 */
export function unitFindings({ design, ids }: Pick<Codebook, "design" | "ids">): Finding[] {
	const isStrataAlone = design.method === "taylor" && design.strata !== undefined && design.psu === undefined;
	if (!isStrataAlone || ids.school === undefined) return [];
	return [{ severity: "warning", code: "psu-none", column: ids.school, expected: design.strata as string }];
}
