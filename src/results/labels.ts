import { entryOf } from "../base/entry-of.js";
import type { ResultSet } from "./result-set.js";

/** The question of a topic, as a title. Here and below, ids replace missing names. */
export function topicTitle(topic: string, { labels }: ResultSet): string {
	return entryOf(labels?.topics, topic)?.title ?? topic;
}

/** Short name of a topic. */
export function topicLabel(topic: string, { labels }: ResultSet): string {
	return entryOf(labels?.topics, topic)?.label ?? topic;
}

export function baseName(base: string, { labels }: ResultSet): string {
	return entryOf(labels?.bases, base) ?? base;
}

export function valueName(id: string, value: string, { labels }: ResultSet): string {
	return entryOf(entryOf(labels?.groups, id)?.values, value) ?? value;
}

export function groupLabel(id: string, { labels }: ResultSet): string {
	return entryOf(labels?.groups, id)?.label ?? id;
}
