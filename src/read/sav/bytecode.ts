import type { CaseDecoder, RejectCase } from "./cases.js";
import { SYSTEM_MISSING } from "./columns.js";
import { BIAS } from "./header.js";
import type { Slab } from "./slab.js";

const [PADDING, END, RAW, BLANKS, MISSING] = [0, 252, 253, 254, 255];
const [BLANK, ZERO] = [0x20, 0];

/**
 * Rows written as groups of eight codes, one an element, each group followed by the elements that its codes
 * say stand there in full. A group may go on from one row into the next.
 */
export class BytecodeDecoder implements CaseDecoder {
	readonly unit = 8;
	ended = false;
	/** The element that is next in the row at hand. */
	private element = 0;
	/** What is left of a group of codes whose bytes are gone. */
	private pending: Uint8Array = new Uint8Array(0);

	constructor(
		private readonly slab: Slab,
		private readonly littleEndian: boolean,
		private readonly reject: RejectCase,
	) {}

	get midCase(): boolean {
		return this.element > 0;
	}

	*decode(bytes: Buffer): Generator<number> {
		const { slab, littleEndian } = this;
		const { targets, numbers, numberWidth, capacity } = slab;
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		const elements = targets.length;
		let codes = this.pending;
		let next = 0;
		let end = codes.length;
		let at = 0;
		let element = this.element;
		let row = 0;
		for (;;) {
			if (next === end) {
				if (at === bytes.length) break;
				codes = bytes;
				next = at;
				at += 8;
				end = at;
			}
			const code = codes[next] as number;
			if (code === RAW && at === bytes.length) break;
			next += 1;
			if (code === PADDING) continue;
			if (code === END) {
				this.ended = true;
				break;
			}
			const target = targets[element] as number;
			if (target >= 0) {
				const place = row * numberWidth + target;
				if (code === RAW) numbers[place] = view.getFloat64(at, littleEndian);
				else if (code < END) numbers[place] = code - BIAS;
				else if (code === MISSING) numbers[place] = SYSTEM_MISSING;
				else throw this.reject(row, "blanks stand where a number belongs");
			} else if (target < -1) {
				if (code === RAW) slab.putText(row, target, bytes, at);
				else if (code === BLANKS) slab.fillText(row, target, BLANK);
				// Some writers compress the zero bytes that fill a text up.
				else if (code === BIAS) slab.fillText(row, target, ZERO);
				else throw this.reject(row, "a number stands where a text belongs");
			}
			if (code === RAW) at += 8;
			element += 1;
			if (element < elements) continue;
			element = 0;
			row += 1;
			if (row < capacity) continue;
			yield row;
			row = 0;
		}
		this.element = element;
		this.pending = Uint8Array.from(codes.subarray(next, end));
		if (row === 0) return;
		yield row;
		slab.moveToFront(row);
	}
}
