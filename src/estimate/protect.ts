import { groupKey } from "../results/group-key.js";
import { type EstimateRow, type Status, TOTAL } from "../results/result-set.js";
import { tellsSamples } from "../results/samples.js";
import type { Measured } from "./estimates.js";

const SMALL: readonly Status[] = ["few-teachers", "few-schools", "low-response", "protected"];

/**
 * Complementary suppression: where one hidden group could be worked out from the other groups of a breakdown
 * and their total, the next smallest is hidden too. Countries and populations are looked at only where their
 * total is among the results.
 */
export function protect(measured: Measured[]): Measured[] {
	const status = new Map<string, Status>();
	for (const rows of byItem(measured).values()) protectItem(rows, status);
	if (status.size === 0) return measured;
	return measured.map((one) => {
		const changed = status.get(cellKey(one.estimate));
		return changed === undefined ? one : { ...one, estimate: { ...one.estimate, status: changed } };
	});
}

/** One row a group of an item; its statistics are hidden together. */
function byItem(measured: readonly Measured[]): Map<string, EstimateRow[]> {
	const items = new Map<string, Map<string, EstimateRow>>();
	for (const { estimate } of measured) {
		const { topic, item, base } = estimate;
		const key = JSON.stringify([topic, item, base]);
		const rows = items.get(key) ?? new Map<string, EstimateRow>();
		rows.set(cellKey(estimate), estimate);
		items.set(key, rows);
	}
	return new Map([...items].map(([key, rows]) => [key, [...rows.values()]]));
}

function protectItem(rows: readonly EstimateRow[], status: Map<string, Status>): void {
	const statusOf = (row: EstimateRow) => status.get(cellKey(row)) ?? row.status;
	const isSmall = (row: EstimateRow) => SMALL.includes(statusOf(row));
	const sets = Object.keys(rows[0]?.group ?? {}).flatMap((id) => setsOf(rows, id));
	let changed = true;
	while (changed) {
		changed = false;
		for (const { parts, total } of sets) {
			const hidden = [...parts, ...(total === undefined ? [] : [total])].filter(isSmall);
			if (hidden.length !== 1) continue;
			const next = parts
				.filter((row) => statusOf(row) === "ok")
				.sort((a, b) => (a.n as number) - (b.n as number))[0];
			const also = next ?? (total !== undefined && statusOf(total) === "ok" ? total : undefined);
			if (also === undefined) continue;
			status.set(cellKey(also), "protected");
			changed = true;
		}
	}
}

/** Groups that differ in one breakdown alone, with their total. */
function setsOf(rows: readonly EstimateRow[], id: string): { parts: EstimateRow[]; total?: EstimateRow }[] {
	const sets = new Map<string, { parts: EstimateRow[]; total?: EstimateRow }>();
	for (const row of rows) {
		const key = groupKey({ ...row.group, [id]: "" });
		const set = sets.get(key) ?? { parts: [] };
		if (row.group[id] === TOTAL) set.total = row;
		else set.parts.push(row);
		sets.set(key, set);
	}
	return [...sets.values()].filter(({ total }) => total !== undefined || !tellsSamples(id));
}

function cellKey({ topic, item, base, group }: EstimateRow): string {
	return `${JSON.stringify([topic, item, base])} ${groupKey(group)}`;
}
