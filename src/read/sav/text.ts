import { isAscii, isUtf8 } from "node:buffer";
import { UserError } from "../../base/errors.js";
import { type Decode, decoderOf, windowsEncodingOf } from "../encoding.js";

/** Bytes of a text field → text without the blanks and zeros that fill it up. */
export type DecodeText = (bytes: Buffer) => string;

/** Character codes older than code pages: EBCDIC, 7-bit ASCII, 8-bit ASCII, DEC Kanji. */
const [EBCDIC, ASCII, EIGHT_BIT] = [1, 2, 3];

/**
 * How the file's texts are read. Its named encoding counts before its code page. Where it states neither,
 * each text is UTF-8 where that is valid, else Windows-1251 or a Latin one, as with text files.
 * @param encoding Name from the caller or from the encoding record; null without one.
 * @param codePage Character code from the machine record; null without one.
 */
export function textDecoder(encoding: string | null, codePage: number | null, file: string): DecodeText {
	const stated = encoding ?? (isCodePage(codePage) ? String(codePage) : null);
	if (stated === null && codePage === EBCDIC) throw unreadable("EBCDIC", file);
	const isUnicode = stated === null || /^(utf-?8|(cp)?65001)$/i.test(stated);
	const decode = stated === null ? undeclared : decoderOf(stated);
	return (bytes) => {
		const filled = bytes.subarray(0, filledLength(bytes));
		const text = isUnicode ? wholeLetters(filled) : filled;
		if (isAscii(text)) return text.toString("latin1");
		if (decode === undefined) throw unreadable(stated as string, file);
		return decode(text);
	};
}

/** The beginning of a letter of UTF-8 whose end the width of the field has cut off. */
const BEGUN = /[\xc2-\xdf]$|[\xe0-\xef][\x80-\xbf]?$|[\xf0-\xf4][\x80-\xbf]{0,2}$/;

function wholeLetters(text: Buffer): Buffer {
	if ((text.at(-1) ?? 0) < 0x80) return text;
	const tail = text.toString("latin1", Math.max(0, text.length - 3));
	const cut = BEGUN.exec(tail);
	if (cut === null) return text;
	const whole = text.subarray(0, text.length - (tail.length - cut.index));
	// If the text before it is not UTF-8 either, these bytes are letters of another encoding.
	return isUtf8(whole) && !isAscii(whole) ? whole : text;
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

const undeclared: Decode = (bytes) => {
	const encoding = isUtf8(bytes) ? "utf-8" : windowsEncodingOf(bytes);
	return (decoderOf(encoding) as Decode)(bytes);
};

function unreadable(encoding: string, file: string): UserError {
	return new UserError(`its texts are in ${encoding}, which cannot be read`, {
		where: { file },
		hint: "save it again from SPSS in Unicode mode",
	});
}
