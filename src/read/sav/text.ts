import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { UserError } from "../../base/errors.js";

/** Bytes of a text field → text without the blanks and zeros that fill it up. */
export type DecodeText = (bytes: Buffer) => string;

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

/** Character codes older than code pages: EBCDIC, 7-bit ASCII, 8-bit ASCII, DEC Kanji. */
const [EBCDIC, ASCII, EIGHT_BIT] = [1, 2, 3];

/**
 * How the file's texts are read. Its named encoding counts before its code page. Where it states neither,
 * each text is UTF-8 where that is valid, else Windows-1251, as with text files.
 * @param encoding Name from the encoding record; null without one.
 * @param codePage Character code from the machine record; null without one.
 */
export function textDecoder(encoding: string | null, codePage: number | null, file: string): DecodeText {
	const stated = encoding ?? (isCodePage(codePage) ? String(codePage) : null);
	if (stated === null && codePage === EBCDIC) throw unreadable("EBCDIC", file);
	const decode = stated === null ? undeclared() : decoderOf(stated);
	return (bytes) => {
		const text = bytes.subarray(0, filledLength(bytes));
		if (isAscii(text)) return text.toString("latin1");
		if (decode === undefined) throw unreadable(stated as string, file);
		return decode(text);
	};
}

/** Length of a field without the blanks and zeros at its end. */
export function filledLength(bytes: Buffer): number {
	let length = bytes.length;
	while (length > 0 && (bytes[length - 1] === 0x20 || bytes[length - 1] === 0)) length -= 1;
	return length;
}

function isCodePage(code: number | null): code is number {
	return code !== null && ![EBCDIC, ASCII, EIGHT_BIT].includes(code) && code > 4;
}

function undeclared(): (bytes: Buffer) => string {
	const [utf8, windows] = [new TextDecoder("utf-8"), new TextDecoder("windows-1251")];
	return (bytes) => (isUtf8(bytes) ? utf8 : windows).decode(bytes);
}

/** The decoder of an encoding by any of its names, or by its code page; undefined where there is none. */
function decoderOf(name: string): ((bytes: Buffer) => string) | undefined {
	for (const label of labelsOf(name)) {
		try {
			const decoder = new TextDecoder(label, { ignoreBOM: true });
			return decoder.encoding === "windows-1252" ? windows1252 : (bytes) => decoder.decode(bytes);
		} catch {
			// Not a name the decoder knows; the next may be.
		}
	}
	return undefined;
}

/** What bytes 0x80–0x9F are in Windows-1252; Node 20's decoder takes them for the control codes of Latin-1. */
const FROM_80 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function windows1252(bytes: Buffer): string {
	return bytes
		.toString("latin1")
		.replace(/[\x80-\x9f]/g, (letter) => FROM_80[letter.charCodeAt(0) - 0x80] as string);
}

function labelsOf(name: string): string[] {
	const number = Number(/^(?:cp|windows-?|ibm-?|ms)?(\d+)$/i.exec(name)?.[1] ?? Number.NaN);
	if (Number.isNaN(number)) return [name];
	const iso = number > 28590 && number <= 28606 ? [`iso-8859-${number - 28590}`] : [];
	return [CODE_PAGES[number] ?? `windows-${number}`, ...iso];
}

function unreadable(encoding: string, file: string): UserError {
	return new UserError(`its texts are in ${encoding}, which cannot be read`, {
		where: { file },
		hint: "save it again from SPSS in Unicode mode",
	});
}
