import { escapeMarkup, unescapeMarkup } from "../../base/escape.js";
import { EMOJI_FAMILY, FONT_FAMILY, type Weight } from "../text/font.js";
import { type Run, runsOf } from "../text/text-runs.js";

/** A text element of an SVG that Vega wrote: its attributes, and its line or its lines in spans. */
const TEXT = /<text\b([^>]*)>((?:[^<]|<\/?tspan[^>]*>)*)<\/text>/g;
const SPAN = /<tspan([^>]*)>([^<]*)<\/tspan>/g;
const SHARES: Record<string, number> = { middle: 0.5, end: 1 };

/**
 * The drawing with every run of another font than the letters' in its measured place: how far emoji and letters of
 * other scripts move what follows them is then not up to the program that shows them. Lines of letters stay as they are.
 */
export function setRuns(svg: string): string {
	return svg.replace(TEXT, (_, attributes: string, content: string) => {
		const size = Number.parseFloat(attribute(attributes, "font-size") ?? "11");
		const share = SHARES[attribute(attributes, "text-anchor") ?? ""] ?? 0;
		let y = 0;
		const line = (whole: string, place: string, markup: string) => {
			y += Number(attribute(place, "dy") ?? 0);
			const runs = runsOf(unescapeMarkup(markup), weightOf(attributes));
			return runs.every(({ font }) => font === "letters") ? whole : spans(runs, size, share, y);
		};
		const lines = content.includes("<tspan") ? content.replace(SPAN, line) : line(content, "", content);
		return `<text${attributes}>${lines}</text>`;
	});
}

/** The weight that an element's attributes name. */
export function weightOf(attributes: string): Weight {
	return /font-weight="(600|bold)"/.test(attributes) ? 600 : 400;
}

/** The runs of a line, from where it begins; `share` of the line is before the text's place. */
function spans(runs: Run[], size: number, share: number, y: number): string {
	let left = -share * size * runs.reduce((sum, { width }) => sum + width, 0);
	return runs
		.map(({ text, font, width }) => {
			// Both are named: where a line is written from right to left, a shift downwards would not reach all of it.
			const place = `x="${Math.round(left * 100) / 100}" y="${y}"`;
			const family = font === "emoji" ? ` font-family="'${EMOJI_FAMILY}', '${FONT_FAMILY}', sans-serif"` : "";
			left += width * size;
			return `<tspan text-anchor="start" ${place}${family}>${escapeMarkup(text)}</tspan>`;
		})
		.join("");
}

function attribute(attributes: string, name: string): string | undefined {
	return new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1];
}
