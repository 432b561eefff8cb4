import type { CodedBlock } from "../codebook/recode/recoder.js";
import { BLOCK_ROWS, vectorCount } from "../read/block.js";

/**
 * Cuts coded rows into blocks of BLOCK_ROWS whatever size they arrive in. Several files are then added up in the same
 * order as one file with the same rows, and give the same digits.
 */
export class Reblock {
	private held: CodedBlock | null = null;

	/** @param emit Receives each block; its contents are overwritten afterwards. */
	constructor(private readonly emit: (block: CodedBlock) => void) {}

	add(block: CodedBlock): void {
		if (this.held === null && block.rows === BLOCK_ROWS) this.emit(block);
		else for (let row = 0; row < block.rows; ) row += this.hold(block, row);
	}

	/** Call once, after the last block. */
	finish(): void {
		if (this.held !== null) this.emit(this.held);
		this.held = null;
	}

	/** Takes as many rows as fit. */
	private hold(block: CodedBlock, from: number): number {
		this.held ??= emptyLike(block);
		const { held } = this;
		const rows = Math.min(block.rows - from, BLOCK_ROWS - held.rows);
		copyRows(held, block, from, rows);
		held.rows += rows;
		if (held.rows === BLOCK_ROWS) this.finish();
		return rows;
	}
}

function emptyLike({ states, school, unit, width }: CodedBlock): CodedBlock {
	return {
		rows: 0,
		states: states.map((one) =>
			one instanceof Uint8Array ? new Uint8Array(BLOCK_ROWS) : new Int32Array(BLOCK_ROWS),
		),
		group: new Int32Array(BLOCK_ROWS),
		school: school && new Int32Array(BLOCK_ROWS),
		unit: unit && new Int32Array(BLOCK_ROWS),
		weights: new Float64Array(BLOCK_ROWS * width),
		vector: new Int32Array(BLOCK_ROWS),
		width,
	};
}

function copyRows(to: CodedBlock, from: CodedBlock, first: number, rows: number): void {
	const copy = <T extends Uint8Array | Int32Array>(into: T | null, out: T | null) =>
		into?.set((out as T).subarray(first, first + rows), to.rows);
	for (const [index, states] of to.states.entries()) copy(states, from.states[index] ?? null);
	copy(to.group, from.group);
	copy(to.school, from.school);
	copy(to.unit, from.unit);
	copyVectors(to, from, first, rows);
}

/**
 * Appends the vectors of the rows to those already held. The first always counts as new, even if it equals the last
 * row's.
 */
function copyVectors(to: CodedBlock, from: CodedBlock, first: number, rows: number): void {
	const { width } = to;
	const held = vectorCount(to);
	const begin = from.vector[first] as number;
	const end = (from.vector[first + rows - 1] as number) + 1;
	to.weights.set(from.weights.subarray(begin * width, end * width), held * width);
	for (let row = 0; row < rows; row++) {
		to.vector[to.rows + row] = held + (from.vector[first + row] as number) - begin;
	}
}
