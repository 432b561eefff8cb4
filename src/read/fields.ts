import type { Cursor } from "./cursor.js";

/** The numbers and texts in a part of the file that has been taken whole. */
export class Fields {
	at = 0;
	private readonly view: DataView;

	/**
	 * @param start Bytes of the file before these.
	 */
	constructor(
		private readonly bytes: Buffer,
		private readonly littleEndian: boolean,
		private readonly cursor: Cursor,
		private readonly start: number,
	) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	}

	get done(): boolean {
		return this.at >= this.bytes.length;
	}

	int(): number {
		return this.view.getInt32(this.move(4), this.littleEndian);
	}

	short(): number {
		return this.view.getInt16(this.move(2), this.littleEndian);
	}

	/** A whole number of so many bytes that is not negative; beyond 2^53 only nearly. */
	unsigned(bytes: 1 | 2 | 4 | 8): number {
		const at = this.move(bytes);
		if (bytes === 8) return Number(this.view.getBigUint64(at, this.littleEndian));
		if (bytes === 4) return this.view.getUint32(at, this.littleEndian);
		return bytes === 2 ? this.view.getUint16(at, this.littleEndian) : this.view.getUint8(at);
	}

	/** A 64-bit whole number; beyond 2^53, where no count or offset can be, only nearly. */
	long(): number {
		return Number(this.view.getBigInt64(this.move(8), this.littleEndian));
	}

	double(): number {
		return this.view.getFloat64(this.move(8), this.littleEndian);
	}

	byte(): number {
		return this.view.getUint8(this.move(1));
	}

	raw(count: number): Buffer {
		const start = this.move(count);
		return this.bytes.subarray(start, start + count);
	}

	/** Bytes after their number. */
	counted(): Buffer {
		return this.raw(this.int());
	}

	private move(count: number): number {
		const { at, bytes, cursor, start } = this;
		if (count < 0 || at + count > bytes.length) {
			throw cursor.damaged("a record is shorter than what it says it holds", start + at);
		}
		this.at += count;
		return at;
	}
}
