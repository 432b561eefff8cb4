import { entryOf } from "../../base/entry-of.js";
import type { Codebook, Topic } from "../../codebook/definition/schema.js";

/** A topic's items in the order they are asked, which in TALIS is that of the columns' names. */
export function itemsAsAsked(topic: Topic): string[] {
	const variable = (key: string): string => entryOf(topic.items, key)?.variable ?? key;
	return Object.keys(topic.items).toSorted((a, b) => (variable(a) < variable(b) ? -1 : 1));
}

/** Whether the questionnaire of a level of education has an item. */
export function isOfPopulation(topic: Topic, item: string, population: string): boolean {
	return entryOf(topic.items, item)?.populations?.includes(population) ?? true;
}

/**
 * A topic's items in rounds: those whose base is decided by an item of the same topic come after it.
 */
export function rounds(codebook: Codebook, key: string): string[][] {
	const topic = entryOf(codebook.topics, key) as Topic;
	const gatedHere = (item: string): boolean =>
		gateTopic(codebook, entryOf(topic.items, item)?.base ?? topic.base) === key;
	const items = itemsAsAsked(topic);
	return [items.filter((item) => !gatedHere(item)), items.filter(gatedHere)];
}

/** Topic whose answers decide who is in a base. */
export function gateTopic(codebook: Codebook, base: Topic["base"]): string | undefined {
	return entryOf(codebook.bases, base)?.gate?.split(":")[0];
}
