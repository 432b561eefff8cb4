import { AVERAGE, type Group, type ResultSet } from "./result-set.js";

/**
 * Whether a name matches a value: by its id in any letter case, an average by its members (`oecd`), a published figure
 * by its system.
 */
function isCalled(value: string, name: string): boolean {
	const [id, wanted] = [value.toLowerCase(), name.toLowerCase()];
	return id === wanted || id.startsWith(`${AVERAGE}${wanted}-`) || id.startsWith(`${wanted}@`);
}

/** Whether any of the names matches a value of the group. */
export function isNamed(group: Group, names: readonly string[]): boolean {
	return names.some((name) => Object.values(group).some((value) => isCalled(value, name)));
}

/** Names that match no group and no item of the results. */
export function strangers({ estimates, comparisons, syntheses = [] }: ResultSet, names: readonly string[]) {
	const values = new Set([
		...estimates.flatMap(({ group, item }) => [...Object.values(group), item]),
		...comparisons.flatMap(({ group, item, between: { a, b } }) => [...Object.values(group), item, a, b]),
		...syntheses.flatMap(({ members }) => members),
	]);
	return names.filter((name) => ![...values].some((value) => isCalled(value, name)));
}
