import { readFileSync } from "node:fs";
import { create, type Font } from "fontkitten";
import { assetPath } from "../read/open.js";

/** For viewers that lack the shipped font, names whose fonts also have the Kazakh letters. */
export const FONT_STACK = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif";
export const FONT_FAMILY = "Source Sans 3";

export type Weight = 400 | 600;

/** Absolute paths of the shipped faces, by weight. */
export const FONT_FILES: Record<Weight, string> = {
	400: assetPath("fonts/SourceSans3-Regular.ttf"),
	600: assetPath("fonts/SourceSans3-Semibold.ttf"),
};

/** A shipped face as it is in its file. */
export function fontBytes(weight: Weight): Buffer {
	return readFileSync(FONT_FILES[weight]);
}

// Wider than any letter, so that a character which another font will have to supply still finds room.
const MISSING_ADVANCE = 1.3;

interface Face {
	font: Font;
	advances: Map<number, number>;
}

const faces = new Map<Weight, Face>();

/**
 * Width of one line of text in pixels for a font size in pixels: the sum of the advance widths.
 * Kerning is left out, as nearly all of it pulls letters together: the width is an upper bound.
 */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
	const { font, advances } = face(weight);
	let width = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		let advance = advances.get(code);
		if (advance === undefined) {
			advance = font.hasGlyphForCodePoint(code)
				? font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm
				: MISSING_ADVANCE;
			advances.set(code, advance);
		}
		width += advance;
	}
	return width * size;
}

/** Whether the shipped font has a glyph for every character of the text. */
export function hasGlyphs(text: string, weight: Weight = 400): boolean {
	const { font } = face(weight);
	return [...text].every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

function face(weight: Weight): Face {
	let known = faces.get(weight);
	if (known === undefined) {
		const font = create(fontBytes(weight));
		if (font.isCollection) throw new Error(`${FONT_FILES[weight]} is a font collection, not one font`);
		known = { font, advances: new Map() };
		faces.set(weight, known);
	}
	return known;
}
