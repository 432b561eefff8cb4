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

/**
 * What bytes of Windows-1250 come to in Windows-1252, where no text of Western Europe has it: signs in the middle of
 * a word (`³` for ł) or before one (`£` for Ł), bytes that are not letters there (ť), and letters that no language of
 * its has beside each other.
 */
const OF_CENTRAL_EUROPE: readonly ((text: string) => boolean)[] = [
	(text) => /\p{L}[¹³¿¥£¯¼¾º]\p{L}|[£¯]\p{L}/u.test(text),
	(text) => /[\x8d\x8f\x9d]/.test(text),
	// Polish: ź at the end of a word, ść.
	(text) => /\p{Ll}Ÿ|œæ/u.test(text),
	// Czech, Slovak, Slovene, Croatian; Estonian has õ, and Nordic languages å.
	(text) => /\p{Ll}[šž]|[šž]\p{Ll}/u.test(text) && !/[åõ]/i.test(text),
	// Czech ř and ě beside í and ý.
	(text) => /[øì]/.test(text) && /[íý]/.test(text) && !/[åæð]/i.test(text),
	// Hungarian ő beside ö and á; Portuguese has ã and ç.
	(text) => /õ/.test(text) && /[öü]/.test(text) && /[áéí]/.test(text) && !/[ãç]/i.test(text),
];

/** More letters of a word than these beside each other beyond ASCII are not Latin. */
const MOST_BESIDE = 3;

/**
 * Tells an encoding by what it decodes to: in Cyrillic, letters beyond ASCII stand beside each other; in Latin, a few between
 * letters of ASCII. Texts whose letters are in both Latin ones, or could be of either, are taken for Windows-1252.
 */
export function windowsEncodingOf(bytes: Uint8Array): WindowsEncoding {
	let [cyrillic, latin] = [0, 0];
	for (let start = 0; start < bytes.length; start++) {
		if ((bytes[start] as number) < 0x80) continue;
		let end = start;
		while ((bytes[end] ?? 0) >= 0x80) end += 1;
		const length = end - start;
		const isInWord = isAsciiLetter(bytes[start - 1] ?? 0) || isAsciiLetter(bytes[end] ?? 0);
		if (isInWord && length <= MOST_BESIDE) latin += length;
		else if (length > 1) cyrillic += length;
		start = end;
	}
	if (latin <= cyrillic) return "windows-1251";
	const text = windows1252(bytes);
	return OF_CENTRAL_EUROPE.some((is) => is(text)) ? "windows-1250" : "windows-1252";
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
	throw new UserError(say`${option("encoding", name)} is not an encoding that can be read`, {
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
