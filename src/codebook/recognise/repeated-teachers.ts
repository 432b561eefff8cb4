import { UserError } from "../../base/errors.js";
import type { Block, Dictionary } from "../../read/block.js";
import { columnIndex, columnName } from "../../read/columns/column-names.js";
import type { Codebook } from "../definition/schema.js";
import { canonicalCode, Lookup } from "../meaning/states.js";

/**
 * The columns that together name a teacher.
 * @param columns Header of all files together. Without a teacher column nothing is looked for.
 */
export function teacherColumns({ ids }: Codebook, columns: readonly string[]): string[] {
	const { country, population, school, teacher } = ids;
	if (teacher === undefined || columnIndex(columns, teacher) === undefined) return [];
	return [country, population, school, teacher].flatMap((name) => {
		const place = name === undefined ? undefined : columnIndex(columns, name);
		return place === undefined ? [] : columnName(columns, place);
	});
}

/** Finds teachers that are in two of several files, such as a national file beside the international one. */
export class RepeatedTeachers {
	private readonly spelt = new Lookup((code) => code.toUpperCase(), canonicalCode);
	private readonly files = new Map<string, string>();

	/** @param slots Places in the blocks of the columns that name a teacher. */
	constructor(private readonly slots: readonly number[]) {}

	/** @throws UserError where a teacher of another file stands in a row. */
	look(block: Block, file: string, dictionaries: readonly Dictionary[]): void {
		if (this.slots.length === 0) return;
		const parts = this.slots.map((slot) => ({
			codes: block.codes[slot] as Int32Array,
			texts: this.spelt.of(dictionaries[slot] as Dictionary),
		}));
		for (let row = 0; row < block.rows; row++) {
			const id = parts.map(({ codes, texts }) => texts[codes[row] as number]).join(" ");
			const other = this.files.get(id);
			if (other === undefined) this.files.set(id, file);
			else if (other !== file) {
				throw new UserError(`the teacher ${id} is in ${other}, too`, {
					where: { file, ...block.place(row) },
					hint: "name files that do not overlap, or such teachers count twice",
				});
			}
		}
	}
}
