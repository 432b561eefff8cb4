import { escapeMarkup } from "../base/escape.js";
import { FONT_STACK, textWidth, wrapText } from "../chart/index.js";

/** Colours of a profile in one theme. */
export interface Inks {
	paper: string;
	ink: string;
	muted: string;
	rule: string;
	guide: string;
	accent: string;
	contrast: string;
}

/** A part of a page that knows its height and draws from its upper left corner. */
export interface PageBlock {
	height: number;
	draw(x: number, y: number): string;
}

export interface TextLook {
	size: number;
	weight?: 400 | 600;
	fill: string;
	anchor?: "start" | "middle" | "end";
}

const LEADING = 1.25;

/** A line of text whose baseline is at y. */
export function textAt(
	text: string,
	x: number,
	y: number,
	{ size, weight = 400, fill, anchor }: TextLook,
): string {
	if (text === "") return "";
	const side = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
	return `<text transform="translate(${round(x)},${round(y)})" font-family="${escapeMarkup(FONT_STACK)}" font-size="${size}px" font-weight="${weight}" fill="${fill}"${side}>${escapeMarkup(text)}</text>`;
}

/** A paragraph in a width. */
export function paragraph(text: string, width: number, look: TextLook, after = 0): PageBlock {
	const lines = text === "" ? [] : wrapText(text, width, look);
	const step = look.size * LEADING;
	return {
		height: lines.length === 0 ? 0 : lines.length * step + after,
		draw: (x, y) => lines.map((line, place) => textAt(line, x, y + look.size + place * step, look)).join(""),
	};
}

export function space(height: number): PageBlock {
	return { height, draw: () => "" };
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string {
	return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

/** A dot as a path, which all renderers draw alike. */
export function dot(x: number, y: number, radius: number, fill: string, stroke = "none"): string {
	const r = round(radius);
	return `<path d="M${round(x - radius)},${round(y)}A${r},${r},0,1,1,${round(x + radius)},${round(y)}A${r},${r},0,1,1,${round(x - radius)},${round(y)}Z" fill="${fill}" stroke="${stroke}"/>`;
}

/** Stacks blocks vertically. */
export function stack(blocks: readonly PageBlock[]): PageBlock {
	return {
		height: blocks.reduce((sum, { height }) => sum + height, 0),
		draw(x, y) {
			let top = y;
			return blocks
				.map((block) => {
					const drawn = block.draw(x, top);
					top += block.height;
					return drawn;
				})
				.join("");
		},
	};
}

/** Puts blocks side by side, each with its own width. */
export function beside(blocks: readonly PageBlock[], width: number, gap: number): PageBlock {
	return {
		height: Math.max(0, ...blocks.map(({ height }) => height)),
		draw: (x, y) => blocks.map((block, place) => block.draw(x + place * (width + gap), y)).join(""),
	};
}

/** Distributes blocks over columns in order, keeping the columns about equally long. */
export function columns(blocks: readonly PageBlock[], count: number, width: number, gap: number): PageBlock {
	const splits = waysToSplit(blocks.length, count);
	const tallest = (split: readonly number[]) =>
		Math.max(...parts(blocks, split).map((part) => stack(part).height));
	const [best = []] = splits.toSorted((a, b) => tallest(a) - tallest(b));
	return beside(
		parts(blocks, best).map((part) => stack(part)),
		width,
		gap,
	);
}

/** All choices of the blocks at which columns after the first begin. */
function waysToSplit(length: number, count: number, from = 0): number[][] {
	if (count <= 1) return [[]];
	return Array.from({ length: length - from + 1 }, (_, place) => from + place).flatMap((start) =>
		waysToSplit(length, count - 1, start).map((rest) => [start, ...rest]),
	);
}

function parts<T>(all: readonly T[], starts: readonly number[]): T[][] {
	return [0, ...starts].map((start, place) => all.slice(start, starts[place] ?? all.length));
}

export function widthOfText(text: string, { size, weight }: TextLook): number {
	return textWidth(text, size, weight);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
