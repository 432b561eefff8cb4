import { DOMParser, type Document, type Element, XMLSerializer } from "@xmldom/xmldom";

const SVG = "http://www.w3.org/2000/svg";

/** Parses a drawing into a tree. Serialising an unchanged tree gives Vega's SVG text again, byte for byte. */
export function parseSvg(svg: string): Element {
	return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as Element;
}

/** A drawing as text, without anything before its root element. */
export function svgText(root: Element): string {
	return new XMLSerializer().serializeToString(root);
}

/** An element and all its descendants, in document order. */
export function* elementsOf(root: Element): Generator<Element> {
	yield root;
	for (const child of childrenOf(root)) yield* elementsOf(child);
}

/** Child elements. */
export function childrenOf(element: Element): Element[] {
	return [...element.childNodes].filter((node) => node.nodeType === node.ELEMENT_NODE) as Element[];
}

/** A new element with its attributes in the given order, and a text. */
export function newElement(
	name: string,
	attributes: Readonly<Record<string, string>>,
	text: string,
	{ ownerDocument }: Pick<Element, "ownerDocument">,
): Element {
	const document = ownerDocument as Document;
	const element = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.appendChild(document.createTextNode(text));
	return element;
}

/** Inserts attributes before those that an element already has. */
export function putAttributesFirst(element: Element, attributes: Readonly<Record<string, string>>): void {
	const own = [...element.attributes];
	for (const one of own) element.removeAttributeNode(one);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	for (const one of own) element.setAttributeNode(one);
}

/** Removes characters that XML forbids; labels from a damaged file may contain them. */
export function wellFormed(xml: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	return xml.replace(/[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, "");
}
