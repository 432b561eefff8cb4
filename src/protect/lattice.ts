import { groupKey } from "../results/group-key.js";
import { type Group, TOTAL } from "../results/result-set.js";

/** Value of rows without one. */
export const NO_VALUE = "";

/** Cells that add up to another; all by their keys. */
export interface Sum {
	whole: string;
	parts: readonly string[];
	/** The further breakdown of the parts; null if they add up to its total. */
	by: string | null;
}

/** All cells that contain published groups or are contained in them, including those of rows without a value. */
export interface Lattice {
	/** Key → cell. */
	cells: ReadonlyMap<string, Group>;
	sums: readonly Sum[];
}

/** Whether two values of two breakdowns can occur together; breakdowns of one column exclude some pairs. */
export type CanGoTogether = (a: readonly [string, string], b: readonly [string, string]) => boolean;

/** Whether two breakdowns are of one column. */
export type Linked = (a: string, b: string) => boolean;

/** Most breakdowns that are crossed; more would give more cells than anybody prints. */
const MOST_CROSSED = 4;

/**
 * The cells of groups and how they add up: a group is the sum of its parts by any further breakdown, and of the rows without
 * a value of it; a total is the sum without those.
 */
export function latticeOf(groups: readonly Group[], linked: Linked, possible: CanGoTogether): Lattice {
	const values = new Map<string, Set<string>>();
	for (const group of groups) {
		for (const [id, value] of Object.entries(group)) {
			values.set(id, (values.get(id) ?? new Set()).add(value));
		}
	}
	// A value that all groups share cannot be summed over.
	const common = Object.entries(groups[0] ?? {}).filter(
		([id, value]) => value !== TOTAL && value !== NO_VALUE && groups.every((group) => group[id] === value),
	);
	for (const [id] of common) values.delete(id);
	const isCommon = (id: string) => common.some(([other]) => other === id);
	const sets = closure(crossed(groups, linked).map((ids) => ids.filter((id) => !isCommon(id))));
	const cells = new Map<string, Group>();
	const sums: Sum[] = [];
	for (const own of sets.flatMap((ids) => cellsOf(ids, values, possible))) {
		const cell = { ...Object.fromEntries(common), ...own };
		cells.set(groupKey(cell), cell);
	}
	for (const [whole, cell] of cells) {
		const ids = Object.keys(cell).filter((id) => !isCommon(id));
		for (const [id, own] of values) {
			if (ids.includes(id) || !sets.some((set) => isSet(set, [...ids, id]))) continue;
			const part = (value: string) => groupKey({ ...cell, [id]: value });
			const answers = [...own].filter((value) => value !== TOTAL && value !== NO_VALUE);
			const parts = [...answers, NO_VALUE].map(part).filter((key) => cells.has(key));
			sums.push({ whole, parts, by: id });
			if (!own.has(TOTAL)) continue;
			sums.push({ whole: part(TOTAL), parts: parts.filter((key) => key !== part(NO_VALUE)), by: null });
		}
	}
	return { cells, sums };
}

/** Breakdowns that occur together in some group, and breakdowns of one column. */
function crossed(groups: readonly Group[], linked: Linked): string[][] {
	const own = distinct(groups.map((group) => Object.keys(group)));
	const pairs = own.flatMap((a, place) =>
		own.slice(0, place).flatMap((b) => {
			const together = [...new Set([...a, ...b])];
			const meet = a.some((one) => b.some((other) => one !== other && linked(one, other)));
			return meet && together.length <= MOST_CROSSED ? [together] : [];
		}),
	);
	return distinct([...own, ...pairs]);
}

/** With all subsets, the empty one among them. */
function closure(sets: readonly string[][]): string[][] {
	return distinct(
		sets.flatMap((ids) =>
			Array.from({ length: 2 ** ids.length }, (_, mask) => ids.filter((_, place) => (mask >> place) & 1)),
		),
	);
}

function distinct(sets: readonly string[][]): string[][] {
	return [...new Map(sets.map((ids) => [JSON.stringify(ids.toSorted()), ids])).values()];
}

function isSet(ids: readonly string[], others: readonly string[]): boolean {
	return ids.length === others.length && others.every((id) => ids.includes(id));
}

function cellsOf(
	ids: readonly string[],
	values: ReadonlyMap<string, ReadonlySet<string>>,
	possible: CanGoTogether,
): Group[] {
	return ids.reduce<Group[]>(
		(cells, id) =>
			cells.flatMap((cell) =>
				[...new Set([...(values.get(id) ?? []), NO_VALUE])].flatMap((value) =>
					Object.entries(cell).every((other) => possible(other, [id, value]))
						? [{ ...cell, [id]: value }]
						: [],
				),
			),
		[{}],
	);
}
