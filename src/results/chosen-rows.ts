import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";
import { topicLabel } from "./labels.js";
import type { ResultSet } from "./result-set.js";

/** What a row is about. */
interface Subject {
	topic: string;
	item: string;
	variable?: string | null;
	label?: string;
}

/** Tables whose rows each belong to an item. */
const TABLES = ["estimates", "comparisons", "tests"] as const;

/**
 * Saved results limited to some topics and items. Numbers stay unchanged, including adjusted p-values.
 * @param topics Ids or names, separated by commas.
 * @param items Ids, `topic:item`, variables, or words of labels, separated by commas.
 * @throws UserError for a name that no row has, and for results whose rows do not belong to items.
 */
export function chosenRows(
	results: ResultSet,
	{ topics = [], items = [] }: { topics?: readonly string[]; items?: readonly string[] },
): ResultSet {
	const rows: Subject[] = TABLES.flatMap((table) => (results[table] ?? []) as Subject[]);
	const [askedTopics, askedItems] = [split(topics), split(items)];
	if (askedTopics.length + askedItems.length === 0) return results;
	const ofTopic = (word: string) => (row: Subject) =>
		[row.topic, topicLabel(row.topic, results)].some((name) => name.toLowerCase() === word);
	const byTopic = askedTopics.map((word) => found("topic", word, rows, ofTopic(word), ({ topic }) => topic));
	const byItem = askedItems.map((word) => found("item", word, rows, ofItem(word, rows), ({ item }) => item));
	const isKept = (row: Subject) =>
		[byTopic, byItem].every((tests) => tests.length === 0 || tests.some((test) => test(row)));
	const kept = Object.fromEntries(
		TABLES.filter((table) => results[table] !== undefined).map((table) => [
			table,
			(results[table] as Subject[]).filter(isKept),
		]),
	);
	if (!rows.some(isKept)) {
		throw new UserError(say`no row is both of ${option("topic")} and of ${option("item")}`);
	}
	return { ...results, ...kept };
}

function split(names: readonly string[]): string[] {
	return names.flatMap((name) => name.split(",")).map((name) => name.trim().toLowerCase());
}

/** Matches by id or variable; if nothing has that name, by a word of the label. */
function ofItem(word: string, rows: readonly Subject[]): (row: Subject) => boolean {
	const isCalled = ({ topic, item, variable }: Subject) =>
		[item, `${topic}:${item}`, variable ?? ""].some((name) => name.toLowerCase() === word);
	if (rows.some(isCalled)) return isCalled;
	return ({ label = "" }) => label.toLowerCase().includes(word);
}

function found(
	what: "topic" | "item",
	word: string,
	rows: readonly Subject[],
	test: (row: Subject) => boolean,
	nameOf: (row: Subject) => string,
): (row: Subject) => boolean {
	if (rows.some(test)) return test;
	throw new UserError(`these results have no ${what} "${word}"`, {
		hint: didYouMean(word, [...new Set(rows.map(nameOf))]),
	});
}
