import { entryOf } from "../../base/entry-of.js";
import { groupBy } from "../../base/group-by.js";
import { gridOf, subjectsOf } from "../../results/grids.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, topicTitle } from "../../results/labels.js";
import type { Estimate, Note, ResultSet } from "../../results/result-set.js";
import { groupValues } from "../../wording/group-names.js";

/** The estimates of one topic on one base, or of a grid. */
export interface Section {
	title: string;
	base: string;
	rows: ItemRow[];
	/** Head of the labels, if they are not items. */
	head?: string;
	/** The columns, if they are not groups. */
	columns?: Column[];
}

/** One item with its estimates by the key of their column. */
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

/** The columns for which a section has rows: its own, otherwise groups. */
export function shownColumns({ rows, columns: own }: Section, groups: readonly Column[]): Column[] {
	return (own ?? groups).filter(({ key }) =>
		rows.some(({ cells, counts }) => cells.has(key) || counts.has(key)),
	);
}

/** Whether a source declares its teachers synthetic. */
export function isSynthetic({ source }: ResultSet): boolean {
	return source.some(({ synthetic }) => synthetic === true);
}

/** Prefix such as "France: " for a note on one group, or on several that share a level; otherwise empty. */
export function noteGroup(
	{ group }: Note,
	columns: readonly Column[],
	{ labels }: Pick<ResultSet, "labels">,
): string {
	if (group === undefined) return "";
	const levels = Object.entries(group).map(
		([id, value]) => entryOf(entryOf(labels?.groups, id)?.values, value) ?? value,
	);
	const label = columns.find(({ key }) => key === groupKey(group))?.label ?? levels.join(", ");
	return label === "" ? "" : `${label}: `;
}

/** Splits estimates by topic and base; topics of one grid stay together. */
export function sectionParts({ estimates, labels }: ResultSet): Estimate[][] {
	return subjectsOf(
		estimates.map(({ topic }) => topic),
		labels,
	).flatMap(({ topics }) => {
		const part = estimates.filter(({ topic }) => topics.includes(topic));
		if (gridOf(part, labels) !== undefined) return [part];
		return [...groupBy(part, ({ topic, base }) => `${topic} ${base}`).values()];
	});
}

/** One topic on one base, or the topics of a grid side by side; items in the order of the results. */
export function sectionOf(part: readonly Estimate[], results: ResultSet): Section {
	const { topic, base } = part[0] as Estimate;
	const grid = gridOf(part, results.labels);
	if (grid === undefined) {
		const rows = itemRows(part, ({ group }) => groupKey(group));
		return { title: topicTitle(topic, results), base: baseName(base, results), rows };
	}
	return {
		title: grid.title,
		base: grid.base,
		rows: itemRows(part, ({ topic }) => topic),
		columns: Object.entries(grid.topics).map(([key, label]) => ({ key, label, values: [label] })),
	};
}

function itemRows(estimates: readonly Estimate[], keyOf: (row: Estimate) => string): ItemRow[] {
	return [...groupBy(estimates, ({ item }) => item).values()].map((rows) => {
		const { item, label } = rows[0] as Estimate;
		const byGroup = (chosen: Estimate[]) => new Map(chosen.map((row) => [keyOf(row), row]));
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
