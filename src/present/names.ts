import { marked } from "../caution.js";
import type { Comparison, Group, ResultSet } from "../results.js";

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

export function topicTitle(topic: string, { labels }: ResultSet): string {
	return labels?.topics[topic]?.title ?? topic;
}

export function topicLabel(topic: string, { labels }: ResultSet): string {
	return labels?.topics[topic]?.label ?? topic;
}

export function baseName(base: string, { labels }: ResultSet): string {
	return labels?.bases[base] ?? base;
}

/** Names of the two sides of a comparison. */
export function sideNames({ between, group }: Comparison, results: ResultSet): { a: string; b: string } {
	const { variable } = between;
	const name = (value: string) =>
		marked(valueName(variable, value, results), variable, { ...group, [variable]: value }, results);
	return { a: name(between.a), b: name(between.b) };
}

function valueName(id: string, value: string, { labels }: ResultSet): string {
	return labels?.groups[id]?.values[value] ?? value;
}
