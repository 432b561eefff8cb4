import { TextDecoder } from "node:util";
import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { type ByteReader, chunksOf, readerOf } from "./bytes.js";

/** Bytes of a text → text. */
export type Decode = (bytes: Uint8Array) => string;

/** Code pages by their Windows number, where their name is not `windows-` and that number. */
const CODE_PAGES: Record<number, string> = {
	866: "ibm866",
	874: "windows-874",
	932: "shift_jis",
	936: "gbk",
	949: "euc-kr",
	950: "big5",
	10000: "macintosh",
	10007: "x-mac-cyrillic",
	20866: "koi8-r",
	20932: "euc-jp",
	21866: "koi8-u",
	51932: "euc-jp",
	51949: "euc-kr",
	54936: "gb18030",
	65001: "utf-8",
};

/**
 * The decoder of an encoding by any of its names, or by its code page; undefined where there is none. A byte order mark
 * is a letter like others.
 */
export function decoderOf(name: string): Decode | undefined {
	const known = DECODERS.get(name);
	const decoder = known === undefined ? streamDecoder(name) : undefined;
	if (decoder === undefined) return known;
	const decode: Decode = decoder.encoding === "windows-1252" ? windows1252 : (bytes) => decoder.decode(bytes);
	DECODERS.set(name, decode);
	return decode;
}

const DECODERS = new Map<string, Decode>();

function streamDecoder(name: string): TextDecoder | undefined {
	for (const label of labelsOf(name)) {
		try {
			return new TextDecoder(label, { ignoreBOM: true });
		} catch {
			// Not a name the decoder knows; the next may be.
		}
	}
	return undefined;
}

/** What bytes 0x80–0x9F are in Windows-1252; Node 20's decoder takes them for the control codes of Latin-1. */
const FROM_80 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function windows1252(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
		.toString("latin1")
		.replace(/[\x80-\x9f]/g, (letter) => FROM_80[letter.charCodeAt(0) - 0x80] as string);
}

function labelsOf(name: string): string[] {
	const number = Number(/^(?:cp|windows-?|ibm-?|ms)?(\d+)$/i.exec(name)?.[1] ?? Number.NaN);
	if (Number.isNaN(number)) return [name];
	const iso = number > 28590 && number <= 28606 ? [`iso-8859-${number - 28590}`] : [];
	return [CODE_PAGES[number] ?? `windows-${number}`, ...iso];
}

/** Encodings of eight bits that texts without Unicode are in here, and that can be told from each other. */
export type WindowsEncoding = "windows-1250" | "windows-1251" | "windows-1252";

/** A sign of Windows-1252 in the middle of a word, where Windows-1250 has a letter: `³` for ł. */
const SIGN_IN_WORD = /\p{L}[¹³¿¥£¯¼¾]\p{L}/u;

/**
 * Tells an encoding by what it decodes to: in Cyrillic, letters beyond ASCII stand beside each other; in Latin, between
 * letters of ASCII.
 */
export function windowsEncodingOf(bytes: Uint8Array): WindowsEncoding {
	let [cyrillic, latin] = [0, 0];
	for (let at = 0; at < bytes.length; at++) {
		if ((bytes[at] as number) < 0x80) continue;
		const [before = 0, after = 0] = [bytes[at - 1], bytes[at + 1]];
		if (isBeyond(before) || isBeyond(after)) cyrillic += 1;
		else if (isAsciiLetter(before) || isAsciiLetter(after)) latin += 1;
	}
	if (latin <= cyrillic) return "windows-1251";
	return SIGN_IN_WORD.test(windows1252(bytes)) ? "windows-1250" : "windows-1252";
}

function isBeyond(byte: number): boolean {
	return byte >= 0xc0;
}

function isAsciiLetter(byte: number): boolean {
	const letter = byte | 0x20;
	return letter >= 0x61 && letter <= 0x7a;
}

/**
 * The name of an encoding as decoders know it.
 * @throws UserError where there is none of that name.
 */
export function knownEncoding(name: string): string {
	const decoder = streamDecoder(name.trim());
	if (decoder !== undefined) return decoder.encoding;
	throw new UserError(say`${option("encoding", name)} is no encoding that can be read`, {
		code: "option",
		hint: "name one such as utf-8, windows-1251, windows-1252 or koi8-r",
	});
}

/** Bytes in a named encoding → bytes of UTF-8, without a byte order mark. */
export function transcoded(reader: ByteReader, encoding: string): ByteReader {
	return readerOf(pieces(reader, encoding));
}

async function* pieces(reader: ByteReader, encoding: string): AsyncGenerator<Buffer> {
	const decoder = new TextDecoder(encoding);
	const decode = (chunk: Uint8Array, stream: boolean) =>
		decoder.encoding === "windows-1252" ? windows1252(chunk) : decoder.decode(chunk, { stream });
	for await (const chunk of chunksOf(reader)) yield Buffer.from(decode(chunk, true));
	yield Buffer.from(decode(Buffer.alloc(0), false));
}
