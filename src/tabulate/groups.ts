import { groupBy } from "../base/group-by.js";
import { once } from "../base/once.js";
import type { PlannedGroup } from "../codebook/plan/plan.js";
import { type Group, TOTAL } from "../results/result-set.js";
import { type Cell, type Cells, sumOf } from "./cells.js";

export interface GroupCell {
	group: Group;
	cell: Cell;
	/** Numbers of the groups by all breakdowns that this cell combines. */
	numbers: readonly number[];
	/** Pooled value ids, for each breakdown that was not requested. */
	pooled: Record<string, string[]>;
}

/** A breakdown with its values in order. */
type Ordered = Pick<PlannedGroup, "id" | "values">;

export interface Regrouping {
	breakdowns: readonly Ordered[];
	/** Positions of the breakdowns that form groups. */
	by: readonly number[];
	valuesOf(group: number): string[];
	/** Positions of the breakdowns that also have a "total". */
	totals: readonly number[];
	/** Groups whose rows another country repeats. They are left out when countries are pooled. */
	repeated: ReadonlySet<number>;
}

/** The only breakdown whose values may contain each other. */
const COUNTRY = "country";

/**
 * Turns cells by every breakdown into cells by the requested ones, with totals where wanted. Values follow the
 * codebook's order (otherwise alphabetical, numbers by size); totals come last.
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

/** All subsets of the positions that may be chosen, the empty one first; one bit per position. */
function subsets(may: readonly boolean[]): number[] {
	const all = Array.from({ length: 2 ** may.length }, (_, mask) => mask);
	return all.filter((mask) => may.every((can, index) => can || ((mask >> index) & 1) === 0));
}

/** Order of values that no codebook orders. Built on first use: it takes milliseconds and most runs need none. */
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
