import { marked } from "../results/caution-marks.js";
import { valueName } from "../results/labels.js";
import { type Comparison, type Group, isAverage, type ResultSet, TOTAL } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** Names of a group's values, one per breakdown, with caution marks; ids replace missing names. */
export function groupValues(group: Group, results: ResultSet): string[] {
	return Object.entries(group).map(([id, value]) =>
		marked(valueName(id, value, results), id, group, results),
	);
}

/** The same without marks, for rows that programs join by name. */
export function unmarkedName(group: Group, results: ResultSet): string {
	return Object.entries(group)
		.map(([id, value]) => valueName(id, value, results))
		.join(" · ");
}

/** The names of a group's values, joined. */
export function groupName(group: Group, results: ResultSet): string {
	return groupValues(group, results).join(" · ");
}

/** Names of the two sides of a comparison. */
export function sideNames({ between, group }: Comparison, results: ResultSet): { a: string; b: string } {
	const { variable } = between;
	const name = (value: string) =>
		marked(valueName(variable, value, results), variable, { ...group, [variable]: value }, results);
	return { a: name(between.a), b: name(between.b) };
}

/** The group's values in words, for the breakdowns asked for. */
export function groupLabel(results: ResultSet, locale: Locale, group: Group, breakdowns: string[]): string {
	return breakdowns
		.map((breakdown) => valueLabel(results, locale, breakdown, group[breakdown], group))
		.join(" · ");
}

/** A breakdown's value in words, or a side of a comparison. */
export function valueLabel(
	results: ResultSet,
	locale: Locale,
	breakdown: string,
	value = "",
	/** The group it is of, where that is known. */
	group: Group = { [breakdown]: value },
): string {
	if (value === TOTAL) return locale.text("group.total");
	return marked(valueName(breakdown, value, results), breakdown, group, results);
}

/** Whether the group stands for several others, and so is a yardstick rather than one more group. */
export function isSummary(group: Group): boolean {
	return Object.values(group).some((value) => value === TOTAL || isAverage(value));
}
