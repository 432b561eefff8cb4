import { unescapeMarkup } from "../../base/escape.js";
import { html, type Markup, unsafe } from "../../base/html.js";
import { type Shades, themed } from "../../chart/index.js";
import type { Language } from "../../wording/locale.js";
import type { Drawn } from "../charts.js";

/** Id of a chart → its drawing on the page. */
export type Drawings = ReadonlyMap<string, Markup>;

/** The charts of a report as drawings inside the page, each with its description; their colours are the page's shades. */
export function drawings(charts: readonly Drawn[], language: Language, shades: Shades): Drawings {
	const made = new Map<string, Markup>();
	for (const { id, svgs } of charts) {
		const svg = inline(themed(svgs, shades), `${language}-${id}`);
		made.set(
			id,
			html`<figure class="chart"><div class="scroll" role="region" tabindex="0" aria-label="${nameOf(svg)}">${unsafe(svg)}</div></figure>
`,
		);
	}
	return made;
}

/** Ids are made this drawing's own, as all drawings share the page. Its size may shrink. */
function inline(svg: string, prefix: string): string {
	return svg
		.replace(/<\?xml[^>]*\?>\s*|<!DOCTYPE[^>]*>\s*/g, "")
		.replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${prefix}-${id}"`)
		.replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${prefix}-${id})`)
		.replace(/(xlink:)?href="#([^"]+)"/g, (_, space = "", id: string) => `${space}href="#${prefix}-${id}"`);
}

/** The first sentence of the description, which is the chart's title. */
function nameOf(svg: string): string {
	const [, label = ""] = /aria-label="([^"]*)"/.exec(svg) ?? [];
	const [first = ""] = unescapeMarkup(label).split(". ");
	return first;
}
