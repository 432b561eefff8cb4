import type { Element, Node } from "@xmldom/xmldom";
import { childrenOf, elementsOf, newElement } from "../svg-tree.js";
import { EMOJI_FAMILY, FONT_FAMILY, type Weight } from "../text/font.js";
import { type Run, runsOf } from "../text/text-runs.js";

/** How much of a text is before its place, by its anchor. */
export const ANCHOR_SHARES: Record<string, number> = { middle: 0.5, end: 1 };

/**
 * Puts every run of another font than the letters' in its measured place: how far emoji and letters of other scripts move
 * what follows them is then not up to the program that shows them. Lines of letters stay as they are.
 */
export function setRuns(root: Element): void {
	for (const element of elementsOf(root)) if (element.tagName === "text") setText(element);
}

/** A text has one line, or each of its lines in a span. */
function setText(text: Element): void {
	const size = Number.parseFloat(text.getAttribute("font-size") ?? "11");
	const share = ANCHOR_SHARES[text.getAttribute("text-anchor") ?? ""] ?? 0;
	const lines = childrenOf(text);
	let y = 0;
	for (const line of lines.length > 0 ? lines : [text]) {
		y += Number(line === text ? 0 : (line.getAttribute("dy") ?? 0));
		const runs = runsOf(line.textContent ?? "", weightOf(text));
		if (runs.every(({ font }) => font === "letters")) continue;
		const old = line === text ? (text.firstChild as Node) : line;
		for (const span of spans(runs, size, share, y, text)) text.insertBefore(span, old);
		text.removeChild(old);
	}
}

/** The weight that an element names. */
export function weightOf(element: Element): Weight {
	return ["600", "bold"].includes(element.getAttribute("font-weight") ?? "") ? 600 : 400;
}

/** The runs of a line, from where it begins; `share` of the line is before the text's place. */
function spans(runs: Run[], size: number, share: number, y: number, text: Element): Element[] {
	let left = -share * size * runs.reduce((sum, { width }) => sum + width, 0);
	return runs.map(({ text: letters, font, width }) => {
		// Both are named: where a line is written from right to left, a shift downwards would not reach all of it.
		const place = { "text-anchor": "start", x: String(Math.round(left * 100) / 100), y: String(y) };
		const family =
			font === "emoji" ? { "font-family": `'${EMOJI_FAMILY}', '${FONT_FAMILY}', sans-serif` } : {};
		left += width * size;
		return newElement("tspan", { ...place, ...family }, letters, text);
	});
}
