import { type TableName, tablesOf } from "../../results/kinds.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import { isSynthetic } from "../content/sections.js";
import { associationRows } from "./association-rows.js";
import { BEFORE_GROUPS, breakdownsOf, comparisonRows, type DataValue } from "./comparison-rows.js";
import { modelRows } from "./model-rows.js";
import { relationRows } from "./relation-rows.js";
import { synthesisRows } from "./synthesis-rows.js";

const AFTER_GROUPS = [
	"base",
	"statistic",
	"estimate",
	"se",
	"ci_low",
	"ci_high",
	"ci_method",
	"df",
	"n",
	"schools",
	"weighted_n",
	"coverage",
	"deff",
];

/** Columns that appear only if some row has a value in them. */
const EXTRAS: readonly { head: string; cellOf(row: Estimate): DataValue | undefined }[] = [
	{ head: "cv", cellOf: ({ cv }) => cv },
	{ head: "n_eff", cellOf: ({ nEff }) => nEff },
	{ head: "change", cellOf: ({ change }) => change },
	{ head: "since", cellOf: ({ since }) => since },
	{ head: "flag", cellOf: ({ flag }) => flag },
];

/** Row builders of tables other than estimates. */
const MAKERS: Partial<Record<TableName, (results: ResultSet) => DataValue[][]>> = {
	comparisons: comparisonRows,
	tests: associationRows,
	syntheses: synthesisRows,
	models: modelRows,
	relations: relationRows,
};

/**
 * A head, then one row per estimate, or per comparison if the results have only differences; full precision. If there
 * are several tables, the first.
 */
export function tidyRows(results: ResultSet): DataValue[][] {
	return (tidyTables(results)[0] as TidyTable).rows;
}

export interface TidyTable {
	name: TableName;
	rows: DataValue[][];
}

/** Every table of results, each with its head. */
export function tidyTables(results: ResultSet): TidyTable[] {
	const names = tablesOf(results);
	return (names.length === 0 ? (["estimates"] as const) : names).map((name) => ({
		name,
		rows: withOrigin((MAKERS[name] ?? estimateRows)(results), results),
	}));
}

/** Adds to each row whether its data are synthetic or unweighted, because rows are copied without their notes. */
export function withOrigin(rows: readonly DataValue[][], results: ResultSet): DataValue[][] {
	const synthetic = isSynthetic(results) ? "yes" : "no";
	// Only if there are no weights: files with weights are the rule.
	const { weight, method } = results.design;
	const unweighted = weight === null && method !== "published" && method !== "counts";
	// Rows are arrays because a breakdown may share the name of a built-in column.
	return rows.map((row, index) => [
		...row,
		index === 0 ? "synthetic" : synthetic,
		...(unweighted ? [index === 0 ? "weights" : "none"] : []),
	]);
}

/** A head and one row per estimate. */
function estimateRows({ estimates }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf(estimates);
	const extras = EXTRAS.filter(({ cellOf }) => estimates.some((row) => cellOf(row) !== undefined));
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS, ...extras.map(({ head }) => head), "status"],
		...estimates.map((row) => [
			...cells(row, breakdowns),
			...extras.map(({ cellOf }) => cellOf(row) ?? null),
			row.status,
		]),
	];
}

function cells(row: Estimate, breakdowns: readonly string[]): DataValue[] {
	return [
		...[row.topic, row.item, row.variable, row.label],
		...breakdowns.map((id) => row.group[id] ?? ""),
		...[row.base, row.statistic],
		...[row.estimate, row.se, row.ciLow, row.ciHigh, row.ciMethod],
		...[row.df, row.n, row.schools, row.weightedN, row.coverage, row.deff],
	];
}
