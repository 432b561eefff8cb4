import type { CaseDecoder } from "./cases.js";
import type { Slab } from "./slab.js";

/** Rows written element after element, 8 bytes each. */
export class PlainDecoder implements CaseDecoder {
	readonly unit: number;
	readonly ended = false;
	readonly midCase = false;
	private readonly wanted: { at: number; target: number }[];

	constructor(
		private readonly slab: Slab,
		private readonly littleEndian: boolean,
	) {
		this.unit = 8 * slab.targets.length;
		this.wanted = [...slab.targets].flatMap((target, element) =>
			target === -1 ? [] : [{ at: 8 * element, target }],
		);
	}

	*decode(bytes: Buffer): Generator<number> {
		const { slab, littleEndian, wanted, unit } = this;
		const { numbers, numberWidth, capacity } = slab;
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		let row = 0;
		for (let start = 0; start < bytes.length; start += unit) {
			for (const { at, target } of wanted) {
				if (target < -1) slab.putText(row, target, bytes, start + at);
				else numbers[row * numberWidth + target] = view.getFloat64(start + at, littleEndian);
			}
			row += 1;
			if (row < capacity) continue;
			yield row;
			row = 0;
		}
		if (row > 0) yield row;
	}
}
