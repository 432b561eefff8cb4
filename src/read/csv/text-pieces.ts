import { isAscii, isUtf8 } from "node:buffer";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { type ByteReader, fill } from "../bytes.js";
import { type WindowsEncoding, windowsEncodingOf } from "../encoding.js";

/** Bytes a piece has at most: few enough to stay in a cache while they are read, hashed and scanned. */
export const PIECE_BYTES = 1 << 20;

/** Initial allocation, small so that small files take little memory. */
const FIRST_BYTES = 1 << 16;

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A run of whole lines that begins with a record, as bytes in which delimiters, quotation marks and line ends are ASCII. */
export interface TextPiece {
	/** Each line ends in a line feed, with or without a carriage return before it. */
	bytes: Buffer;
	encoding: Encoding;
	/** Nothing follows it; its last line need not end. */
	isLast: boolean;
}

export type Encoding = "utf-8" | WindowsEncoding;

/** Bytes → pieces. Where they are cut depends on the bytes alone, not on how they arrive. */
export class Pieces {
	private readonly encoding: EncodingWatch;
	private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
	private filled = 0;
	/** Bytes of the piece at hand that were whole records. */
	private taken = 0;
	private isLast = false;

	/** @param watch How its encoding is told. */
	constructor(
		private readonly reader: ByteReader,
		private readonly name: string,
		watch: Watching = {},
	) {
		this.encoding = new EncodingWatch(name, watch);
	}

	/** The encoding inferred from the bytes so far, unless it was stated. */
	get told(): Encoding {
		return this.encoding.told;
	}

	/**
	 * The next piece, which begins with what was not taken of the last one; undefined at the end.
	 * @throws UserError for a line longer than a piece, and for text that changes its encoding on the way.
	 */
	async next(): Promise<TextPiece | undefined> {
		if (this.isLast && this.taken === this.filled) return undefined;
		this.buffer.copyWithin(0, this.taken, this.filled);
		const kept = this.filled - this.taken;
		await this.fill(kept);
		this.isLast = this.filled < PIECE_BYTES;
		this.taken = 0;
		const read = this.buffer.subarray(0, this.filled);
		// From a byte before, which may have been a carriage return at the end of what there was.
		endLinesAlike(read, Math.max(0, kept - 1), this.isLast);
		const bytes = this.isLast ? read : read.subarray(0, read.lastIndexOf(LF) + 1);
		if (bytes.length === 0 && !this.isLast) throw tooLong(this.name);
		return { bytes, encoding: this.encoding.of(bytes), isLast: this.isLast };
	}

	/**
	 * Says how many bytes of the piece at hand were whole records.
	 * @throws UserError where there was none.
	 */
	take(bytes: number): void {
		if (bytes === 0 && !this.isLast) throw tooLong(this.name);
		this.taken = bytes;
	}

	private async fill(kept: number): Promise<void> {
		this.filled = await fill(this.reader, this.buffer, kept);
		if (this.filled < this.buffer.length || this.buffer.length === PIECE_BYTES) return;
		const first = this.buffer;
		this.buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
		first.copy(this.buffer);
		this.filled = await fill(this.reader, this.buffer, this.filled);
	}
}

/** Turns carriage returns that no line feed follows into line feeds. */
function endLinesAlike(bytes: Buffer, from: number, isLast: boolean): void {
	for (let at = bytes.indexOf(CR, from); at >= 0; at = bytes.indexOf(CR, at + 1)) {
		if (at + 1 < bytes.length ? bytes[at + 1] !== LF : isLast) bytes[at] = LF;
	}
}

/**
 * Where the record that begins at a byte ends, behind its line feed; −1 where the bytes end before. A quotation mark
 * opens a field only at its beginning, and a doubled one is part of it.
 */
export function recordEnd(bytes: Uint8Array, from: number, delimiter: string): number {
	const mark = delimiter.charCodeAt(0);
	let begins = true;
	for (let at = from; at < bytes.length; at++) {
		const byte = bytes[at];
		if (byte === QUOTE && begins) {
			at = closingQuote(bytes, at + 1);
			if (at < 0) return -1;
		} else if (byte === LF) return at + 1;
		begins = byte === mark;
	}
	return -1;
}

function closingQuote(bytes: Uint8Array, from: number): number {
	for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
		if (bytes[at + 1] !== QUOTE) return at;
	}
	return -1;
}

function tooLong(name: string): UserError {
	return new UserError("has a record of more than a million characters", {
		where: { file: name },
		hint: 'look for a quotation mark that is never closed: a quoted field begins and ends with "',
	});
}

interface Watching {
	/** Bytes that are not UTF-8 are let through in a file that is UTF-8 for the most part. */
	mixed?: boolean;
	/** Somebody has said that it is UTF-8. */
	told?: boolean;
}

/** UTF-8 where the first bytes beyond ASCII are valid UTF-8, else what they look like. Pieces are shown to it in order. */
class EncodingWatch {
	private encoding: Encoding | undefined;
	private readonly mixed: boolean;

	constructor(
		private readonly name: string,
		{ mixed = false, told = false }: Watching,
	) {
		this.mixed = mixed;
		if (told) this.encoding = "utf-8";
	}

	get told(): Encoding {
		return this.encoding ?? "utf-8";
	}

	of(piece: Uint8Array): Encoding {
		if ((this.encoding ?? "utf-8") !== "utf-8" || isAscii(piece)) return this.encoding ?? "utf-8";
		const valid = isUtf8(piece);
		if (!valid && this.mixed) {
			this.encoding ??= isMostlyUtf8(piece) ? "utf-8" : windowsEncodingOf(piece);
			return this.encoding;
		}
		if (!valid && this.encoding === "utf-8") {
			throw new UserError("begins as UTF-8 but holds bytes that are not UTF-8", {
				where: { file: this.name },
				hint: say`save the whole file in one encoding, or name it with ${option("encoding")}`,
			});
		}
		this.encoding = valid ? "utf-8" : windowsEncodingOf(piece);
		return this.encoding;
	}
}

/** Whether most letters are valid UTF-8; in another encoding hardly any is. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
	const text = new TextDecoder().decode(bytes);
	const lost = text.match(/\ufffd/g)?.length ?? 0;
	const kept = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
	return kept > lost;
}
