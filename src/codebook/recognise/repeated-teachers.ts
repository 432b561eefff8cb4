import { UserError } from "../../base/errors.js";
import { once } from "../../base/once.js";
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
	private readonly files: FileTeachers[] = [];

	/** @param slots Places in the blocks of the columns that name a teacher. */
	constructor(private readonly slots: readonly number[]) {}

	/** @throws UserError where a teacher of another file stands in a row. */
	look(block: Block, file: string, dictionaries: readonly Dictionary[]): void {
		if (this.slots.length === 0) return;
		// Two files may have one name, in two folders.
		if (this.files.at(-1)?.dictionaries !== dictionaries)
			this.files.push(new FileTeachers(file, dictionaries));
		const own = this.files.at(-1) as FileTeachers;
		const rows = {
			count: block.rows,
			columns: this.slots.map((slot) => ({
				codes: block.codes[slot] as Int32Array,
				texts: this.spelt.of(dictionaries[slot] as Dictionary),
			})),
		};
		const firsts = own.keep(rows);
		const others = this.files.slice(0, -1).filter((other) => other.hasAny(firsts));
		if (others.length === 0) return;
		for (let row = 0; row < block.rows; row++) {
			const id = idOf(rows, row);
			const other = others.find(({ ids }) => ids().has(id));
			if (other === undefined) continue;
			throw new UserError(`the teacher ${id} is in ${other.file}, too`, {
				where: { file, ...block.place(row) },
				hint: "name files that do not overlap, or such teachers count twice",
			});
		}
	}
}

/** Rows by the columns that name a teacher. */
interface Rows {
	count: number;
	columns: readonly { codes: Int32Array; texts: readonly string[] }[];
}

function idOf({ columns }: Rows, row: number): string {
	return columns.map(({ codes, texts }) => texts[codes[row] as number]).join(" ");
}

/** The teachers of one file. They are named only when another file has teachers of the same country. */
class FileTeachers {
	private readonly kept: Rows[] = [];
	private readonly firsts = new Set<string>();

	constructor(
		readonly file: string,
		readonly dictionaries: readonly Dictionary[],
	) {}

	/** @returns What the first of the columns holds in these rows, each once. */
	keep({ count, columns }: Rows): string[] {
		this.kept.push({
			count,
			columns: columns.map(({ codes, texts }) => ({ codes: codes.slice(0, count), texts })),
		});
		const { codes, texts } = columns[0] as Rows["columns"][number];
		const seen = new Set<number>();
		for (let row = 0; row < count; row++) seen.add(codes[row] as number);
		const firsts = [...seen].map((code) => texts[code] as string);
		for (const first of firsts) this.firsts.add(first);
		return firsts;
	}

	hasAny(firsts: readonly string[]): boolean {
		return firsts.some((first) => this.firsts.has(first));
	}

	readonly ids = once(
		() =>
			new Set(this.kept.flatMap((rows) => Array.from({ length: rows.count }, (_, row) => idOf(rows, row)))),
	);
}
