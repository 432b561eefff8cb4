import { entryOf } from "../base/entry-of.js";
import type { ResultSet } from "./result-set.js";

/** The question of a topic, as a title; ids replace missing names, here and below. */
export function topicTitle(topic: string, { labels }: ResultSet): string {
	return entryOf(labels?.topics, topic)?.title ?? topic;
}

/** A topic in a word or two. */
export function topicLabel(topic: string, { labels }: ResultSet): string {
	return entryOf(labels?.topics, topic)?.label ?? topic;
}

/** The base of figures. */
export function baseName(base: string, { labels }: ResultSet): string {
	return entryOf(labels?.bases, base) ?? base;
}

/** A breakdown's value. */
export function valueName(id: string, value: string, { labels }: ResultSet): string {
	return entryOf(entryOf(labels?.groups, id)?.values, value) ?? value;
}

/** Name of a breakdown. */
export function groupLabel(id: string, { labels }: ResultSet): string {
	return entryOf(labels?.groups, id)?.label ?? id;
}
