import type { Weight } from "./font.js";
import { textWidth } from "./text-runs.js";

export interface TextStyle {
	/** Font size in pixels. */
	size: number;
	weight?: Weight;
}

/** In pixels. */
const EVEN_STEP = 4;

/** Greedy line breaks at spaces; a word wider than a line is broken inside. Never cuts and never returns no line. */
export function wrapText(text: string, width: number, style: TextStyle): string[] {
	const fits = (line: string) => textWidth(line, style.size, style.weight) <= width;
	const lines: string[] = [];
	let line = "";
	// Not at every white space: a no-break space must hold.
	for (const word of text.split(/[ \t\r\n\u2028\u2029]+/)) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (fits(longer)) {
			line = longer;
			continue;
		}
		if (line !== "") lines.push(line);
		const pieces = breakWord(word, fits);
		line = pieces.pop() ?? "";
		lines.push(...pieces);
	}
	return [...lines, line];
}

/** The same number of lines, as even as can be: no word stands alone under a long line. */
export function wrapEvenly(text: string, width: number, style: TextStyle): string[] {
	const lines = wrapText(text, width, style);
	const words = lines.join(" ").split(" ");
	const least = Math.max(...words.map((word) => textWidth(word, style.size, style.weight)));
	let even = lines;
	for (let narrower = width - EVEN_STEP; narrower >= least; narrower -= EVEN_STEP) {
		const next = wrapText(text, narrower, style);
		if (next.length > lines.length) break;
		even = next;
	}
	return even;
}

/** Pieces of a word that fit, each at least one character long. */
function breakWord(word: string, fits: (text: string) => boolean): string[] {
	const pieces: string[] = [];
	let piece = "";
	for (const { segment } of new Intl.Segmenter().segment(word)) {
		if (piece !== "" && !fits(piece + segment)) {
			pieces.push(piece);
			piece = "";
		}
		piece += segment;
	}
	return [...pieces, piece];
}

/** Lines of the longest of the labels. */
export function mostLines(labels: string[], width: number, style: TextStyle): number {
	return Math.max(...labels.map((label) => wrapText(label, width, style).length));
}

/** The narrowest of the given column widths in which no label needs more lines than in the widest. */
export function columnWidth(labels: string[], widths: number[], style: TextStyle): number {
	const widest = Math.max(...widths);
	const fewest = mostLines(labels, widest, style);
	return widths.find((width) => mostLines(labels, width, style) <= fewest) ?? widest;
}
