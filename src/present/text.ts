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

/** One line without control characters, whatever a survey file says. */
export function plain(text: string): string {
	return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
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

/** Breaks a text between words, or inside a word that is longer than a line. */
export function fold(text: string, width: number): string[] {
	if (widthOf(text) <= width) return [text];
	const space = text.lastIndexOf(" ", width);
	const at = space > 0 ? space : width;
	return [text.slice(0, at), ...fold(text.slice(space > 0 ? at + 1 : at), width)];
}

/** Breaks a line between words; continued lines are indented. */
export function hanging(line: string, width: number): string[] {
	return fold(line, width - 2).map((part, index) => (index === 0 ? part : `  ${part}`));
}
