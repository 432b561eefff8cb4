import { isNamed } from "../../../results/named-groups.js";
import {
	type Comparison,
	type Estimate,
	type Group,
	isAverage,
	type ResultSet,
} from "../../../results/result-set.js";
import { isSignificant } from "../../../results/significance.js";
import { groupId } from "../../parts/group-id.js";
import { ACCENT, CONTRAST, INK, MUTED } from "../../theme/theme.js";

/** Possible relations of a figure to the average, each with its look, in the order of the legend. */
export const VERDICTS = {
	above: { text: "chart.above", colour: ACCENT, shape: "triangle-up" },
	"no-different": { text: "chart.no-different", colour: MUTED, shape: "circle" },
	below: { text: "chart.below", colour: CONTRAST, shape: "triangle-down" },
	untested: { text: "chart.untested", colour: ACCENT, shape: "circle" },
	average: { text: "chart.average", colour: INK, shape: "diamond" },
} as const;

export type Verdict = keyof typeof VERDICTS;

/** Comparisons of one breakdown's values with an average. */
export function againstAverage({ comparisons }: ResultSet, ranked: string): Comparison[] {
	return comparisons.filter(({ between }) => between.variable === ranked && isAverage(between.b));
}

/** The average that rows of a panel are compared with: the one asked for, else the one tested with, else the first. */
export function referenceOf(
	rows: readonly Estimate[],
	tests: readonly Comparison[],
	ranked: string,
	wanted?: string,
): Estimate | undefined {
	const averages = rows.filter(({ group, estimate }) => isAverage(group[ranked]) && estimate !== null);
	if (wanted !== undefined) return averages.find(({ group }) => isNamed(group, [wanted]));
	const named = new Set(tests.map(({ between }) => between.b));
	return averages.find(({ group }) => named.has(group[ranked] ?? "")) ?? averages[0];
}

export function verdictOf(
	{ group }: Estimate,
	tests: readonly Comparison[],
	ranked: string,
	settings: ResultSet["settings"],
): Verdict {
	const value = group[ranked] ?? "";
	if (isAverage(value)) return "average";
	const test = tests.find(({ between, group: shared }) => between.a === value && agrees(group, shared));
	const significant = test === undefined ? null : isSignificant(test, settings);
	if (significant === null) return "untested";
	if (!significant) return "no-different";
	return (test?.difference ?? 0) > 0 ? "above" : "below";
}

/** Whether a group has all the values of another with fewer breakdowns. */
function agrees(group: Group, shared: Group): boolean {
	return (
		groupId(Object.fromEntries(Object.keys(shared).map((id) => [id, group[id] ?? ""]))) === groupId(shared)
	);
}
