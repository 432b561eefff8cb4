import { entryOf } from "../base/entry-of.js";
import type { Estimate, Grid, Labels } from "./result-set.js";

/** The grid whose columns several topics are, by its id; undefined where they are of none. */
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

/** The grid that rows fill: percentages of several of its topics, in one group. */
export function gridOf(rows: readonly Estimate[], labels: Labels | undefined): Grid | undefined {
	const groups = new Set(rows.map(({ group }) => JSON.stringify(group)));
	if (groups.size > 1) return undefined;
	return gridOfTopics(
		rows.map(({ topic }) => topic),
		labels,
	)?.[1];
}

/** Topics as they are shown: those of a grid together, under its id and name, all others alone. */
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

/** What a table or a chart is about. */
export interface GridSubject {
	id: string;
	label: string;
	topics: string[];
}

/** The grid of a topic where another of its topics is there, too. */
function gridWith(topic: string, topics: readonly string[], labels: Labels | undefined) {
	return Object.entries(labels?.grids ?? {}).find(
		([, { topics: own }]) =>
			Object.hasOwn(own, topic) && topics.some((other) => other !== topic && Object.hasOwn(own, other)),
	);
}
