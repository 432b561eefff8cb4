import { groupBy } from "../group-by.js";
import type { Estimate, Note, ResultSet } from "../results.js";
import { baseName, groupKey, groupValues, topicTitle } from "./names.js";

/** The estimates of one topic on one base. */
export interface Section {
	title: string;
	base: string;
	rows: ItemRow[];
	/** Head of the labels where they are no items. */
	head?: string;
}

/** One item with its estimates by group key. */
export interface ItemRow {
	item: string;
	label: string;
	statistic: Estimate["statistic"];
	cells: ReadonlyMap<string, Estimate>;
	counts: ReadonlyMap<string, Estimate>;
}

export interface Column {
	key: string;
	/** The names of its values, joined. */
	label: string;
	values: string[];
}

/** Groups in the order of the results, with their names. */
export function columnsOf(results: ResultSet): Column[] {
	const groups = new Map(results.estimates.map(({ group }) => [groupKey(group), group]));
	return [...groups].map(([key, group]) => {
		const values = groupValues(group, results);
		return { key, label: values.join(" · "), values };
	});
}

/** The groups a section has rows of. */
export function shownColumns({ rows }: Section, columns: readonly Column[]): Column[] {
	return columns.filter(({ key }) => rows.some(({ cells, counts }) => cells.has(key) || counts.has(key)));
}

/** Whether a source says of itself that its teachers are made up. */
export function isSynthetic({ source }: ResultSet): boolean {
	return source.some(({ synthetic }) => synthetic === true);
}

/** "France: " before a note on one group, or on several that share a level; nothing before the others. */
export function noteGroup(
	{ group }: Note,
	columns: readonly Column[],
	{ labels }: Pick<ResultSet, "labels">,
): string {
	if (group === undefined) return "";
	const levels = Object.entries(group).map(([id, value]) => labels?.groups[id]?.values[value] ?? value);
	const label = columns.find(({ key }) => key === groupKey(group))?.label ?? levels.join(", ");
	return label === "" ? "" : `${label}: `;
}

/** The estimates divided by topic and base. */
export function sectionParts(estimates: readonly Estimate[]): Estimate[][] {
	return [...groupBy(estimates, ({ topic, base }) => `${topic} ${base}`).values()];
}

/** One topic on one base, items in the order of the results. */
export function sectionOf(part: readonly Estimate[], results: ResultSet): Section {
	const { topic, base } = part[0] as Estimate;
	return { title: topicTitle(topic, results), base: baseName(base, results), rows: itemRows(part) };
}

function itemRows(estimates: readonly Estimate[]): ItemRow[] {
	return [...groupBy(estimates, ({ item }) => item).values()].map((rows) => {
		const { item, label } = rows[0] as Estimate;
		const byGroup = (chosen: Estimate[]) => new Map(chosen.map((row) => [groupKey(row.group), row]));
		const main = rows.filter(({ statistic }) => statistic !== "count");
		const counts = rows.filter(({ statistic }) => statistic === "count");
		return {
			item,
			label,
			statistic: main[0]?.statistic ?? "count",
			cells: byGroup(main),
			counts: byGroup(counts),
		};
	});
}
