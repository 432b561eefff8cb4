import { UserError } from "../base/errors.js";
import { type ByteReader, CHUNK_BYTES } from "./bytes.js";
import type { Input } from "./input.js";

/** Most bytes taken at once; no part of a header is longer, so a longer one means damage. */
const MOST_TAKEN = 1 << 26;

/** Bytes of a binary format taken one after the other as they arrive; nothing is set aside for bytes that were only promised. */
export class Cursor {
	/** Bytes taken so far. */
	offset = 0;
	private rest: Buffer = Buffer.alloc(0);

	/**
	 * @param program Whose files these are, and what saves them again: SPSS, Stata, R.
	 */
	constructor(
		private readonly reader: ByteReader,
		readonly name: string,
		private readonly program: string,
	) {}

	/**
	 * The next bytes.
	 * @param what What they belong to, for the message.
	 * @throws UserError where the file ends before them.
	 */
	async take(count: number, what: string): Promise<Buffer> {
		if (count > MOST_TAKEN) throw this.damaged(`${what} claims ${count} bytes`);
		const start = this.offset;
		const first = await this.some(count);
		if (first.length === count) return first;
		const pieces = [first];
		let taken = first.length;
		while (taken < count) {
			const piece = await this.some(count - taken);
			if (piece.length === 0) throw this.endsIn(what, start);
			pieces.push(piece);
			taken += piece.length;
		}
		return Buffer.concat(pieces, count);
	}

	/** Passes over bytes without keeping them. */
	async skip(count: number, what: string): Promise<void> {
		const start = this.offset;
		for (let left = count; left > 0; ) {
			const passed = (await this.jump(left)) || (await this.some(left)).length;
			if (passed === 0) throw this.endsIn(what, start);
			left -= passed;
		}
	}

	/** At least one and at most so many of the next bytes; none where the file has ended. */
	async some(most: number): Promise<Buffer> {
		if (this.rest.length === 0 && most > 0) {
			const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
			this.rest = buffer.subarray(0, await this.reader.read(buffer));
		}
		const piece = this.rest.subarray(0, most);
		this.rest = this.rest.subarray(piece.length);
		this.offset += piece.length;
		return piece;
	}

	/** Puts back the end of what was taken last. */
	putBack(bytes: Buffer): void {
		this.rest = this.rest.length === 0 ? bytes : Buffer.concat([bytes, this.rest]);
		this.offset -= bytes.length;
	}

	/** All that is left. */
	async *chunks(): AsyncGenerator<Buffer> {
		for (;;) {
			const piece = await this.some(Number.POSITIVE_INFINITY);
			if (piece.length === 0) return;
			yield piece;
		}
	}

	/** An error about what stands just before the cursor. */
	damaged(what: string, byte = this.offset): UserError {
		return new UserError(`the ${this.program} file is damaged: ${what}`, {
			where: { file: this.name, byte },
			hint: `copy or download it again, or save it again from ${this.program}`,
		});
	}

	/** Passes over bytes that need not even be read; 0 where there are none, or the file has to be read through. */
	private async jump(most: number): Promise<number> {
		if (this.rest.length > 0 || this.reader.skip === undefined) return 0;
		const passed = await this.reader.skip(most);
		this.offset += passed;
		return passed;
	}

	private endsIn(what: string, start: number): UserError {
		return new UserError(`the ${this.program} file is cut off within ${what}`, {
			where: { file: this.name, byte: start },
			hint: "copy or download it again",
		});
	}
}

/** Reads a file from its beginning once more, for what has to be known of its end before its rows are read. */
export async function lookThrough<T>(
	input: Input,
	program: string,
	read: (cursor: Cursor) => Promise<T>,
): Promise<T> {
	const reader = await input.again();
	try {
		return await read(new Cursor(reader, input.name, program));
	} finally {
		reader.close();
	}
}
