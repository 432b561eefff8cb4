import { UserError, type Where } from "../base/errors.js";
import { BLOCK_ROWS, type Block, Dictionary, placesOf, type Source, type Wanted } from "./block.js";
import { Unusual } from "./csv/unusual-cells.js";

/** Rows that a reader holds, each to be put into a block once, in order. */
export interface Rows {
	count: number;
	/** Fills the next row of a block and closes it with `builder.end`. */
	put(row: number, builder: BlockBuilder): void;
}

/**
 * Rows → blocks of exactly BLOCK_ROWS rows (the last one shorter), however the reader cut them.
 * @param batches The rows, whose coded cells fill these dictionaries on the way.
 * @throws UserError where there is no row.
 */
export function readInBlocks(
	wanted: Wanted,
	name: string,
	batches: (dictionaries: readonly Dictionary[]) => AsyncIterable<Rows>,
): ReturnType<Source["read"]> {
	const dictionaries = wanted.coded.map(() => new Dictionary());
	return { blocks: toBlocks(batches(dictionaries), wanted, name), dictionaries };
}

async function* toBlocks(batches: AsyncIterable<Rows>, wanted: Wanted, name: string): AsyncGenerator<Block> {
	const builder = new BlockBuilder(wanted, "row");
	let any = false;
	for await (const batch of batches) {
		for (let row = 0; row < batch.count; row++) {
			batch.put(row, builder);
			any = true;
			if (builder.rows === BLOCK_ROWS) yield builder.block();
		}
	}
	if (!any) {
		throw new UserError("has a header but no rows", { where: { file: name }, hint: "export the data again" });
	}
	if (builder.rows > 0) yield builder.block();
}

/** The block being filled, then the next one; the previous block is valid until the next has a row. */
export class BlockBuilder {
	/** Rows closed so far; the row being filled has this place in the arrays. */
	rows = 0;
	readonly codes: readonly Int32Array[];
	/** Vectors of weights; those of the row being filled go behind the others, to `free`. */
	readonly weights: Float64Array;
	/** Number of each row's vector. */
	readonly vector = new Int32Array(BLOCK_ROWS);
	/** Vectors closed so far. */
	vectors = 0;
	/** Grows by one per row. */
	texts: readonly string[][] = [];
	unusual: Unusual | undefined;
	/** Set by a reader that has checked that all weights are finite and not negative. */
	unsigned = false;
	private readonly width: number;
	private numbers = new Uint32Array();

	constructor(
		private readonly wanted: Wanted,
		private readonly unit: Block["unit"],
	) {
		this.width = wanted.weights.length;
		this.codes = wanted.coded.map(() => new Int32Array(BLOCK_ROWS));
		this.weights = new Float64Array(BLOCK_ROWS * this.width);
		this.begin();
	}

	/** Begins a block. */
	private begin(): void {
		this.rows = 0;
		this.vectors = 0;
		this.texts = (this.wanted.texts ?? []).map(() => []);
		this.unusual = this.wanted.unusual && new Unusual();
		this.unsigned = false;
		this.numbers = new Uint32Array(BLOCK_ROWS);
	}

	/** Where in `weights` those of the row being filled go. */
	get free(): number {
		return this.vectors * this.width;
	}

	/** Closes a row whose weights stand at `free`, that is on this line or has this number. */
	end(number: number): void {
		if (!this.repeats()) this.vectors += 1;
		this.vector[this.rows] = this.vectors - 1;
		this.number(number);
	}

	/** Closes rows that have their vectors and are numbered on from `last`. */
	close(rows: number, last: number): void {
		for (let row = 1; row <= rows; row++) this.number(last + row);
	}

	private number(number: number): void {
		this.numbers[this.rows] = number;
		this.rows += 1;
	}

	/** Whether the weights at `free` are those of the row before. NaN is never the same, as it stands for a text. */
	private repeats(): boolean {
		const { weights, width, vectors, free } = this;
		if (vectors === 0) return false;
		for (let at = free; at < free + width; at++) if (weights[at] !== weights[at - width]) return false;
		return true;
	}

	/** The block, after which the next one begins. */
	block(): Block {
		const { rows, codes, weights, vector, unsigned, texts, width, numbers, unit, unusual } = this;
		this.begin();
		const places = placesOf(unit, numbers);
		return { rows, codes, weights, vector, unsigned, texts, width, ...places, ...(unusual && { unusual }) };
	}
}

/** A number with decimal point or decimal comma; NaN for anything else, an empty field too. */
export function parseNumber(text: string): number {
	const value = Number(text);
	if (!Number.isNaN(value)) return value !== 0 || text.trim() !== "" ? value : Number.NaN;
	return /^\s*[-+]?\d*,\d+\s*$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}

/** A text as readers of answers need it: without outer blanks, and empty where a program wrote NaN or the like. */
export function plainText(text: string): string {
	const plain = text.trim();
	return plain === "NaN" ? "" : plain;
}

/** A weight that is not a number, as an error. */
export function notANumber(text: string, where: Where): UserError {
	const what = text.trim() === "" ? "is empty" : `"${text.trim()}" is not a number`;
	return new UserError(`the weight ${what}`, {
		where,
		hint: "every row needs its weight and all its replicate weights",
	});
}
