import { type ByteReader, CHUNK_BYTES } from "./bytes.js";

/**
 * Bytes that come but once, for several who read them each from the beginning: kept as long as another reader may
 * begin.
 */
export class Tape {
	/** What has been read; what no reader needs any more is released. */
	private readonly pieces: (Buffer | undefined)[] = [];
	private pending: Promise<boolean> | undefined;
	private readers = 0;
	private settled = false;

	constructor(private readonly source: ByteReader) {}

	/** Nobody begins to read after this. */
	settle(): void {
		this.settled = true;
	}

	/** All bytes from the beginning. */
	reader(): ByteReader {
		if (this.settled) throw new Error("what has been read is gone");
		this.readers += 1;
		let [piece, at] = [0, 0];
		return {
			read: async (target) => {
				while (piece < this.pieces.length || (await this.more())) {
					const bytes = this.pieces[piece] as Buffer;
					const part = bytes.subarray(at, at + target.length);
					at += part.length;
					target.set(part);
					if (at === bytes.length) {
						// The only reader is past it.
						if (this.settled && this.readers === 1) this.pieces.fill(undefined, 0, piece + 1);
						[piece, at] = [piece + 1, 0];
					}
					if (part.length > 0) return part.length;
				}
				return 0;
			},
		};
	}

	/** Reads on. @returns Whether there was more. */
	private more(): Promise<boolean> {
		this.pending ??= this.next().finally(() => {
			this.pending = undefined;
		});
		return this.pending;
	}

	private async next(): Promise<boolean> {
		const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
		const length = await this.source.read(buffer);
		if (length === 0) return false;
		// A pipe gives little at a time.
		this.pieces.push(
			length < buffer.length / 2 ? Buffer.from(buffer.subarray(0, length)) : buffer.subarray(0, length),
		);
		return true;
	}
}
