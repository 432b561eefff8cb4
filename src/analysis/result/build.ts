import { TOOL } from "../../platform/package.js";
import { RESULTS_SCHEMA, type ResultKind, type ResultsOf } from "../../results/result-set.js";

/** What results of a kind are made of. */
export type Ingredients<K extends ResultKind> = Pick<
	ResultsOf<K>,
	"source" | "codebook" | "design" | "settings" | "labels" | "estimates" | "comparisons" | "notes"
>;

/** Makes every result set: plain JSON that says of which contract, kind and version it is. */
export function buildResults<K extends ResultKind>(
	kind: K,
	{ source, codebook, design, settings, labels, estimates, comparisons, notes }: Ingredients<K>,
): ResultsOf<K> {
	const { command: _, ...rest } = settings;
	return {
		schema: RESULTS_SCHEMA,
		kind,
		tool: TOOL,
		...{ source, codebook, design },
		settings: { command: kind, ...rest } as ResultsOf<K>["settings"],
		...(labels === undefined ? {} : { labels }),
		...{ estimates, comparisons, notes },
	};
}
