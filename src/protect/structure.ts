import type { Codebook, GroupDefinition } from "../codebook/definition/schema.js";
import { namedValues } from "../results/conditions.js";
import type { Structure } from "./cells-at-risk.js";
import { NO_VALUE } from "./lattice.js";

/** Largest whole number that distinguishes bands of a column: years, ages, hours. */
const MOST_IN_A_BAND = 200;

/**
 * How a codebook's groups lie in each other: those that are made of one column share its values, so that a value of
 * one may be part of a value of another, or exclude it. For an unknown codebook, nothing is known.
 */
export function structureOf(codebook: Codebook | undefined): Structure {
	const groups = codebook?.groups ?? {};
	const definition = (id: string) => (Object.hasOwn(groups, id) ? groups[id] : undefined);
	const linked = (a: string, b: string) => {
		if (ofCondition(a, b) !== undefined) return true;
		const [one, other] = [definition(a), definition(b)];
		return (
			one !== undefined &&
			other !== undefined &&
			one.variable.toUpperCase() === other.variable.toUpperCase() &&
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
		possible: ([a, value], [b, other]) => {
			if (!linked(a, b)) return true;
			const together = ofCondition(a, b);
			return together === undefined
				? pairsOf(a, b).has(JSON.stringify([value, other]))
				: together(value, other);
		},
	};
}

/**
 * Which values go together of a condition that names several of a breakdown, as `region=a,b` does, and that breakdown, or
 * another such condition; undefined of any other two.
 */
function ofCondition(a: string, b: string): ((valueOfA: string, valueOfB: string) => boolean) | undefined {
	const [one, other] = [namedValues(a), namedValues(b)];
	if (one !== undefined && one.id === b) return (meets, value) => one.values.includes(value) === isMet(meets);
	if (other !== undefined && other.id === a) {
		return (value, meets) => other.values.includes(value) === isMet(meets);
	}
	if (one === undefined || one.id !== other?.id) return undefined;
	const [only, also] = [one.values, other.values];
	return (first, second) => {
		// Some teachers have none of the values that either names.
		if (!isMet(first)) return !isMet(second) || also.some((value) => !only.includes(value));
		return isMet(second)
			? only.some((value) => also.includes(value))
			: only.some((value) => !also.includes(value));
	};
}

const isMet = (value: string) => value !== NO_VALUE;

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
	const { values = {}, ranges = [] } = group ?? {};
	if (typeof values === "string") return new Map();
	return new Map([
		...Object.entries(values).flatMap(([value, { codes = [], ...range }]) =>
			[...codes, ...numbersIn(range)].map((code) => [String(code), value] as const),
		),
		...ranges.flatMap(({ value, ...range }) => numbersIn(range).map((code) => [code, value] as const)),
	]);
}

/** Whole numbers of a range; none where it has no bounds. */
function numbersIn({ from, to }: { from?: number | undefined; to?: number | undefined }): string[] {
	if (from === undefined && to === undefined) return [];
	const low = from ?? 0;
	const high = to ?? low + MOST_IN_A_BAND;
	return Array.from({ length: Math.max(0, high - low + 1) }, (_, place) => String(low + place));
}
