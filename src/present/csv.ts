import Papa from "papaparse";
import type { Estimate, ResultSet } from "../results.js";

/** One row an estimate, every number in full precision. A spreadsheet must not run labels as formulas. */
export function renderCsv(results: ResultSet): string {
	const breakdowns = [...new Set(results.estimates.flatMap(({ group }) => Object.keys(group)))];
	const synthetic = results.source.some((source) => source.synthetic === true);
	const rows = results.estimates.map((estimate) => row(estimate, breakdowns, synthetic));
	return `${Papa.unparse(rows, { newline: "\n" })}\n`;
}

function row(estimate: Estimate, breakdowns: readonly string[], synthetic: boolean) {
	const { topic, item, variable, label, group, base, statistic, status } = estimate;
	const groups = breakdowns.map((id) => [id, inert(group[id] ?? "")]);
	return {
		topic,
		item,
		variable: variable ?? "",
		label: inert(label),
		...Object.fromEntries(groups),
		base,
		statistic,
		estimate: estimate.estimate,
		se: estimate.se,
		ci_low: estimate.ciLow,
		ci_high: estimate.ciHigh,
		ci_method: estimate.ciMethod,
		df: estimate.df,
		n: estimate.n,
		schools: estimate.schools,
		weighted_n: estimate.weightedN,
		coverage: estimate.coverage,
		deff: estimate.deff,
		status,
		synthetic: synthetic ? "yes" : "no",
	};
}

function inert(text: string): string {
	return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
