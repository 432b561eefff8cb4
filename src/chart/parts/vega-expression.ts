import type { Entry } from "./entries.js";

/**
 * A value as a literal of Vega's expression language. JSON is one but for two line separators, so no text can end
 * its string and become code.
 */
export function literal(value: unknown): string {
	return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/**
 * An expression that puts something in place of a key, for the labels of axes and legends. By its place in a list: Vega refuses
 * an object with keys such as `constructor`, and values of a survey may be called so.
 */
export function lookup(entries: Entry[], meaning: (entry: Entry) => unknown): string {
	const keys = entries.map(({ key }) => key);
	return `(${literal(entries.map(meaning))})[indexof(${literal(keys)}, datum.value)]`;
}
