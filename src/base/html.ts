import { escapeMarkup } from "./escape.js";

/** Markup that is safe to insert into a page unchanged. */
export class Markup {
	constructor(readonly text: string) {}
}

export type Piece = Markup | string | number | null | undefined | readonly Piece[];

/** A template whose values are text and are escaped; only markup made by it, or by `unsafe`, stays markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
	return new Markup(parts.reduce((made, part, index) => made + textOf(values[index - 1]) + part));
}

/** The one door for markup from elsewhere: drawings of our own, style sheets and scripts that ship with the tool. */
export function unsafe(text: string): Markup {
	return new Markup(text);
}

function textOf(piece: Piece): string {
	if (piece === null || piece === undefined) return "";
	if (piece instanceof Markup) return piece.text;
	if (Array.isArray(piece)) return piece.map(textOf).join("");
	return escaped(String(piece));
}

function escaped(text: string): string {
	// Control characters are no text in any document.
	return escapeMarkup(text.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, ""));
}
