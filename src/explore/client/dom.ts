export type ElementAttributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Child = Node | string | null;

const SVG = "http://www.w3.org/2000/svg";

/** An element of HTML; attributes that are null, undefined or false are left out, and true ones have no value. */
export function el<K extends keyof HTMLElementTagNameMap>(
	name: K,
	attributes: ElementAttributes = {},
	...children: Child[]
): HTMLElementTagNameMap[K] {
	return filled(document.createElement(name), attributes, children);
}

/** The same of SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
	name: K,
	attributes: ElementAttributes = {},
	...children: Child[]
): SVGElementTagNameMap[K] {
	return filled(document.createElementNS(SVG, name), attributes, children);
}

/** An empty drawing whose marks are walked through by keys, as the page says beside it. */
export function drawingOf(width: number, height: number, className: string, label: string): SVGSVGElement {
	return svg("svg", {
		...{ width, height, viewBox: `0 0 ${width} ${height}`, role: "group" },
		...{ "aria-describedby": "keys", class: className, "aria-label": label },
	});
}

function filled<T extends Element>(element: T, attributes: ElementAttributes, children: readonly Child[]): T {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === null || value === undefined || value === false) continue;
		element.setAttribute(name, value === true ? "" : String(value));
	}
	element.append(...children.filter((child) => child !== null));
	return element;
}

/** Calls what is to be done when something happens to an element, and gives the element. */
export function on<T extends Element>(element: T, event: string, act: (event: Event) => void): T {
	element.addEventListener(event, act);
	return element;
}

const pen = document.createElement("canvas").getContext("2d");

/** Width of a line of text in the page's font. */
export function pageTextWidth(text: string, size: number, bold = false): number {
	if (pen === null) return text.length * size * 0.5;
	pen.font = `${bold ? 600 : 400} ${size}px "Source Sans 3", sans-serif`;
	return pen.measureText(text).width;
}

/** A text that is cut to a width; its whole is said where it is focused. */
export function cutToWidth(text: string, width: number, size: number, bold = false): string {
	if (pageTextWidth(text, size, bold) <= width) return text;
	let end = text.length;
	while (end > 1 && pageTextWidth(`${text.slice(0, end)}…`, size, bold) > width) end--;
	return `${text.slice(0, end).trimEnd()}…`;
}
