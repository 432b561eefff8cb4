import type { School } from "./schools-and-weights.js";

/** Codes, or scores with decimals. */
export type TeacherColumn = Int32Array | Float64Array;

/** The teachers of one system: one entry per teacher in every array, sorted by school. */
export interface Teachers {
	count: number;
	schools: readonly School[];
	/** Place of the teacher's school in `schools`. */
	school: Int32Array;
	/** Final weight as written in the file. */
	weight: Float64Array;
	/** Column → codes; filled in the order of the file. */
	columns: Map<string, TeacherColumn>;
}

export function teachersOf(schools: readonly School[]): Teachers {
	const places = schools.flatMap(({ teachers }, school) => Array.from({ length: teachers }, () => school));
	return {
		count: places.length,
		schools,
		school: Int32Array.from(places),
		weight: Float64Array.from(places, (school) => schools[school]?.weight ?? 0),
		columns: new Map(),
	};
}

/** A column by its name; asking for one that was not made is a bug. */
export function teacherColumn({ columns }: Teachers, name: string): TeacherColumn {
	const column = columns.get(name);
	if (column === undefined) throw new Error(`column ${name} is not made yet`);
	return column;
}

/** Whether a teacher fits a condition on the background. */
export function fits(
	teachers: Teachers,
	where: { column: string; from: number; to: number } | undefined,
): (row: number) => boolean {
	if (where === undefined) return () => true;
	const column = teacherColumn(teachers, where.column);
	return (row) => (column[row] as number) >= where.from && (column[row] as number) <= where.to;
}

/** The rows a test lets through, in file order. */
export function rowsWhere({ count }: Teachers, test: (row: number) => boolean): number[] {
	const rows: number[] = [];
	for (let row = 0; row < count; row++) if (test(row)) rows.push(row);
	return rows;
}
