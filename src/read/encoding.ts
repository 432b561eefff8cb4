import { TextDecoder } from "node:util";
import { UserError } from "../errors.js";

const SNIFF_BYTES = 4096;
const LF = 10;
const CR = 13;

/**
 * Bytes → bytes in which delimiters, quotation marks and line ends are single ASCII bytes, without a byte order
 * mark: UTF-16, known by its mark or its zero bytes, becomes UTF-8, and lines of a file that has only `\r` come to
 * end in `\n`.
 * @throws UserError for binary files.
 */
export async function* asciiCompatible(
	bytes: AsyncIterable<Buffer>,
	name: string,
): AsyncGenerator<Uint8Array> {
	let convert: Convert | undefined;
	for await (const chunk of bytes) {
		convert ??= converter(chunk, name);
		yield convert(chunk, false);
	}
	if (convert !== undefined) yield convert(Buffer.alloc(0), true);
}

type Convert = (chunk: Buffer, last: boolean) => Buffer;

function converter(first: Buffer, name: string): Convert {
	const utf16 = utf16Label(first);
	if (utf16 === undefined) rejectBinary(first, name);
	const convert = utf16 === undefined ? withoutMark() : toUtf8(utf16);
	const start = utf16 === undefined ? first : toUtf8(utf16)(first, false);
	return start.includes(CR) && !start.includes(LF)
		? (chunk, last) => lineFeeds(convert(chunk, last))
		: convert;
}

function toUtf8(label: string): Convert {
	const decoder = new TextDecoder(label);
	return (chunk, last) => Buffer.from(decoder.decode(chunk, { stream: !last }));
}

function withoutMark(): Convert {
	let begins = true;
	return (chunk) => {
		const marked = begins && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
		begins = false;
		return marked ? chunk.subarray(3) : chunk;
	};
}

function lineFeeds(chunk: Buffer): Buffer {
	return Buffer.from(chunk.map((byte) => (byte === CR ? LF : byte)));
}

function utf16Label(first: Buffer): string | undefined {
	if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
	if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
	// A header row is Latin letters, whose high bytes are zero.
	if (first.length >= 4 && first[0] !== 0 && first[1] === 0 && first[3] === 0) return "utf-16le";
	if (first.length >= 4 && first[0] === 0 && first[1] !== 0 && first[2] === 0) return "utf-16be";
	return undefined;
}

const SIGNATURES: readonly [string, string, string][] = [
	["$FL2", "an SPSS file", "export it from SPSS as CSV"],
	["$FL3", "an SPSS file", "export it from SPSS as CSV"],
	["PAR1", "a Parquet file", "export it as CSV"],
	["PK\u0003\u0004", "a zip or Excel file", "unpack it, or save the sheet as CSV"],
];

function rejectBinary(first: Buffer, name: string): void {
	const start = first.subarray(0, 4).toString("latin1");
	const known = SIGNATURES.find(([signature]) => start === signature);
	if (known !== undefined) {
		throw new UserError(`is ${known[1]}, not CSV text`, { where: { file: name }, hint: known[2] });
	}
	if (first.subarray(0, SNIFF_BYTES).includes(0)) {
		throw new UserError("is a binary file, not CSV text", {
			where: { file: name },
			hint: "give a CSV file with a header row",
		});
	}
}

