import type { Element } from "@xmldom/xmldom";
import { childrenOf, elementsOf, parseSvg } from "../svg-tree.js";
import { EMOJI_FAMILY, EMOJI_FILE, FONT_FILES } from "../text/font.js";
import { provenanceIn } from "./metadata.js";
import { ANCHOR_SHARES, weightOf } from "./place-runs.js";

type Document = PDFKit.PDFDocument;

/** A pixel of a drawing is a 96th of an inch, and a point of a page a 72nd. */
const POINTS = 72 / 96;

/** A page carries no date, so that the same drawing gives the same bytes. */
const LONG_AGO = new Date(0);

/** Attributes that children inherit. */
interface Style {
	fill: string;
	stroke: string;
	opacity: number;
}

/** A drawing as a page of its size: paths stay paths, and text stays text, in the shipped fonts. */
export async function pdfOf(svg: string, { title }: { title: string }): Promise<Uint8Array> {
	const { default: PDFDocument } = await import("pdfkit");
	const root = parseSvg(svg);
	const provenance = provenanceIn(root);
	const [width, height] = (root.getAttribute("viewBox") ?? "").split(" ").slice(2).map(Number) as [
		number,
		number,
	];
	const document = new PDFDocument({
		size: [width * POINTS, height * POINTS],
		margin: 0,
		// No built-in fonts: their metrics are files beside the code.
		font: FONT_FILES[400],
		info: {
			...{ Title: title, Creator: "talis-pd", CreationDate: LONG_AGO, ModDate: LONG_AGO },
			...(provenance === null ? {} : { Provenance: provenance }),
		},
		lang: root.getAttribute("lang") ?? "en",
	});
	for (const [weight, file] of Object.entries(FONT_FILES)) document.registerFont(weight, file);
	document.registerFont("emoji", EMOJI_FILE);
	const chunks: Uint8Array[] = [];
	const done = new Promise<void>((resolve, reject) => {
		document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
		document.on("end", () => resolve());
		document.on("error", reject);
	});
	document.scale(POINTS);
	const clips = clipsOf(root);
	draw(root, { fill: "#000000", stroke: "none", opacity: 1 }, document, clips);
	document.end();
	await done;
	return Buffer.concat(chunks);
}

const MARKS: Readonly<Record<string, (element: Element, style: Style, document: Document) => void>> = {
	path: (element, style, document) => {
		const path = element.getAttribute("d") ?? "";
		if (path !== "") paint(document.path(path), element, style, document);
	},
	rect: (element, style, document) => {
		const [x, y, width, height] = numbers(element, ["x", "y", "width", "height"]);
		if (width > 0 && height > 0) paint(document.rect(x, y, width, height), element, style, document);
	},
	line: (element, style, document) => {
		const [x1, y1, x2, y2] = numbers(element, ["x1", "y1", "x2", "y2"]);
		paint(document.moveTo(x1, y1).lineTo(x2, y2), element, { ...style, fill: "none" }, document);
	},
	text: drawText,
};

/** Areas beyond which marks are cut off, by their ids. */
type Clips = ReadonlyMap<string, Element>;

function clipsOf(root: Element): Clips {
	const found = [...elementsOf(root)].filter(({ tagName }) => tagName === "clipPath");
	return new Map(
		found.flatMap((one) => childrenOf(one).map((shape) => [one.getAttribute("id") ?? "", shape])),
	);
}

function draw(element: Element, inherited: Style, document: Document, clips: Clips): void {
	const style = styleOf(element, inherited);
	document.save();
	place(element, document);
	const clip = clips.get(/url\(#([^)]*)\)/.exec(element.getAttribute("clip-path") ?? "")?.[1] ?? "");
	if (clip?.tagName === "rect") {
		const [x, y, width, height] = numbers(clip, ["x", "y", "width", "height"]);
		document.rect(x, y, width, height).clip();
	}
	MARKS[element.tagName]?.(element, style, document);
	if (element.tagName === "svg" || element.tagName === "g") {
		for (const child of childrenOf(element)) draw(child, style, document, clips);
	}
	document.restore();
}

function styleOf(element: Element, inherited: Style): Style {
	const own = (name: string) => element.getAttribute(name);
	return {
		fill: own("fill") ?? inherited.fill,
		stroke: own("stroke") ?? inherited.stroke,
		opacity: inherited.opacity * Number(own("opacity") ?? 1),
	};
}

/** Shifts, turns and scales, in their order. */
function place(element: Element, document: Document): void {
	for (const [, name, list = ""] of (element.getAttribute("transform") ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
		const [a = 0, b] = list.split(/[ ,]+/).map(Number);
		if (name === "translate") document.translate(a, b ?? 0);
		if (name === "rotate") document.rotate(a);
		if (name === "scale") document.scale(a, b ?? a);
	}
}

function paint(
	shape: Document,
	element: Element,
	{ fill, stroke, opacity }: Style,
	document: Document,
): void {
	const own = (name: string, otherwise: number) => Number(element.getAttribute(name) ?? otherwise);
	const fills = fill !== "none" && fill !== "transparent";
	const strokes = stroke !== "none" && stroke !== "transparent" && own("stroke-width", 1) > 0;
	document.fillOpacity(opacity * own("fill-opacity", 1)).strokeOpacity(opacity * own("stroke-opacity", 1));
	document.lineWidth(own("stroke-width", 1));
	const dashes = element.getAttribute("stroke-dasharray");
	if (dashes !== null && dashes !== "") {
		const [length = 1, space = length] = dashes.split(/[ ,]+/).map(Number);
		document.dash(length, { space });
	}
	if (fills && strokes) shape.fillAndStroke(fill, stroke);
	else if (fills) shape.fill(fill);
	else if (strokes) shape.stroke(stroke);
	// A path that is not painted must not be part of the next one.
	else shape.closePath().fillOpacity(0).fill("#000000");
}

/** Vega's texts stand on their base lines, each line of several in a span. */
function drawText(element: Element, { fill, opacity }: Style, document: Document): void {
	const size = Number.parseFloat(element.getAttribute("font-size") ?? "11");
	const anchor = element.getAttribute("text-anchor") ?? "start";
	const spans = childrenOf(element);
	document.fillColor(fill).fillOpacity(opacity).fontSize(size);
	let y = 0;
	for (const line of spans.length > 0 ? spans : [element]) {
		const text = line.textContent ?? "";
		const isSpan = line !== element;
		y += isSpan ? Number(line.getAttribute("dy") ?? 0) : 0;
		const isEmoji = line.getAttribute("font-family")?.includes(EMOJI_FAMILY) === true && isSpan;
		document.font(isEmoji ? "emoji" : String(weightOf(element)));
		const own = isSpan ? (line.getAttribute("text-anchor") ?? anchor) : anchor;
		const width = own === "start" ? 0 : document.widthOfString(text);
		const left = Number((isSpan ? line.getAttribute("x") : null) ?? 0) - width * (ANCHOR_SHARES[own] ?? 0);
		const top = isSpan && line.hasAttribute("y") ? Number(line.getAttribute("y")) : y;
		document.text(text, left, top, { lineBreak: false, baseline: "alphabetic" });
	}
}

function numbers(element: Element, names: readonly string[]): [number, number, number, number] {
	return names.map((name) => Number(element.getAttribute(name) ?? 0)) as [number, number, number, number];
}
