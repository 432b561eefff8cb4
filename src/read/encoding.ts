import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { UserError } from "../errors.js";
import { rejectForeign } from "./foreign.js";

const SNIFF_BYTES = 4096;

/**
 * Bytes → text with `\n` line ends and no byte order mark.
 *
 * UTF-8 and UTF-16 are known by their marks (UTF-16 also by its zero bytes). Without a mark the text is
 * UTF-8 where it is valid UTF-8, else Windows-1251, the usual code page of Kazakh and Russian exports.
 * @throws UserError for binary files and for text that changes its encoding on the way.
 */
export async function* decode(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<string> {
	let decoder: Decoder | undefined;
	for await (const chunk of bytes) {
		decoder ??= createDecoder(chunk, name);
		const text = decoder(chunk, false);
		if (text !== "") yield text;
	}
	const rest = decoder?.(Buffer.alloc(0), true);
	if (rest) yield rest;
}

type Decoder = (chunk: Buffer, last: boolean) => string;

function createDecoder(first: Buffer, name: string): Decoder {
	rejectForeign(first, name);
	const utf16 = utf16Label(first);
	if (utf16 === undefined) rejectBinary(first, name);
	return joinLineEnds(utf16 === undefined ? utf8OrWindows1251(name) : streaming(new TextDecoder(utf16)));
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

function streaming(decoder: TextDecoder): Decoder {
	return (chunk, last) => decoder.decode(chunk, { stream: !last });
}

/** Decides at the first byte beyond ASCII; until then both encodings read the same. */
function utf8OrWindows1251(name: string): Decoder {
	let decoder: Decoder | undefined;
	return (chunk, last) => {
		if (decoder === undefined) {
			if (isAscii(chunk)) return chunk.toString("latin1");
			decoder = isUtf8(withoutCutEnd(chunk)) ? strictUtf8(name) : streaming(new TextDecoder("windows-1251"));
		}
		return decoder(chunk, last);
	};
}

/** A chunk may end inside a character: at most three bytes of it. */
function withoutCutEnd(chunk: Buffer): Buffer {
	for (let back = 1; back <= Math.min(3, chunk.length); back++) {
		const byte = chunk[chunk.length - back] ?? 0;
		if (byte >= 0xc0) return chunk.subarray(0, chunk.length - back);
		if (byte < 0x80) break;
	}
	return chunk;
}

function strictUtf8(name: string): Decoder {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	return (chunk, last) => {
		try {
			return decoder.decode(chunk, { stream: !last });
		} catch (cause) {
			throw new UserError("begins as UTF-8 but holds bytes that are not UTF-8", {
				where: { file: name },
				hint: "save the whole file in one encoding",
				cause,
			});
		}
	};
}

/** `\r\n` and `\r` become `\n`; a `\r` at a chunk's end waits for the next chunk. */
function joinLineEnds(decoder: Decoder): Decoder {
	let held = "";
	return (chunk, last) => {
		let text = held + decoder(chunk, last);
		held = "";
		if (!last && text.endsWith("\r")) {
			held = "\r";
			text = text.slice(0, -1);
		}
		return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
	};
}
