import Papa from "papaparse";
import type { Estimate, ResultSet } from "../results.js";
import { isSynthetic } from "./sheet.js";

type Value = string | number | null;

const BEFORE_GROUPS = ["topic", "item", "variable", "label"];
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
	"status",
	"synthetic",
];

/** One row an estimate, every number in full precision. A spreadsheet must not run labels as formulas. */
export function renderCsv(results: ResultSet): string {
	const breakdowns = [...new Set(results.estimates.flatMap(({ group }) => Object.keys(group)))];
	const synthetic = isSynthetic(results) ? "yes" : "no";
	// Rows as arrays: a breakdown may be called like one of our own columns.
	const rows: Value[][] = [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS],
		...results.estimates.map((estimate) => [...cells(estimate, breakdowns), synthetic]),
	];
	return `${Papa.unparse(
		rows.map((row) => row.map(inert)),
		{ newline: "\n" },
	)}\n`;
}

function cells(row: Estimate, breakdowns: readonly string[]): Value[] {
	return [
		...[row.topic, row.item, row.variable, row.label],
		...breakdowns.map((id) => row.group[id] ?? ""),
		...[row.base, row.statistic],
		...[row.estimate, row.se, row.ciLow, row.ciHigh, row.ciMethod],
		...[row.df, row.n, row.schools, row.weightedN, row.coverage, row.deff],
		row.status,
	];
}

function inert(value: Value): Value {
	return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
