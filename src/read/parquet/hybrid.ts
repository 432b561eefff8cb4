import type { Runs } from "./runs.js";
import { unpack } from "./unpack-loops.js";

/** Widest values taken; a dictionary of more than 2^24 entries is not one. */
const WIDEST = 24;

/**
 * Small whole numbers as Parquet packs them: runs of one value, and groups of eight values of a few bits
 * each (its "RLE/bit-packing hybrid"). They are taken a few at a time, so a run of a billion costs nothing
 * until its values are asked for.
 */
export class HybridReader {
	private left = 0;
	private value = 0;
	/** Place of the next packed value in bits; -1 within a run of one value. */
	private bit = -1;
	private readonly mask: number;

	/**
	 * @param width Bits a value has.
	 * @throws RangeError where no such width can be.
	 */
	constructor(
		private readonly bytes: Uint8Array,
		private at: number,
		private readonly end: number,
		private readonly width: number,
	) {
		if (width > WIDEST || end > bytes.length) throw new RangeError("packed values out of range");
		this.mask = 2 ** width - 1;
	}

	/** The next `count` values into the beginning of `target`. @throws RangeError where they end before. */
	take(target: Int32Array, count: number): void {
		for (let done = 0; done < count; ) {
			while (this.left === 0) this.nextRun();
			const rows = Math.min(this.left, count - done);
			if (this.bit < 0) target.fill(this.value, done, done + rows);
			else target.set(this.unpack(rows), done);
			this.left -= rows;
			done += rows;
		}
	}

	/** Takes `count` values that are all one, if the next ones are a run of it; says whether. */
	takeOnes(count: number): boolean {
		while (this.left === 0) this.nextRun();
		if (this.bit >= 0 || this.value !== 1 || this.left < count) return false;
		this.left -= count;
		return true;
	}

	/**
	 * The next `count` values as places of numbers, which are added to runs from row `first` on.
	 * @throws RangeError where there is no such place.
	 */
	pick(numbers: Float64Array, count: number, first: number, runs: Runs): void {
		for (let done = 0; done < count; ) {
			while (this.left === 0) this.nextRun();
			const rows = Math.min(this.left, count - done);
			if (this.bit < 0) runs.add(first + done, at(numbers, this.value));
			else {
				const places = this.unpack(rows);
				for (let i = 0; i < rows; i++) runs.add(first + done + i, at(numbers, places[i] as number));
			}
			this.left -= rows;
			done += rows;
		}
	}

	private nextRun(): void {
		const header = this.varint();
		if (header & 1) {
			this.left = (header >>> 1) * 8;
			this.bit = this.at * 8;
			this.at += (header >>> 1) * this.width;
			return;
		}
		this.left = header >>> 1;
		this.bit = -1;
		this.value = 0;
		for (let shift = 0; shift < this.width; shift += 8) this.value |= this.byte() << shift;
		if (this.value > this.mask) throw new RangeError("a packed value is too large");
	}

	/** The next packed values, valid until others are unpacked. */
	private unpack(count: number): Int32Array {
		const { bytes, width, bit } = this;
		const end = bit + count * width;
		// Writers may leave away the last group's unused bytes, so what counts is what is taken.
		if (end > this.end * 8) throw new RangeError("packed values end too early");
		this.bit = end;
		return unpack(bytes.subarray(bit >>> 3, Math.ceil(end / 8)), bit & 7, width, count);
	}

	private varint(): number {
		let value = 0;
		for (let shift = 0; shift < 35; shift += 7) {
			const byte = this.byte();
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return value < 2 ** 32 ? value >>> 0 : this.tooLong();
		}
		return this.tooLong();
	}

	private tooLong(): never {
		throw new RangeError("a run is too long");
	}

	private byte(): number {
		if (this.at >= this.end) throw new RangeError("packed values end too early");
		return this.bytes[this.at++] as number;
	}
}

function at(numbers: Float64Array, place: number): number {
	if (place >= numbers.length) throw new RangeError("a value is not in its dictionary");
	return numbers[place] as number;
}
