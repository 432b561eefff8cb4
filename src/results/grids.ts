import { entryOf } from "../base/entry-of.js";
import type { Estimate, Grid, Labels } from "./result-set.js";

/** Id of the grid that contains several topics as columns; undefined if there is none. */
export function gridOfTopics(
	topics: readonly string[],
	labels: Pick<Labels, "grids"> | undefined,
): [id: string, grid: Grid] | undefined {
	const asked = new Set(topics);
	if (asked.size < 2) return undefined;
	return Object.entries(labels?.grids ?? {}).find(([, { topics: own }]) =>
		[...asked].every((topic) => Object.hasOwn(own, topic)),
	);
}

/** The grid that rows fill: percentages of several of its topics in one group. */
export function gridOf(rows: readonly Estimate[], labels: Labels | undefined): Grid | undefined {
	const groups = new Set(rows.map(({ group }) => JSON.stringify(group)));
	if (groups.size > 1) return undefined;
	return gridOfTopics(
		rows.map(({ topic }) => topic),
		labels,
	)?.[1];
}

/** Topics for display: topics of a grid together, under its id and name, all others separately. */
export function subjectsOf(topics: readonly string[], labels: Labels | undefined): GridSubject[] {
	const subjects = new Map<string, GridSubject>();
	for (const topic of new Set(topics)) {
		const [id, { label }] = gridWith(topic, topics, labels) ?? [
			topic,
			{ label: entryOf(labels?.topics, topic)?.label ?? topic },
		];
		subjects.set(id, { id, label, topics: [...(subjects.get(id)?.topics ?? []), topic] });
	}
	return [...subjects.values()];
}

/** The subject of a table or chart. */
export interface GridSubject {
	id: string;
	label: string;
	topics: string[];
}

/** The grid of a topic, if another of its topics is also present. */
function gridWith(topic: string, topics: readonly string[], labels: Labels | undefined) {
	return Object.entries(labels?.grids ?? {}).find(
		([, { topics: own }]) =>
			Object.hasOwn(own, topic) && topics.some((other) => other !== topic && Object.hasOwn(own, other)),
	);
}
