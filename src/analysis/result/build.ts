import { TOOL } from "../../platform/package.js";
import {
	type AssociationRow,
	type ComparisonRow,
	type EstimateRow,
	type ModelRow,
	RESULTS_SCHEMA,
	type RelationRow,
	type ResultKind,
	type ResultsOf,
} from "../../results/result-set.js";
import type { Language } from "../../wording/locale.js";
import type { Names } from "./names.js";
import { putLabels, type UnlabelledResults } from "./put-labels.js";

/** Input for results of one kind. */
type Ingredients<K extends ResultKind> = Pick<
	ResultsOf<K>,
	| "source"
	| "codebook"
	| "design"
	| "counted"
	| "settings"
	| "labels"
	| "estimates"
	| "comparisons"
	| "covariances"
	| "tests"
	| "models"
	| "relations"
	| "alphas"
	| "syntheses"
	| "moderatorTests"
	| "notes"
>;

/** The same input without labels; the settings give the language. */
type Unnamed<K extends ResultKind> = Omit<
	Ingredients<K>,
	"labels" | "estimates" | "comparisons" | "tests" | "models" | "relations"
> & {
	estimates: readonly EstimateRow[];
	comparisons: readonly ComparisonRow[];
	tests?: readonly AssociationRow[];
	models?: readonly ModelRow[];
	relations?: readonly RelationRow[];
};

/** The answer to a question, with all names. */
export function nameResults<K extends ResultKind>(
	kind: K,
	parts: Unnamed<K>,
	language: Language,
	names: Names,
): ResultsOf<K> {
	const { tests: _, models: __, relations: ___, ...others } = parts;
	return buildResults(kind, {
		...others,
		...putLabels({ kind, ...parts } as UnlabelledResults, names, language),
	});
}

/** Builds every result set: plain JSON that states its contract, kind and version. */
export function buildResults<K extends ResultKind>(
	kind: K,
	{
		source,
		codebook,
		design,
		counted,
		settings,
		labels,
		estimates,
		comparisons,
		covariances,
		tests,
		models,
		relations,
		alphas,
		syntheses,
		moderatorTests,
		notes,
	}: Ingredients<K>,
): ResultsOf<K> {
	const { command: _, ...rest } = settings;
	return {
		schema: RESULTS_SCHEMA,
		kind,
		tool: TOOL,
		...{ source, codebook, design },
		...(counted === undefined ? {} : { counted }),
		settings: { command: kind, ...rest } as ResultsOf<K>["settings"],
		...(labels === undefined ? {} : { labels }),
		...{ estimates, comparisons },
		...(covariances === undefined ? {} : { covariances }),
		...(tests === undefined ? {} : { tests }),
		...(models === undefined ? {} : { models }),
		...(relations === undefined ? {} : { relations }),
		...(alphas === undefined ? {} : { alphas }),
		...(syntheses === undefined ? {} : { syntheses }),
		...(moderatorTests === undefined ? {} : { moderatorTests }),
		notes,
	};
}
