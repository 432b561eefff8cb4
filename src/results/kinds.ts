import { gapTopicsOf } from "./gap-topics.js";
import type { ResultKind, ResultSet } from "./result-set.js";

/**
 * Conditions on which a run can fail. Gates on significant changes can be limited to an item:
 * `significant-drop:coaching`.
 */
export const GATES = [
	...(["suppressed", "significant-drop", "significant-rise"] as const),
	...(["data-changed", "design-changed", "year-missing", "figures-missing"] as const),
] as const;

export type GateName = (typeof GATES)[number];

/** Tables in which results are shown; each has its builder in present/content. */
export type TableName =
	| "estimates"
	| "comparisons"
	| "tests"
	| "gaps"
	| "reach"
	| "models"
	| "syntheses"
	| "relations";

/** Tables, charts and gates of a kind of result. */
interface Registration {
	/** In order; if none of them has rows, the plain tables are used. */
	tables: readonly TableName[];
	/** Kinds of charts; by default the first that suits a result is drawn. */
	charts: readonly string[];
	gates: readonly GateName[];
}

const PLAIN: readonly TableName[] = ["syntheses", "estimates", "comparisons"];

const PERCENTAGES = ["forest", "stacked", "heatmap", "rank", "dots", "means"];

/** Every kind of result. A new kind needs its name in RESULT_KINDS, a line here and one in OwnSettings. */
export const KINDS: Readonly<Record<ResultKind, Registration>> = {
	rates: { tables: PLAIN, charts: PERCENTAGES, gates: ["suppressed"] },
	compare: {
		tables: ["syntheses", "tests", "comparisons"],
		charts: ["forest", "rank", "slope", "dumbbell", "differences"],
		gates: ["suppressed"],
	},
	gaps: { tables: ["syntheses", "gaps"], charts: ["matrix", ...PERCENTAGES], gates: ["suppressed"] },
	means: { tables: PLAIN, charts: ["forest", "means"], gates: ["suppressed"] },
	published: {
		tables: [...PLAIN, "models"],
		charts: [...PERCENTAGES, "coefficients"],
		gates: ["suppressed"],
	},
	reach: { tables: ["reach"], charts: ["reach"], gates: ["suppressed"] },
	model: { tables: ["syntheses", "models"], charts: ["forest", "coefficients"], gates: ["suppressed"] },
	relate: { tables: ["relations"], charts: [], gates: ["suppressed"] },
	report: { tables: [...PLAIN, "models", "relations"], charts: ["matrix", ...PERCENTAGES], gates: GATES },
};

/** The tables that results are shown as, in order. */
export function tablesOf(results: ResultSet): readonly TableName[] {
	const filled = (table: TableName) => hasRows(table, results);
	const own = KINDS[results.kind].tables.filter(filled);
	return own.length > 0 ? own : PLAIN.filter(filled);
}

function hasRows(table: TableName, results: ResultSet): boolean {
	const { estimates, comparisons } = results;
	if (table === "comparisons") return comparisons.length > 0;
	if (table === "relations") return [results.relations, results.alphas].some((rows = []) => rows.length > 0);
	if (table === "tests") return (results.tests ?? []).length > 0;
	if (table === "syntheses") return (results.syntheses ?? []).length > 0;
	if (table === "models") return (results.models ?? []).length > 0;
	if (table !== "gaps") return estimates.length > 0;
	const { need } = gapTopicsOf(results);
	return estimates.some(({ topic }) => topic === need);
}
