import type { Element } from "@xmldom/xmldom";
import { html, type Markup, unsafe } from "../../base/html.js";
import { elementsOf, type Shades, svgText, themed } from "../../chart/index.js";
import type { Language } from "../../wording/locale.js";
import type { Drawn } from "../charts.js";

/** Id of a chart → its drawing on the page. */
export type Drawings = ReadonlyMap<string, Markup>;

/** The charts of a report as drawings inside the page, each with its description; their colours are the page's shades. */
export function drawings(charts: readonly Drawn[], language: Language, shades: Shades): Drawings {
	const made = new Map<string, Markup>();
	for (const { id, svgs, narrowSvgs } of charts) {
		const root = themed(svgs, shades);
		const name = firstSentence(root.getAttribute("aria-label") ?? "");
		makeOwn(root, `${language}-${id}`);
		const wide = html`<div class="scroll" role="region" tabindex="0" aria-label="${name}">${unsafe(svgText(root))}</div>`;
		made.set(
			id,
			narrowSvgs === null
				? html`<figure class="chart">${wide}</figure>
`
				: html`<figure class="chart two">${wide}<div class="narrow">${narrowDrawing(narrowSvgs, `${language}-${id}-narrow`, shades)}</div></figure>
`,
		);
	}
	return made;
}

function narrowDrawing(svgs: readonly string[], prefix: string, shades: Shades): Markup {
	const root = themed(svgs, shades);
	makeOwn(root, prefix);
	return unsafe(svgText(root));
}

/** Ids are made this drawing's own, as all drawings share the page. */
function makeOwn(root: Element, prefix: string): void {
	for (const { attributes } of elementsOf(root)) {
		for (const attribute of attributes) {
			const { name, value } = attribute;
			if (name === "id") attribute.value = `${prefix}-${value}`;
			else if (/^(xlink:)?href$/.test(name)) attribute.value = value.replace(/^#/, `#${prefix}-`);
			else if (value.includes("url(#")) attribute.value = value.replaceAll("url(#", `url(#${prefix}-`);
		}
	}
}

/** Of a chart's description, which is its title. */
export function firstSentence(description: string): string {
	const [first = ""] = description.split(". ");
	return first;
}
