import { cut, fold, unbrokenParts, widthOf } from "./text-width.js";

/** A head in lines no wider than a column; breaks before a bracket sooner than inside it. */
export function foldHead(value: string, room: number): string[] {
	const parts = widthOf(value) <= room ? [value] : value.split(/ (?=\()/);
	return parts.flatMap((part) => fold(part, room)).map((line) => cut(line, room));
}

/** A head in lines as narrow as its column and its longest word allow. */
export function stackHead(text: string, least: number, most = Number.POSITIVE_INFINITY): string[] {
	const words = unbrokenParts(text).map(widthOf);
	return foldHead(text, Math.min(most, Math.max(least, ...words)));
}
