import { textWidth } from "../../src/chart/text/text-runs.js";

/** One line of text of an SVG, as measured in the shipped font; lengths in the SVG's pixels. */
export interface TextBox {
	text: string;
	weight: 400 | 600;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export interface Drawing {
	width: number;
	height: number;
	texts: TextBox[];
}

interface Offset {
	x: number;
	y: number;
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };

/** Every line of text in an SVG that Vega wrote: groups and texts are only ever moved, and texts turned upright, never scaled. */
export function readTexts(svg: string): Drawing {
	const [, width = "", height = ""] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
	const texts: TextBox[] = [];
	const groups: Offset[] = [{ x: 0, y: 0 }];
	for (const [, close, name, attributes = "", content = ""] of svg.matchAll(
		/<(\/?)(g|text)\b([^>]*)>((?:[^<]|<\/?tspan[^>]*>)*)/g,
	)) {
		if (close === "/" && name === "g") groups.pop();
		if (close === "/" || attributes.endsWith("/")) continue;
		const at = moved(groups.at(-1) ?? { x: 0, y: 0 }, attributes);
		if (name === "g") groups.push(at);
		else texts.push(...lines(at, attributes, content));
	}
	return { width: Number(width), height: Number(height), texts };
}

function moved(from: Offset, attributes: string): Offset {
	const [, x = "0", y = "0"] = /transform="translate\(([^,]+),([^)]+)\)/.exec(attributes) ?? [];
	return { x: from.x + Number(x), y: from.y + Number(y) };
}

function lines({ x, y }: Offset, attributes: string, content: string): TextBox[] {
	const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1];
	const size = Number.parseFloat(attribute("font-size") ?? "11");
	const weight = /600|bold/.test(attribute("font-weight") ?? "") ? 600 : 400;
	const share = { start: 0, middle: 0.5, end: 1 }[attribute("text-anchor") ?? "start"] ?? 0;
	const parts = spansOf(content);
	let baseline = y;
	return parts.map(([span, raw]) => {
		baseline += Number(/dy="([^"]*)"/.exec(span)?.[1] ?? 0);
		baseline = y + Number(placeOf(span) ?? baseline - y);
		const text = raw.replace(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
		const width = textWidth(text, size, weight);
		const left = x - share * width;
		const above = 0.75 * size;
		const below = 0.25 * size;
		// Turned upright, a text runs upwards from its place and its lines stand beside each other.
		const turned = /rotate\((?:-90|270)\)(?: translate\(([^,]+),([^)]+)\))?/.exec(attributes);
		if (turned !== null) {
			const across = x + baseline - y + Number(turned[2] ?? 0);
			const bottom = y - Number(turned[1] ?? 0) + share * width;
			return { text, weight, left: across - above, right: across + below, top: bottom - width, bottom };
		}
		return {
			text,
			weight,
			left,
			right: left + width,
			top: baseline - above,
			bottom: baseline + below,
		};
	});
}

/** Attributes and content of each line; runs that have places of their own in one line are one. */
function spansOf(content: string): [string, string][] {
	const lines: [string, string][] = [];
	for (const [, attributes = "", text = ""] of content.matchAll(/<tspan([^>]*)>([^<]*)/g)) {
		const last = lines.at(-1);
		const place = placeOf(attributes);
		if (last !== undefined && place !== undefined && placeOf(last[0]) === place) last[1] += text;
		else lines.push([attributes, text]);
	}
	return lines.length === 0 ? [["", content]] : lines;
}

function placeOf(span: string): string | undefined {
	return / y="([^"]*)"/.exec(span)?.[1];
}

/** Pairs of texts whose boxes, a little shrunk, share room. */
export function overlaps(texts: TextBox[]): [string, string][] {
	const slack = 1.5;
	const boxes = texts.filter(({ text }) => text !== "").toSorted((a, b) => a.top - b.top);
	return boxes.flatMap((a, index) => {
		const found: [string, string][] = [];
		for (const b of boxes.slice(index + 1)) {
			if (b.top + slack >= a.bottom - slack) break;
			if (a.left < b.right && b.left < a.right) found.push([a.text, b.text]);
		}
		return found;
	});
}
