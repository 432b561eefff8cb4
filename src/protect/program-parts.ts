// A linear program splits into parts with no column in common; each is solved separately.
import type { ProgramRow } from "./linear-program.js";

/** The rows that restrict a column, with columns renumbered. */
export interface ProgramPart {
	columns: number;
	rows: readonly ProgramRow[];
	/** Its columns by their old numbers, in the order of the new ones. */
	own: readonly number[];
	/** New number of one of its columns. */
	place(column: number): number;
}

/**
 * The part of a program to which a column belongs.
 * @param joint A column that occurs in rows of all parts and belongs to each part.
 */
export function programParts(rows: readonly ProgramRow[], joint: number): (column: number) => ProgramPart {
	const above = new Map<number, number>();
	const root = (column: number): number => {
		let top = column;
		for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
		if (top !== column) above.set(column, top);
		return top;
	};
	const own = ({ terms }: ProgramRow) => terms.map(([column]) => column).filter((column) => column !== joint);
	for (const row of rows) {
		const [first, ...others] = own(row).map(root);
		for (const other of others)
			if (root(other) !== root(first as number)) above.set(root(other), root(first as number));
	}
	const parts = new Map<number, ProgramRow[]>();
	for (const row of rows) {
		const [first] = own(row);
		if (first === undefined) continue;
		const part = parts.get(root(first)) ?? [];
		part.push(row);
		parts.set(root(first), part);
	}
	const made = new Map<number, ProgramPart>();
	return (column) => {
		const part = made.get(root(column)) ?? renumbered(parts.get(root(column)) ?? [], [column, joint]);
		made.set(root(column), part);
		return part;
	};
}

function renumbered(rows: readonly ProgramRow[], also: readonly number[]): ProgramPart {
	const places = new Map<number, number>();
	const place = (column: number) => {
		const known = places.get(column) ?? places.size;
		places.set(column, known);
		return known;
	};
	for (const column of also) place(column);
	const renamed = rows.map(({ terms, ...others }) => ({
		...others,
		terms: terms.map(([column, factor]) => [place(column), factor] as const),
	}));
	return { columns: places.size, rows: renamed, own: [...places.keys()], place };
}
