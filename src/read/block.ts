import type { Place } from "../base/errors.js";
import type { Remark } from "../base/remark.js";
import type { Unusual } from "./csv/unusual-cells.js";

/** Rows a block has; sums are cut here, so changing it changes the last digits of results. */
export const BLOCK_ROWS = 4096;

/** The distinct texts of one column, in order of appearance, shared by all blocks of a file. */
export class Dictionary {
	texts: string[] = [];
	/** Counts calls of `forget`; an index is valid until the next one. */
	generation = 0;
	/** Made when a text is first looked for. */
	private indexes: Map<string, number> | undefined;

	index(text: string): number {
		this.indexes ??= new Map(this.texts.map((known, index) => [known, index]));
		const known = this.indexes.get(text);
		if (known !== undefined) return known;
		const index = this.texts.push(text) - 1;
		this.indexes.set(text, index);
		return index;
	}

	/** Adds a text known to be new, without a lookup. */
	add(text: string): number {
		return this.indexes === undefined ? this.texts.push(text) - 1 : this.index(text);
	}

	/**
	 * Starts again, so that a column may have more texts than fit into memory. To be called between two blocks, and
	 * on all dictionaries of a reading at once; a file read by another thread cannot forget.
	 */
	forget(): void {
		this.texts = [];
		this.indexes = undefined;
		this.generation += 1;
	}
}

/** Which columns of a file are wanted, by their place in the header. */
export interface Wanted {
	coded: readonly number[];
	/** Read as numbers that lie side by side: the weight first, then its replicates. */
	weights: readonly number[];
	/** Read as they stand, for handing on. */
	texts?: readonly number[];
	/** Texts keep their outer blanks, and non-numbers are `NaN`; otherwise blanks are cut and non-numbers are empty cells. */
	exact?: true;
	/** Cells that may be damaged are handed on, and a weight that is not a number stops nothing. */
	unusual?: true;
}

/** A run of rows of the wanted columns. */
export interface Block {
	rows: number;
	/** One array per coded column: index into the column's dictionary. */
	codes: readonly Int32Array[];
	/** Vectors of `width` numbers, one after the other: a weight, then its replicates. */
	weights: Float64Array;
	/**
	 * By row, the number of its vector: 0, then the same as the last row's or one more. Teachers of a school mostly
	 * follow each other with the same weights, and share one.
	 */
	vector: Int32Array;
	/** True: the reader has seen that each weight is zero or more, and finite. */
	unsigned?: boolean;
	/** Numbers a vector has. */
	width: number;
	/** One array per column of `texts`: its values as text. */
	texts: readonly (readonly string[])[];
	/** Where asked for; `weights` has NaN in its place. */
	unusual?: Unusual;
	/** Whether rows are known by their lines or by their numbers, and which these are. */
	unit: "line" | "row";
	numbers: Uint32Array;
	/** Where in the file a row stands. */
	place(row: number): Place;
}

/** The places of a block's rows. */
export function placesOf(
	unit: Block["unit"],
	numbers: Uint32Array,
): Pick<Block, "unit" | "numbers" | "place"> {
	const place = (row: number) => {
		const number = numbers[row] as number;
		return unit === "line" ? { line: number } : { row: number };
	};
	return { unit, numbers, place };
}

/** How many vectors of weights a block has. */
export function vectorCount({ vector, rows }: Pick<Block, "vector" | "rows">): number {
	return rows === 0 ? 0 : (vector[rows - 1] as number) + 1;
}

/** Values a column holds that are not answers: some by themselves, and at most one range, ends included. */
export interface DeclaredMissing {
	values: readonly string[];
	range: { from: number; to: number } | null;
}

/** What a file declares about a column, if its format can. */
export interface Variable {
	/** Empty where the file has none. */
	label: string;
	type: "number" | "text";
	/** Labels of values, by the value as text in its canonical spelling; in the file's order. */
	values: ReadonlyMap<string, string>;
	missing: DeclaredMissing | null;
}

/** The description of a column about which its file declares nothing. */
export const NOTHING_SAID: Variable = { label: "", type: "text", values: new Map(), missing: null };

/** What a file has before its rows. */
export interface Header extends Pick<Source, "columns" | "variables" | "sheets"> {
	/** The caller's statements about its columns: name in capitals → values that are not answers. */
	missing?: ReadonlyMap<string, readonly string[]>;
}

/** A file whose header has been read and whose rows can be read once. */
export interface Source {
	name: string;
	format: string;
	/** Column names as the file spells them, outer blanks cut. */
	columns: readonly string[];
	/** One per column, where the format carries labels and declarations. */
	variables?: readonly Variable[];
	/** The sheet of a workbook that is read, and those beside it. */
	sheets?: { read: string; others: readonly string[] };
	/** Columns that are not in the file: their constant value, by name. */
	constants?: Readonly<Record<string, string>>;
	/** Column → text → the code that it stood for, of answers that were written out; filled while rows are read. */
	words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** The reader's assumptions; those about encodings are known only after the rows have been read. */
	remarks?(): readonly Remark[];
	/** Opens the rows; the dictionaries fill while blocks are taken. */
	read(wanted: Wanted): { blocks: AsyncIterable<Block>; dictionaries: readonly Dictionary[] };
	/** What the rows are read by, as plain data, where it takes time to find out: another thread need not do so again. */
	opened?: unknown;
	/** SHA-256 of the stored bytes; to be asked for after the last block, and may take longer than that. */
	sha256(): Promise<string>;
	/** Closes the file and ends the threads that read it, whether or not its rows have been read. */
	close?(): void | Promise<void>;
}
