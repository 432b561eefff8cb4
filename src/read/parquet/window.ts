import type { DataReader } from "hyparquet";
import type { RandomAccess } from "../stored.js";

const WINDOW_BYTES = 1 << 18;

/** A stretch of a file, held a quarter of a megabyte at a time and taken from front to back. */
export class Window {
	private held: Buffer = Buffer.alloc(0);
	private offset = 0;

	constructor(
		private readonly file: RandomAccess,
		/** Place of the first byte held. */
		private at: number,
		private readonly end: number,
	) {}

	/** The next `size` bytes. @throws RangeError where the stretch ends before. */
	take(size: number): Uint8Array {
		if (size > this.held.length - this.offset) this.hold(size);
		const start = this.offset;
		this.offset += size;
		return this.held.subarray(start, this.offset);
	}

	/** What a parser makes of the next bytes, however many it needs. */
	parse<T>(parser: (reader: DataReader) => T): T {
		if (this.offset === this.held.length) this.hold(1);
		for (;;) {
			const { buffer, byteOffset, length } = this.held;
			const reader = { view: new DataView(buffer, byteOffset, length), offset: this.offset };
			try {
				const parsed = parser(reader);
				this.offset = reader.offset;
				return parsed;
			} catch (cause) {
				// It may only have been cut off by the window's end.
				if (this.at + length >= this.end) throw cause;
				const from = this.at + this.offset;
				this.hold(Math.min(2 * (length - this.offset) + WINDOW_BYTES, this.end - from));
			}
		}
	}

	/** Lets go of what has been taken and holds at least `size` bytes from there. */
	private hold(size: number): void {
		const from = this.at + this.offset;
		if (size > this.end - from) throw new RangeError("the column ends too early");
		this.held = this.file.read(from, Math.min(this.end, from + Math.max(size, WINDOW_BYTES)));
		this.at = from;
		this.offset = 0;
		if (size > this.held.length) throw new RangeError("the file ends too early");
	}
}
