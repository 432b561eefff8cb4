import { cut, fold, unbrokenParts, widthOf } from "./text-width.js";

/** Folds a head to the width of a column, preferring to break before a bracket. */
export function foldHead(value: string, room: number): string[] {
	const parts = widthOf(value) <= room ? [value] : value.split(/ (?=\()/);
	return parts.flatMap((part) => fold(part, room)).map((line) => cut(line, room));
}

/** Folds a head as narrowly as its column and longest word allow. */
export function stackHead(text: string, least: number, most = Number.POSITIVE_INFINITY): string[] {
	const words = unbrokenParts(text).map(widthOf);
	return foldHead(text, Math.min(most, Math.max(least, ...words)));
}
