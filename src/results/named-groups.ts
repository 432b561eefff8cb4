import { AVERAGE, type Group, type ResultSet } from "./result-set.js";

/**
 * Whether a value is what a name stands for: its id in any letter case, an average by what it is of (`oecd`), and a
 * published figure by its system.
 */
function isCalled(value: string, name: string): boolean {
	const [id, wanted] = [value.toLowerCase(), name.toLowerCase()];
	return id === wanted || id.startsWith(`${AVERAGE}${wanted}-`) || id.startsWith(`${wanted}@`);
}

/** Whether one of the names stands for one of the group's values. */
export function isNamed(group: Group, names: readonly string[]): boolean {
	return names.some((name) => Object.values(group).some((value) => isCalled(value, name)));
}

/** The names that stand for no group and no item of the results. */
export function strangers({ estimates, comparisons, syntheses = [] }: ResultSet, names: readonly string[]) {
	const values = new Set([
		...estimates.flatMap(({ group, item }) => [...Object.values(group), item]),
		...comparisons.flatMap(({ group, item, between: { a, b } }) => [...Object.values(group), item, a, b]),
		...syntheses.flatMap(({ members }) => members),
	]);
	return names.filter((name) => ![...values].some((value) => isCalled(value, name)));
}
