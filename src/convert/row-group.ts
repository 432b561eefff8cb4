import type { ColumnType } from "./column-type.js";

/** One column of a row group while it fills: bare numbers where every row has one. */
export class GroupColumn {
	private readonly cells: Int32Array | Float64Array | (number | string | null)[];
	private length = 0;

	/** @param rows Rows of the group. */
	constructor(
		private readonly type: ColumnType,
		rows: number,
	) {
		const { kind, nullable } = type;
		if (nullable || kind === "text") this.cells = [];
		else this.cells = kind === "integer" ? new Int32Array(rows) : new Float64Array(rows);
	}

	append(texts: readonly string[]): void {
		const { cells } = this;
		const isText = this.type.kind === "text";
		let at = this.length;
		if (Array.isArray(cells)) {
			for (const text of texts) cells[at++] = text === "" ? null : isText ? text : Number(text);
		} else for (const text of texts) cells[at++] = Number(text);
		this.length = at;
	}

	data() {
		return this.cells.slice(0, this.length);
	}

	/**
	 * Numbers that repeat, as weights do within a school, are stored as places in a dictionary. The format's writer would
	 * look at a few rows far apart from each other, which are of as many schools.
	 */
	encoding(): "RLE_DICTIONARY" | undefined {
		const { cells, length } = this;
		if (!(cells instanceof Float64Array)) return undefined;
		const known = new Set<number>();
		let last = Number.NaN;
		for (let row = 0; row < length && known.size <= length / 2; row++) {
			const number = cells[row] as number;
			if (number !== last) known.add(number);
			last = number;
		}
		return known.size <= length / 2 ? "RLE_DICTIONARY" : undefined;
	}
}
