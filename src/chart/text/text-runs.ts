import { advanceOf, hasGlyphs, type Weight } from "./font.js";

/** A piece of a line that one font sets: the shipped letters, the shipped emoji, or another that a viewer may have. */
export interface Run {
	text: string;
	font: "letters" | "emoji" | "other";
	/** In ems. */
	width: number;
}

/** Characters that are not drawn. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Surrogate}]/u;

/** Characters whose width depends on those beside them. */
const JOINING = /[\p{Default_Ignorable_Code_Point}\p{Mark}\p{Cc}]/u;
const MARK = /\p{Mark}/u;

/** Those that every font has. */
const SPACE = /^[ \u00a0]$/;

/** What asks for the picture where a character is a letter or sign as well: ©️, 1️⃣. */
const PICTURE = /[\ufe0f\u20e3]/;
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;
const FULL_WIDTH =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
/** Width of a character that no shipped font has: wider than the replacement box and than most letters. */
const OTHER_ADVANCE = 0.8;

/**
 * Width of one line of text in pixels for a font size in pixels: the sum of the advance widths.
 * Kerning is left out, as nearly all of it pulls letters together: the width is an upper bound.
 */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
	return runsOf(text, weight).reduce((sum, { width }) => sum + width, 0) * size;
}

/** One line of text in runs, each emoji one of its own. Spaces belong to the run before them. */
export function runsOf(text: string, weight: Weight = 400): Run[] {
	const width = plainWidth(text, weight);
	return width === null ? split(text, weight) : [{ text, font: "letters", width }];
}

/** Null where the text is more than a row of shipped letters. */
function plainWidth(text: string, weight: Weight): number | null {
	let width = 0;
	const known = plainAdvances[weight];
	for (const character of text) {
		let advance = known.get(character);
		if (advance === undefined) {
			advance = JOINING.test(character) ? null : advanceOf(codeOf(character), weight);
			known.set(character, advance);
		}
		if (advance === null) return null;
		width += advance;
	}
	return width;
}

/** Advances of characters that stand for themselves, as every chart measures the same ones by the thousand. */
const plainAdvances: Record<Weight, Map<string, number | null>> = { 400: new Map(), 600: new Map() };

function split(text: string, weight: Weight): Run[] {
	const runs: Run[] = [];
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		const last = runs.at(-1);
		const space = SPACE.test(segment);
		const font = space && last !== undefined ? last.font : fontOf(segment, weight);
		const width = WIDTHS[space ? "letters" : font](segment, weight);
		if (last?.font === font && (font !== "emoji" || space)) {
			last.text += segment;
			last.width += width;
		} else runs.push({ text: segment, font, width });
	}
	return runs;
}

function fontOf(grapheme: string, weight: Weight): Run["font"] {
	const seen = [...grapheme].filter((character) => !UNSEEN.test(character)).join("");
	const letters = hasGlyphs(seen, weight);
	if (letters && !PICTURE.test(grapheme)) return "letters";
	if (seen !== "" && hasGlyphs(seen, "emoji")) return "emoji";
	return letters ? "letters" : "other";
}

/** Width of a grapheme in ems. */
const WIDTHS: Record<Run["font"], (grapheme: string, weight: Weight) => number> = {
	letters: (grapheme, weight) =>
		sum(grapheme, (character) => (MARK.test(character) ? 0 : (advanceOf(codeOf(character), weight) ?? 0))),
	// One picture where the sequence has one, else its parts side by side.
	emoji: (grapheme) =>
		ONE_EMOJI.test(grapheme)
			? (advanceOf(codeOf(grapheme), "emoji") ?? 0)
			: sum(grapheme, (character) => advanceOf(codeOf(character), "emoji") ?? 0),
	other: (grapheme) => sum(grapheme, (character) => (FULL_WIDTH.test(character) ? 1 : OTHER_ADVANCE)),
};

function sum(grapheme: string, advance: (character: string) => number): number {
	return [...grapheme].reduce((total, one) => total + (UNSEEN.test(one) ? 0 : advance(one)), 0);
}

function codeOf(character: string): number {
	return character.codePointAt(0) ?? 0;
}
