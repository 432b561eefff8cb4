import type { Element } from "@xmldom/xmldom";
import { childrenOf, elementsOf, newElement, parseSvg, svgText } from "../svg-tree.js";
import { EMOJI_FAMILY, type Face, FONT_FAMILY, fontBytes, hasGlyphs } from "../text/font.js";
import { weightOf } from "./place-runs.js";

// WOFF and not WOFF2, which takes three times as long and saves a fifth. Screens of today want no hints.
const SUBSET = {
	targetFormat: "woff" as const,
	noHinting: true,
	keepFeatures: ["kern", "liga", "ccmp", "mark", "mkmk"],
	/** The font's licence, and where it is. */
	preserveNameIds: [13, 14],
};

const NOTICE = "/* Source Sans 3, © 2010–2024 Adobe, SIL Open Font License 1.1: the letters used here */";
const EMOJI_NOTICE = "/* Noto Emoji, © 2013 Google LLC, SIL Open Font License 1.1: the emoji used here */";

/** Characters beyond Latin and Cyrillic, in which nearly all of a long page is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range begins with them
const RARE = /[^\u0000-\u024f\u0400-\u04ff]/gu;
const FACES = [400, 600, "emoji"] as const;

/**
 * The drawing with those letters of the shipped fonts inside it that it uses: the text is as wide as it was laid out
 * for, wherever the picture is shown. The same bytes for the same drawing.
 */
export async function withFont(svg: string): Promise<string> {
	const root = parseSvg(svg);
	const rules: string[] = [];
	for (const [face, letters] of lettersOf(root)) {
		const data = await subsetOf(face, letters);
		rules.push(
			face === "emoji"
				? `${EMOJI_NOTICE}@font-face{font-family:"${EMOJI_FAMILY}";font-weight:400 600;${data}}`
				: `@font-face{font-family:"${FONT_FAMILY}";font-weight:${face};${data}}`,
		);
	}
	if (rules.length === 0) return svg;
	root.insertBefore(newElement("style", {}, `${NOTICE}${rules.join("")}`, root), root.firstChild);
	return svgText(root);
}

/** What a program writes that sets numbers itself. */
const NUMERALS = " 0123456789.,−-–+%()";

/** Rules with those letters of both weights that a text uses, for a program that sets the text itself. */
export async function letterRules(text: string): Promise<string> {
	const letters = [...new Set(text + NUMERALS)].sort().join("");
	const rules = [];
	for (const weight of [400, 600] as const) {
		rules.push(
			`@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};${await subsetOf(weight, letters)}}`,
		);
	}
	return `${NOTICE}${rules.join("")}`;
}

/** Rules that add the emoji of a text to the letters' font, for a program that sets the text itself; "" without any. */
export async function emojiRules(text: string): Promise<string> {
	const rare = new Set(text.match(RARE));
	// The frame of 1️⃣ has a digit in it, which is a letter here.
	rare.delete("\u20e3");
	const own = [...rare].filter((one) => !hasGlyphs(one) && hasGlyphs(one, "emoji")).sort();
	if (own.length === 0) return "";
	const range = own.map((one) => `U+${one.codePointAt(0)?.toString(16)}`).join(",");
	const data = await subsetOf("emoji", own.join(""));
	// Only faces of the same weight stand in for each other.
	const rule = (weight: number) =>
		`@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};${data};unicode-range:${range}}`;
	return `${EMOJI_NOTICE}${rule(400)}${rule(600)}`;
}

async function subsetOf(face: Face, letters: string): Promise<string> {
	const { default: subset } = await import("subset-font");
	const font = await subset(fontBytes(face), letters, SUBSET);
	return `src:url(data:font/woff;base64,${font.toString("base64")})`;
}

/** The characters of each face that is used, each once. */
function lettersOf(root: Element): [Face, string][] {
	const used: Record<Face, Set<string>> = { 400: new Set(), 600: new Set(), emoji: new Set() };
	for (const text of elementsOf(root)) {
		if (text.tagName !== "text") continue;
		const lines = childrenOf(text);
		for (const line of lines.length > 0 ? lines : [text]) {
			const isEmoji = line.getAttribute("font-family")?.includes(EMOJI_FAMILY) && line !== text;
			for (const letter of line.textContent ?? "") used[isEmoji ? "emoji" : weightOf(text)].add(letter);
		}
	}
	return FACES.map((face): [Face, string] => [face, [...used[face]].sort().join("")]).filter(
		([, letters]) => letters !== "",
	);
}
