import { BLOCK_ROWS } from "../block.js";
import type { BlockBuilder } from "../block-builder.js";

/** One column of numbers as runs of rows with the same one. */
export class Runs {
	/** First row and number of each run. */
	readonly firsts = new Int32Array(BLOCK_ROWS);
	readonly numbers = new Float64Array(BLOCK_ROWS);
	count = 0;

	/** Numbers from this row on; NaN is never the same, as it stands for a text. */
	add(row: number, number: number): void {
		if (this.count > 0 && this.numbers[this.count - 1] === number) return;
		this.firsts[this.count] = row;
		this.numbers[this.count] = number;
		this.count += 1;
	}
}

/**
 * Columns of weights → vectors: a new one begins on each row on which a run of any column does.
 * @param columns Runs of the next rows, counted from 0.
 */
export function layVectors(columns: readonly Runs[], rows: number, builder: BlockBuilder): void {
	const { weights, rows: start } = builder;
	const width = columns.length;
	const vector = builder.vector.subarray(start, start + rows);
	vector.fill(0);
	vector[0] = 1;
	for (const { firsts, count } of columns)
		for (let run = 0; run < count; run++) vector[firsts[run] as number] = 1;
	let last = builder.vectors - 1;
	for (let row = 0; row < rows; row++) {
		last += vector[row] as number;
		vector[row] = last;
	}
	builder.vectors = last + 1;
	for (const [place, { firsts, numbers, count }] of columns.entries()) {
		for (let run = 0; run < count; run++) {
			const end = run + 1 < count ? (vector[firsts[run + 1] as number] as number) : builder.vectors;
			for (let own = vector[firsts[run] as number] as number; own < end; own++) {
				weights[own * width + place] = numbers[run] as number;
			}
		}
	}
}
