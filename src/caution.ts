import type { Group, ResultSet } from "./results.js";

/** Marks as they are printed, where their ids differ. */
const PRINTED: Record<string, string> = { "a-2018": "ª", dagger: "†" };

const marks = new WeakMap<ResultSet, Map<string, string>>();

/**
 * The publisher's caution mark of what a group names, such as "*" after a country; "" where there is none, or where
 * only some of its figures bear it.
 * @param group Values that rows are looked for by: all breakdowns of a row, or some.
 */
export function markOf(results: ResultSet, group: Group): string {
	const known = marks.get(results) ?? new Map<string, string>();
	marks.set(results, known);
	const key = JSON.stringify(group);
	const mark = known.get(key) ?? findMark(results, group);
	known.set(key, mark);
	return mark;
}

function findMark({ estimates, comparisons }: ResultSet, group: Group): string {
	const isOf = (other: Group) => Object.entries(group).every(([id, value]) => other[id] === value);
	const rows = estimates.filter((row) => isOf(row.group)).map(({ flag }) => flag);
	const sides = comparisons.flatMap(({ group: shared, between: { variable, a, b }, ...row }) => [
		...(isOf({ ...shared, [variable]: a }) ? [row.a.flag] : []),
		...(isOf({ ...shared, [variable]: b }) ? [row.b.flag] : []),
	]);
	const [flag, ...others] = new Set([...rows, ...sides]);
	return flag === undefined || others.length > 0 ? "" : printedMark(flag);
}

/** A mark as it is printed. */
export function printedMark(flag: string): string {
	return PRINTED[flag] ?? flag;
}

/** A name with the caution mark of what it names; only countries and economies bear one. */
export function marked(name: string, id: string, group: Group, results: ResultSet): string {
	return id === "country" ? `${name}${markOf(results, group)}` : name;
}

/** What the caution marks in results mean. */
export function cautionNotes({ notes }: ResultSet): string[] {
	return notes.filter(({ code }) => CAUTIONS.includes(code)).map(({ text }) => text);
}

const CAUTIONS = ["caution", "caution-declared", "published-flagged"];
