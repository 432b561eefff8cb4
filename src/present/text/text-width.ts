/** Columns a text takes on a terminal: combining marks take none. */
export function widthOf(text: string): number {
	return [...text.normalize("NFC").replace(/\p{M}/gu, "")].length;
}

/** Fills a text with blanks on its right. */
export function pad(text: string, width: number): string {
	return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Fills a text with blanks on its left. */
export function padLeft(text: string, width: number): string {
	return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Shortens a text to a width, with … for what is left out. */
export function cut(text: string, width: number): string {
	return widthOf(text) <= width
		? text
		: `${[...text]
				.slice(0, Math.max(0, width - 1))
				.join("")
				.trimEnd()}…`;
}

/** Where a word that is longer than a line may be broken: behind a hyphen between letters. */
const HYPHEN = /(?<=\p{L}-)(?=\p{L})/u;

/** The parts of a text that are kept whole where there is room. */
export function wordsOf(text: string): string[] {
	return text.split(" ").flatMap((word) => word.split(HYPHEN));
}

/** Breaks a text between words, or inside a word that is longer than a line: behind a hyphen where it has one. */
export function fold(text: string, width: number): string[] {
	if (widthOf(text) <= width) return [text];
	const space = text.lastIndexOf(" ", width);
	if (space > 0) return [text.slice(0, space), ...fold(text.slice(space + 1), width)];
	const at = behindHyphen(text, width) ?? width;
	return [text.slice(0, at), ...fold(text.slice(at), width)];
}

/** The last place behind a hyphen that still fits. */
function behindHyphen(text: string, width: number): number | undefined {
	let at = 0;
	for (const part of text.split(HYPHEN)) {
		if (at + part.length > width) break;
		at += part.length;
	}
	return at > 0 ? at : undefined;
}

/** Breaks a line between words; continued lines are indented. */
export function hanging(line: string, width: number): string[] {
	return fold(line, width - 2).map((part, index) => (index === 0 ? part : `  ${part}`));
}

export const GAP = "  ";
