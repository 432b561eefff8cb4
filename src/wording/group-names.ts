import { marked } from "../results/caution-marks.js";
import { valueName } from "../results/labels.js";
import type { Comparison, Group, ResultSet } from "../results/result-set.js";

/** Equal for equal groups. */
export function groupKey(group: Group): string {
	return JSON.stringify(group);
}

/** Names of a group's values, one a breakdown, with caution marks; ids stand in where there is no name. */
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
