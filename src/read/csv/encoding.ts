import { UserError } from "../../base/errors.js";
import { type ByteReader, fill } from "../bytes.js";
import { transcoded } from "../encoding.js";
import { rejectForeign } from "../foreign.js";
import type { Input } from "../input.js";
import { utf8Of } from "./utf16.js";

/** Enough for the header of a wide file. */
const SNIFF_BYTES = 1 << 16;
const MARKS = {
	"utf-8": Buffer.from([0xef, 0xbb, 0xbf]),
	little: Buffer.from([0xff, 0xfe]),
	big: Buffer.from([0xfe, 0xff]),
};

/**
 * Bytes in which delimiters, quotation marks and line ends are single ASCII bytes, without a byte order mark: UTF-16,
 * known by its mark or its zero bytes, and whatever else is said to be its encoding, becomes UTF-8.
 * @param encoding What the text is said to be in.
 * @throws UserError for binary files.
 */
export async function asciiCompatible({ head, reader, name }: Input, encoding?: string): Promise<ByteReader> {
	const first = await head();
	rejectForeign(first, name);
	if (encoding !== undefined && encoding !== "utf-8") return transcoded(reader, encoding);
	const order = utf16Order(first);
	if (order === undefined) rejectBinary(first, name);
	const marks = bytesOfMarks(first, MARKS[order ?? "utf-8"]);
	if (marks > 0) await fill(reader, Buffer.alloc(marks));
	return order === undefined ? reader : utf8Of(reader, order === "big");
}

/** Programs that add a byte order mark may leave two. */
function bytesOfMarks(text: Uint8Array, mark: Buffer): number {
	let bytes = 0;
	while (mark.equals(text.subarray(bytes, bytes + mark.length))) bytes += mark.length;
	return bytes;
}

/** Which byte of its letters comes first. */
function utf16Order(first: Buffer): "little" | "big" | undefined {
	if (first[0] === 0xff && first[1] === 0xfe) return "little";
	if (first[0] === 0xfe && first[1] === 0xff) return "big";
	// A header row is Latin letters, whose high bytes are zero.
	if (first.length >= 4 && first[0] !== 0 && first[1] === 0 && first[3] === 0) return "little";
	if (first.length >= 4 && first[0] === 0 && first[1] !== 0 && first[2] === 0) return "big";
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
