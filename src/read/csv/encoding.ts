import { TextDecoder } from "node:util";
import { UserError } from "../../base/errors.js";
import { type ByteReader, chunksOf, fill, readerOf } from "../bytes.js";
import { rejectForeign } from "../foreign.js";
import type { Input } from "../input.js";

/** Enough for the header of a wide file. */
const SNIFF_BYTES = 1 << 16;
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Bytes in which delimiters, quotation marks and line ends are single ASCII bytes, without a byte order mark: UTF-16,
 * known by its mark or its zero bytes, becomes UTF-8.
 * @throws UserError for binary files.
 */
export async function asciiCompatible({ head, reader, name }: Input): Promise<ByteReader> {
	const first = await head();
	rejectForeign(first, name);
	const utf16 = utf16Label(first);
	if (utf16 !== undefined) return readerOf(toUtf8(chunksOf(reader), utf16));
	rejectBinary(first, name);
	if (first.subarray(0, 3).equals(UTF8_MARK)) await fill(reader, Buffer.alloc(3));
	return reader;
}

async function* toUtf8(chunks: AsyncIterable<Buffer>, label: string): AsyncGenerator<Buffer> {
	const decoder = new TextDecoder(label);
	for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
	yield Buffer.from(decoder.decode());
}

function utf16Label(first: Buffer): string | undefined {
	if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
	if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
	// A header row is Latin letters, whose high bytes are zero.
	if (first.length >= 4 && first[0] !== 0 && first[1] === 0 && first[3] === 0) return "utf-16le";
	if (first.length >= 4 && first[0] === 0 && first[1] !== 0 && first[2] === 0) return "utf-16be";
	return undefined;
}

function rejectBinary(first: Buffer, name: string): void {
	if (first.subarray(0, SNIFF_BYTES).includes(0)) {
		throw new UserError("is a binary file, not CSV text", {
			where: { file: name },
			hint: "give a CSV, SPSS or Parquet file",
		});
	}
}
