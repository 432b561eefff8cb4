import type { Breakdown } from "../codebook/breakdown.js";
import type { Group } from "../results.js";
import { type Cell, type Cells, mergeCells } from "./cells.js";

/** Value id of all groups together. */
export const TOTAL = "total";

export interface GroupCell {
	group: Group;
	cell: Cell;
	/** Value ids that were put together, by breakdown that is not asked for. */
	pooled: Record<string, string[]>;
}

export interface Regrouping {
	breakdowns: readonly Breakdown[];
	/** How many of them are asked for. */
	asked: number;
	valuesOf(group: number): string[];
	/** Adds "total" beside the values of every breakdown. */
	total: boolean;
}

/**
 * Cells by every breakdown → cells by the asked ones, with totals where wanted, in the codebook's order of
 * values (else alphabetical; numbers by size), totals last.
 */
export function regroup(
	cells: Cells<number>,
	{ breakdowns, asked, valuesOf, total }: Regrouping,
): GroupCell[] {
	const merged: Cells<string> = new Map();
	const pooled = new Map<string, Set<string>[]>();
	for (const mask of total ? subsets(asked) : [0]) {
		mergeCells(merged, cells, (number) => {
			const values = valuesOf(number);
			const key = JSON.stringify(
				values.slice(0, asked).map((value, index) => ((mask >> index) & 1 ? TOTAL : value)),
			);
			const sets = pooled.get(key) ?? values.slice(asked).map(() => new Set<string>());
			pooled.set(key, sets);
			for (const [index, set] of sets.entries()) set.add(values[asked + index] as string);
			return key;
		});
	}
	const rows = [...merged].map(([key, cell]) => ({ key, cell, values: JSON.parse(key) as string[] }));
	rows.sort((a, b) => compareGroups(a.values, b.values, breakdowns));
	return rows.map(({ key, cell, values }) => ({
		group: Object.fromEntries(values.map((value, index) => [breakdowns[index]?.id ?? "", value])),
		cell,
		pooled: Object.fromEntries(
			(pooled.get(key) ?? []).map((set, index) => [breakdowns[asked + index]?.id ?? "", [...set].sort()]),
		),
	}));
}

/** All choices among n things, none first. */
function subsets(n: number): number[] {
	return Array.from({ length: 2 ** n }, (_, mask) => mask);
}

const collator = new Intl.Collator("en", { numeric: true });

function compareGroups(a: readonly string[], b: readonly string[], breakdowns: readonly Breakdown[]): number {
	for (const [index, value] of a.entries()) {
		const other = b[index] as string;
		if (value === other) continue;
		if (value === TOTAL || other === TOTAL) return value === TOTAL ? 1 : -1;
		const order = breakdowns[index]?.values;
		return order ? order.indexOf(value) - order.indexOf(other) : collator.compare(value, other);
	}
	return 0;
}
