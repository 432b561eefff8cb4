import { readFileSync } from "node:fs";
import { create, type Font } from "fontkitten";
import { assetPath } from "../../platform/assets.js";

/** For viewers that lack the shipped font, names whose fonts also have the Kazakh letters. */
export const FONT_STACK = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif";

export const FONT_FAMILY = "Source Sans 3";

export const EMOJI_FAMILY = "Noto Emoji";

export type Weight = 400 | 600;

/** The face of emoji is the same in every weight. */
export type Face = Weight | "emoji";

/** Absolute paths of the shipped faces of letters, by weight. */
export const FONT_FILES: Record<Weight, string> = {
	400: assetPath("fonts/SourceSans3-Regular.ttf"),
	600: assetPath("fonts/SourceSans3-Semibold.ttf"),
};

export const EMOJI_FILE = assetPath("fonts/NotoEmoji-Regular.ttf");

/** A shipped face as it is in its file. */
export function fontBytes(face: Face): Buffer {
	return readFileSync(face === "emoji" ? EMOJI_FILE : FONT_FILES[face]);
}

const opened = new Map<Face, Font>();

/** How far a character moves the pen, in ems; null where the face does not have it. */
export function advanceOf(code: number, face: Face): number | null {
	const font = open(face);
	return font.hasGlyphForCodePoint(code) ? font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm : null;
}

/** Whether the shipped font has a glyph for every character of the text. */
export function hasGlyphs(text: string, face: Face = 400): boolean {
	const font = open(face);
	return [...text].every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

function open(face: Face): Font {
	let font = opened.get(face);
	if (font === undefined) {
		const made = create(fontBytes(face));
		if (made.isCollection) throw new Error(`the face ${face} is a font collection, not one font`);
		font = made;
		opened.set(face, font);
	}
	return font;
}
