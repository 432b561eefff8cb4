import type { Codebook, GroupDefinition } from "../codebook/definition/schema.js";
import type { Structure } from "./cells-at-risk.js";
import { NO_VALUE } from "./lattice.js";

/** Whole numbers that bands of a column are told apart by: years, ages, hours. */
const MOST_IN_A_BAND = 200;

/**
 * How a codebook's groups lie in each other: those that are made of one column share its values, so that a value of one may
 * be part of a value of another, or exclude it. Of results of an unknown codebook nothing is known.
 */
export function structureOf(codebook: Codebook | undefined): Structure {
	const groups = codebook?.groups ?? {};
	const definition = (id: string) => (Object.hasOwn(groups, id) ? groups[id] : undefined);
	const linked = (a: string, b: string) => {
		const [one, other] = [definition(a), definition(b)];
		return (
			one !== undefined &&
			other !== undefined &&
			one.variable === other.variable &&
			one.pattern === other.pattern &&
			typeof one.values !== "string" &&
			typeof other.values !== "string"
		);
	};
	const pairs = new Map<string, Set<string>>();
	const pairsOf = (a: string, b: string) => {
		const key = JSON.stringify([a, b]);
		const known = pairs.get(key) ?? together(definition(a), definition(b));
		pairs.set(key, known);
		return known;
	};
	return {
		linked,
		possible: ([a, value], [b, other]) => !linked(a, b) || pairsOf(a, b).has(JSON.stringify([value, other])),
	};
}

/** Values of two groups of one column that some value of the column has. */
function together(a: GroupDefinition | undefined, b: GroupDefinition | undefined): Set<string> {
	const [one, other] = [contents(a), contents(b)];
	const met = [...new Set([...one.keys(), ...other.keys()])];
	return new Set(
		[
			...met.map((code) => [one.get(code) ?? NO_VALUE, other.get(code) ?? NO_VALUE]),
			[NO_VALUE, NO_VALUE],
		].map((pair) => JSON.stringify(pair)),
	);
}

/** Code of a column → value of a group. */
function contents(group: GroupDefinition | undefined): Map<string, string> {
	const { values = {} } = group ?? {};
	if (typeof values === "string") return new Map();
	return new Map(
		Object.entries(values).flatMap(([value, { codes = [], from, to }]) => {
			const low = from ?? 0;
			const high = to ?? low + MOST_IN_A_BAND;
			const band =
				from === undefined && to === undefined
					? []
					: Array.from({ length: Math.max(0, high - low + 1) }, (_, place) => String(low + place));
			return [...codes, ...band].map((code) => [String(code), value] as const);
		}),
	);
}
