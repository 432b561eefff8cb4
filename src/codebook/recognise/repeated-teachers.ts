import { UserError } from "../../base/errors.js";
import type { Block, Dictionary } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Codebook } from "../definition/schema.js";
import { canonicalCode, Lookup } from "../meaning/states.js";

/** Finds teachers that are in two of several files, such as a national file beside the international one. */
export class RepeatedTeachers {
	private readonly slots: number[];
	private readonly spelt = new Lookup((code) => code.toUpperCase(), canonicalCode);
	private readonly files = new Map<string, string>();

	/** @param columns Header of all files together. Without a teacher column nothing is looked for. */
	constructor({ ids }: Codebook, columns: readonly string[], picker: ColumnPicker) {
		const named = [ids.country, ids.population, ids.school, ids.teacher].flatMap((name) =>
			name === undefined ? [] : (columnIndex(columns, name) ?? []),
		);
		const knows = ids.teacher !== undefined && columnIndex(columns, ids.teacher) !== undefined;
		this.slots = knows ? named.map((column) => picker.slot(column)) : [];
	}

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
