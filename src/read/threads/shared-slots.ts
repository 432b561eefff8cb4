import { BLOCK_ROWS, type Block, placesOf, vectorCount, type Wanted } from "../block.js";

/** Blocks that may be on their way from one thread to another. */
const SLOTS = 5;

/** What of a block lies in a slot. */
interface Slot {
	weights: Float64Array;
	vector: Int32Array;
	codes: Int32Array[];
	/** Lines or numbers of the rows. */
	numbers: Uint32Array;
}

/** Memory that two threads share: one fills slots in turn, the other empties them in turn. */
export class Slots {
	private readonly slots: Slot[];
	/** Element 0: how many blocks have been emptied. */
	private readonly emptied: Int32Array;
	private filled = 0;
	private taken = 0;

	/** @param memory What the other side has, once this has been made there. */
	constructor(
		private readonly wanted: Wanted,
		readonly memory = new SharedArrayBuffer(8 + SLOTS * slotBytes(wanted)),
	) {
		this.emptied = new Int32Array(memory, 0, 1);
		this.slots = Array.from({ length: SLOTS }, (_, index) =>
			slotAt(memory, 8 + index * slotBytes(wanted), wanted),
		);
	}

	/**
	 * Puts a block into the next slot, once that is empty.
	 * @param meanwhile Does a piece of other work, if there is any.
	 */
	fill(block: Block, meanwhile: () => boolean): void {
		while (this.filled - Atomics.load(this.emptied, 0) >= SLOTS) {
			if (!meanwhile()) Atomics.wait(this.emptied, 0, this.filled - SLOTS);
		}
		const { weights, vector, codes, numbers } = this.slots[this.filled % SLOTS] as Slot;
		const { rows, width } = block;
		weights.set(block.weights.subarray(0, vectorCount(block) * width));
		vector.set(block.vector.subarray(0, rows));
		for (const [index, own] of codes.entries()) own.set((block.codes[index] as Int32Array).subarray(0, rows));
		numbers.set(block.numbers.subarray(0, rows));
		this.filled += 1;
	}

	/** The block of the next slot, which has been filled. Good until `empty` is called. */
	take({ rows, unit, unsigned }: { rows: number; unit: Block["unit"]; unsigned: boolean }): Block {
		const { weights, vector, codes, numbers } = this.slots[this.taken % SLOTS] as Slot;
		this.taken += 1;
		const width = this.wanted.weights.length;
		return { rows, codes, weights, vector, unsigned, texts: [], width, ...placesOf(unit, numbers) };
	}

	/** Gives the slot that was taken first back. */
	empty(): void {
		Atomics.add(this.emptied, 0, 1);
		Atomics.notify(this.emptied, 0);
	}
}

function slotBytes({ weights, coded }: Wanted): number {
	return BLOCK_ROWS * (8 * weights.length + 4 * (coded.length + 2));
}

function slotAt(memory: SharedArrayBuffer, start: number, { weights, coded }: Wanted): Slot {
	const after = start + BLOCK_ROWS * weights.length * 8;
	const column = (index: number) => after + index * BLOCK_ROWS * 4;
	return {
		weights: new Float64Array(memory, start, BLOCK_ROWS * weights.length),
		codes: coded.map((_, index) => new Int32Array(memory, column(index), BLOCK_ROWS)),
		numbers: new Uint32Array(memory, column(coded.length), BLOCK_ROWS),
		vector: new Int32Array(memory, column(coded.length + 1), BLOCK_ROWS),
	};
}
