import Papa from "papaparse";
import type { Estimate, ResultSet } from "../results.js";
import { BEFORE_GROUPS, breakdownsOf, type CsvValue, comparisonRows } from "./comparison-rows.js";
import { isComparison } from "./parts.js";
import { isSynthetic } from "./sheet.js";

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

/** Columns that are there only where some row has a value in them. */
const EXTRAS: readonly { head: string; cellOf(row: Estimate): CsvValue | undefined }[] = [
	{ head: "cv", cellOf: ({ cv }) => cv },
	{ head: "n_eff", cellOf: ({ nEff }) => nEff },
	{ head: "flag", cellOf: ({ flag }) => flag },
];

/**
 * One row an estimate, or one a comparison where results are about differences alone; every number in full
 * precision. A spreadsheet must not run labels as formulas.
 */
export function renderCsv(results: ResultSet): string {
	const rows = isComparison(results) ? comparisonRows(results) : estimateRows(results);
	const synthetic = isSynthetic(results) ? "yes" : "no";
	// Rows as arrays: a breakdown may be called like one of our own columns.
	// Only where there are none: files with weights are the rule.
	const unweighted = results.design.weight === null && results.design.method !== "published";
	const table = rows.map((row, index) => [
		...row,
		index === 0 ? "synthetic" : synthetic,
		...(unweighted ? [index === 0 ? "weights" : "none"] : []),
	]);
	return `${Papa.unparse(
		table.map((row) => row.map(inert)),
		{ newline: "\n" },
	)}\n`;
}

function estimateRows({ estimates }: ResultSet): CsvValue[][] {
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

function cells(row: Estimate, breakdowns: readonly string[]): CsvValue[] {
	return [
		...[row.topic, row.item, row.variable, row.label],
		...breakdowns.map((id) => row.group[id] ?? ""),
		...[row.base, row.statistic],
		...[row.estimate, row.se, row.ciLow, row.ciHigh, row.ciMethod],
		...[row.df, row.n, row.schools, row.weightedN, row.coverage, row.deff],
	];
}

function inert(value: CsvValue): CsvValue {
	return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
