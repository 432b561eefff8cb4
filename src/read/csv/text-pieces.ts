import { isAscii, isUtf8 } from "node:buffer";
import { UserError } from "../../base/errors.js";
import { type ByteReader, fill } from "../bytes.js";

/** Bytes a piece has at most: few enough to stay in a cache while they are read, hashed and scanned. */
export const PIECE_BYTES = 1 << 20;

/** What is set aside at first, so that a small file takes little. */
const FIRST_BYTES = 1 << 16;

const LF = 10;
const QUOTE = 34;

/** A run of whole records, as bytes in which delimiters, quotation marks and line ends are ASCII. */
export interface Piece {
	bytes: Uint8Array;
	encoding: Encoding;
}

export type Encoding = "utf-8" | "windows-1251";

/**
 * Bytes → pieces, cut after a record. Where they are cut depends on the bytes alone, not on how they arrive.
 * Two buffers take turns, so a piece is good until the next but one is taken.
 * @param delimiterOf Delimiter of the file, by its first bytes.
 * @param mixed Bytes that are not UTF-8 are let through in a file that is UTF-8 for the most part.
 * @throws UserError for a record longer than a piece, and for text that changes its encoding on the way.
 */
export async function* piecesOf(
	reader: ByteReader,
	name: string,
	delimiterOf: (first: Uint8Array) => string,
	mixed = false,
): AsyncGenerator<Piece> {
	const encoding = new EncodingWatch(name, mixed);
	let delimiter: string | undefined;
	let [buffer, other] = [Buffer.allocUnsafeSlow(FIRST_BYTES), Buffer.alloc(0)];
	for (let filled = 0; ; ) {
		filled = await fill(reader, buffer, filled);
		if (filled === buffer.length && filled < PIECE_BYTES) {
			const first = buffer;
			buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
			first.copy(buffer);
			filled = await fill(reader, buffer, filled);
		}
		const isLast = filled < PIECE_BYTES;
		delimiter ??= delimiterOf(buffer.subarray(0, filled));
		const end = isLast ? filled : recordsEnd(buffer, delimiter);
		if (end === 0) {
			if (isLast) return;
			throw tooLong(name);
		}
		const piece = buffer.subarray(0, end);
		yield { bytes: piece, encoding: encoding.of(piece) };
		if (isLast) return;
		if (other.length === 0) other = Buffer.allocUnsafeSlow(PIECE_BYTES);
		other.set(buffer.subarray(end, filled));
		[buffer, other] = [other, buffer];
		filled -= end;
	}
}

/** Where the last whole record ends; 0 where none does. */
function recordsEnd(bytes: Buffer, delimiter: string): number {
	if (!bytes.includes(QUOTE)) return bytes.lastIndexOf(LF) + 1;
	let end = 0;
	for (let at = 0; at < bytes.length; ) {
		at = recordEnd(bytes, at, delimiter);
		if (at < 0) break;
		end = at;
	}
	return end;
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

/** UTF-8 where the first bytes beyond ASCII are valid UTF-8, else Windows-1251. Pieces are shown to it in order. */
class EncodingWatch {
	private encoding: Encoding | undefined;

	constructor(
		private readonly name: string,
		private readonly mixed: boolean,
	) {}

	of(piece: Uint8Array): Encoding {
		if (this.encoding === "windows-1251" || isAscii(piece)) return this.encoding ?? "utf-8";
		const valid = isUtf8(piece);
		if (!valid && this.mixed) {
			this.encoding ??= isMostlyUtf8(piece) ? "utf-8" : "windows-1251";
			return this.encoding;
		}
		if (!valid && this.encoding === "utf-8") {
			throw new UserError("begins as UTF-8 but holds bytes that are not UTF-8", {
				where: { file: this.name },
				hint: "save the whole file in one encoding",
			});
		}
		this.encoding = valid ? "utf-8" : "windows-1251";
		return this.encoding;
	}
}

/** Whether more letters than not come out of it as UTF-8; in a text of another encoding hardly one does. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
	const text = new TextDecoder().decode(bytes);
	const lost = text.match(/\ufffd/g)?.length ?? 0;
	const kept = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
	return kept > lost;
}
