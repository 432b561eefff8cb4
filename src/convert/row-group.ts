import type { ColumnType } from "./column-type.js";

/** Rows a run has at least, on average, to be shorter as places in a dictionary. */
const LEAST_RUN = 4;

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
	 * Numbers that come in runs, as weights do by school, are stored as places in a dictionary. The format's writer would
	 * look at a few rows far apart from each other, which are of as many schools. Numbers of many digits get no shorter
	 * by compression.
	 */
	encoding(): { encoding: "RLE_DICTIONARY"; codec: "UNCOMPRESSED" } | undefined {
		const { cells, length } = this;
		if (!(cells instanceof Float64Array)) return undefined;
		let runs = 1;
		for (let row = 1; row < length; row++) if (cells[row] !== cells[row - 1]) runs += 1;
		return runs <= length / LEAST_RUN ? { encoding: "RLE_DICTIONARY", codec: "UNCOMPRESSED" } : undefined;
	}
}
