import type { Element } from "@xmldom/xmldom";
import { childrenOf } from "../svg-tree.js";
import { FONT_STACK } from "../text/font.js";

/** What is so where nothing is said, or says nothing in a drawing that is one picture with a description. */
const SAYS_NOTHING: Readonly<Record<string, RegExp>> = {
	class: /./,
	"pointer-events": /./,
	"aria-hidden": /./,
	"aria-roledescription": /./,
	"stroke-miterlimit": /./,
	opacity: /^1$/,
	transform: /^translate\(0,0\)$/,
	"text-anchor": /^start$/,
	"font-weight": /^(400|normal)$/,
	"stroke-width": /^1$/,
};

/** Attributes that all contents of a group inherit. */
const INHERITED = ["fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor"];

/** A circle as Vega writes it. */
const CIRCLE = /^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0$/;

/** A translation, and nothing else. */
const PLACE = /^translate\(([^,()]+),([^,()]+)\)$/;

/** Numbers with many decimals. */
const LONG = /-?\d*\.\d{3,}(e-?\d+)?/g;

/**
 * The same drawing in a third of its letters, for a page that has many and sets their font: nothing that is not seen, what
 * all of a group share said once, lines of a grid as one.
 */
export function slimmed(root: Element): Element {
	for (const child of childrenOf(root)) slim(child);
	return root;
}

function slim(element: Element): void {
	if (isUnseen(element)) {
		element.parentNode?.removeChild(element);
		return;
	}
	tidy(element);
	for (const child of childrenOf(element)) slim(child);
	if (element.tagName !== "g") return;
	joinLines(element);
	handUp(element);
	if (element.attributes.length > 0 && element.childNodes.length > 0) return;
	while (element.firstChild !== null) element.parentNode?.insertBefore(element.firstChild, element);
	element.parentNode?.removeChild(element);
}

/** Frames of views, which Vega writes also where they have neither a fill nor a stroke; texts without letters. */
function isUnseen(element: Element): boolean {
	if (element.tagName === "text") return element.textContent === "";
	if (!/\b(back|fore)ground\b/.test(element.getAttribute("class") ?? "")) return false;
	return [element.getAttribute("fill"), element.getAttribute("stroke")].every(
		(colour) => (colour ?? "none") === "none",
	);
}

function tidy(element: Element): void {
	if (element.tagName !== "text" && element.tagName !== "tspan" && element.getAttribute("role") !== null) {
		element.removeAttribute("role");
		element.removeAttribute("aria-label");
	}
	for (const { name, value } of [...element.attributes]) {
		if (SAYS_NOTHING[name]?.test(value) === true) element.removeAttribute(name);
		else if (name === "font-family" && value === FONT_STACK) element.removeAttribute(name);
		else if (/^(transform|d|x|y|x2|y2|width|height)$/.test(name)) element.setAttribute(name, rounded(value));
	}
	const [, radius] = CIRCLE.exec(element.getAttribute("d") ?? "") ?? [];
	if (element.tagName === "path" && radius !== undefined) becomeCircle(element, radius);
	else if (element.tagName === "text" && childrenOf(element).length === 0) placeBy(element, "x", "y");
}

/** Where an element is, by two attributes that are shorter than a translation. */
function placeBy(element: Element, ...names: readonly [x: string, y: string]): void {
	const place = PLACE.exec(element.getAttribute("transform") ?? "");
	if (place === null) return;
	element.removeAttribute("transform");
	for (const [index, name] of names.entries()) {
		const value = place[index + 1] as string;
		if (value !== "0") element.setAttribute(name, value);
	}
}

function rounded(text: string): string {
	return text.replace(LONG, (number) => String(Math.round(Number(number) * 100) / 100));
}

function becomeCircle(path: Element, radius: string): void {
	const circle = path.ownerDocument?.createElementNS(path.namespaceURI, "circle") as Element;
	for (const { name, value } of [...path.attributes]) if (name !== "d") circle.setAttribute(name, value);
	circle.setAttribute("r", radius);
	placeBy(circle, "cx", "cy");
	for (const child of [...path.childNodes]) circle.appendChild(child);
	path.parentNode?.replaceChild(circle, path);
}

/** Lines in a row that differ in their places alone, as one path. */
function joinLines(group: Element): void {
	const runs: { look: string | null; lines: Element[] }[] = [];
	for (const child of childrenOf(group)) {
		const last = runs.at(-1);
		const look = lookOf(child);
		if (last !== undefined && look !== null && look === last.look) last.lines.push(child);
		else runs.push({ look, lines: [child] });
	}
	for (const { lines } of runs) if (lines.length > 1) joinRun(group, lines);
}

/** Attributes of a line other than its position; null for anything that is not a line. */
function lookOf(line: Element): string | null {
	if (line.tagName !== "line" || line.childNodes.length > 0) return null;
	return [...line.attributes]
		.filter(({ name }) => !/^(transform|x2|y2)$/.test(name))
		.map(({ name, value }) => `${name}=${value}`)
		.join();
}

function joinRun(group: Element, lines: readonly Element[]): void {
	const [first] = lines as [Element];
	const path = first.ownerDocument?.createElementNS(first.namespaceURI, "path") as Element;
	for (const { name, value } of [...first.attributes])
		if (!/^(transform|x2|y2)$/.test(name)) path.setAttribute(name, value);
	path.setAttribute("d", lines.map(asPath).join(""));
	group.insertBefore(path, first);
	for (const line of lines) group.removeChild(line);
}

function asPath(line: Element): string {
	const [, x = "0", y = "0"] = PLACE.exec(line.getAttribute("transform") ?? "") ?? [];
	const [right, down] = ["x2", "y2"].map((name) => line.getAttribute(name) ?? "0") as [string, string];
	const way = down === "0" ? `h${right}` : right === "0" ? `v${down}` : `l${right},${down}`;
	return `M${x},${y}${way}`;
}

/** Attributes shared by all members move to the group. */
function handUp(group: Element): void {
	const members = childrenOf(group);
	const [first] = members;
	if (first === undefined || members.length < 2) return;
	for (const name of INHERITED) {
		const value = first.getAttribute(name);
		if (value === null || members.some((member) => member.getAttribute(name) !== value)) continue;
		for (const member of members) member.removeAttribute(name);
		group.setAttribute(name, value);
	}
}
