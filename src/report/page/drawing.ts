import type { Element } from "@xmldom/xmldom";
import { html, type Markup, unsafe } from "../../base/html.js";
import {
	chartWords,
	elementsOf,
	type Shades,
	slimmed,
	svgText,
	type TopLevelSpec,
	themed,
} from "../../chart/index.js";
import { type Language, type Locale, loadLocale } from "../../wording/locale.js";
import type { Drawn } from "../charts.js";
import { tablePath } from "../tables.js";

/** Id of a chart → its drawing on the page. */
export type Drawings = ReadonlyMap<string, Markup>;

/**
 * The charts of a report as drawings inside the page, each with its description and its files; their colours are the page's
 * shades.
 * @param tables Id of a chart → name of the table that has its figures.
 */
export function drawings(
	charts: readonly Drawn[],
	language: Language,
	tables: ReadonlyMap<string, string>,
	shades: Shades,
): Drawings {
	const locale = loadLocale(language);
	const made = new Map<string, Markup>();
	for (const { id, spec, svgs, narrowSvgs } of charts) {
		const tools = toolsOf(id, spec, tables.get(id), locale);
		const root = slimmed(themed(svgs, shades));
		const name = firstSentence(root.getAttribute("aria-label") ?? "");
		makeOwn(root, id);
		const wide = html`<div class="scroll" role="region" tabindex="0" aria-label="${name}">${unsafe(svgText(root))}</div>`;
		made.set(
			id,
			narrowSvgs === null
				? html`<figure class="chart">${wide}${tools}</figure>
`
				: html`<figure class="chart two">${wide}<div class="narrow">${narrowDrawing(narrowSvgs, `${id}-narrow`, shades)}</div>${tools}</figure>
`,
		);
	}
	return made;
}

/** What a reader can take from a figure: its numbers, its pictures and its citation. */
function toolsOf(id: string, spec: TopLevelSpec, table: string | undefined, locale: Locale): Markup {
	const link = (key: string, path: string) =>
		html`<a href="${path}" download>${locale.text(`page.${key}`)}</a> `;
	return html`<figcaption class="tools">${table === undefined ? null : link("csv", tablePath(table))}${link("svg", `charts/${id}.svg`)}${link("png", `charts/${id}.png`)}<button type="button" data-cite="${chartWords(spec).citation}" data-done="${locale.text("page.copied")}">${locale.text("page.cite")}</button></figcaption>`;
}

function narrowDrawing(svgs: readonly string[], prefix: string, shades: Shades): Markup {
	const root = slimmed(themed(svgs, shades));
	makeOwn(root, prefix);
	return unsafe(svgText(root));
}

/** Makes ids unique, because all drawings share the page. */
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
