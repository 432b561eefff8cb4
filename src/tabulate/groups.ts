import { groupBy } from "../base/group-by.js";
import { once } from "../base/once.js";
import type { PlannedGroup } from "../codebook/plan/plan.js";
import { type Group, TOTAL } from "../results/result-set.js";
import { type Cell, type Cells, sumOf } from "./cells.js";

export interface GroupCell {
	group: Group;
	cell: Cell;
	/** The groups by every breakdown that it is made of. */
	numbers: readonly number[];
	/** Value ids that were pooled, by breakdown that was not requested. */
	pooled: Record<string, string[]>;
}

/** A breakdown, and its values in order. */
type Ordered = Pick<PlannedGroup, "id" | "values">;

export interface Regrouping {
	breakdowns: readonly Ordered[];
	/** Places of those that make groups. */
	by: readonly number[];
	valuesOf(group: number): string[];
	/** Places of those that have "total" beside their values. */
	totals: readonly number[];
	/** Groups whose rows are repeated in another country: they are left out where countries are pooled. */
	repeated: ReadonlySet<number>;
}

/** Breakdown whose values may be parts of each other. */
const COUNTRY = "country";

/**
 * Cells by every breakdown → cells by the asked ones, with totals where wanted, in the codebook's order of
 * values (else alphabetical; numbers by size), totals last.
 */
export function regroup(
	cells: Cells<number>,
	{ breakdowns, by, valuesOf, totals, repeated }: Regrouping,
): GroupCell[] {
	const others = breakdowns.map((_, place) => place).filter((place) => !by.includes(place));
	const ids = by.map((place) => breakdowns[place]?.id ?? "");
	const country = ids.indexOf(COUNTRY);
	const keyed: [string, Cell, number][] = [];
	const pooled = new Map<string, Set<string>[]>();
	for (const mask of subsets(by.map((place) => totals.includes(place)))) {
		const pools = country < 0 || ((mask >> country) & 1) === 1;
		for (const [number, cell] of cells) {
			if (pools && repeated.has(number)) continue;
			const values = valuesOf(number);
			const key = JSON.stringify(
				by.map((place, index) => ((mask >> index) & 1 ? TOTAL : (values[place] as string))),
			);
			const sets = pooled.get(key) ?? others.map(() => new Set<string>());
			pooled.set(key, sets);
			for (const [index, set] of sets.entries()) set.add(values[others[index] as number] as string);
			keyed.push([key, cell, number]);
		}
	}
	const rows = [...groupBy(keyed, ([key]) => key)].map(([key, parts]) => ({
		key,
		cell: sumOf(parts.map(([, cell]) => cell)),
		numbers: parts.map(([, , number]) => number),
		values: JSON.parse(key) as string[],
	}));
	const ordered = by.map((place) => breakdowns[place] as Ordered);
	rows.sort((a, b) => compareGroups(a.values, b.values, ordered));
	return rows.map(({ key, cell, numbers, values }) => ({
		group: Object.fromEntries(values.map((value, index) => [ids[index] ?? "", value])),
		cell,
		numbers,
		pooled: Object.fromEntries(
			(pooled.get(key) ?? []).map((set, index) => [
				breakdowns[others[index] as number]?.id ?? "",
				[...set].sort(),
			]),
		),
	}));
}

/** All subsets of the places that may be chosen, the empty one first: one bit per place. */
function subsets(may: readonly boolean[]): number[] {
	const all = Array.from({ length: 2 ** may.length }, (_, mask) => mask);
	return all.filter((mask) => may.every((can, index) => can || ((mask >> index) & 1) === 0));
}

/** The order of values that no codebook orders. It takes milliseconds to make, and most runs need none. */
export const valueOrder: () => Intl.Collator = once(() => new Intl.Collator("en", { numeric: true }));

function compareGroups(a: readonly string[], b: readonly string[], breakdowns: readonly Ordered[]): number {
	for (const [index, value] of a.entries()) {
		const other = b[index] as string;
		if (value === other) continue;
		if (value === TOTAL || other === TOTAL) return value === TOTAL ? 1 : -1;
		const values = breakdowns[index]?.values;
		return values ? values.indexOf(value) - values.indexOf(other) : valueOrder().compare(value, other);
	}
	return 0;
}
