import type { TopLevelSpec } from "vega-lite";
import { THEMES } from "../choices.js";
import { parseSvg, putAttributesFirst, svgText, wellFormed } from "../svg-tree.js";
import { EMOJI_FAMILY, EMOJI_FILE, FONT_FAMILY, FONT_FILES } from "../text/font.js";
import { textWidth } from "../text/text-runs.js";
import { coloursOf } from "../theme/theme.js";
import { withFont } from "./embed-fonts.js";
import { addMetadata, factsOf, withXmp, xmpIn } from "./metadata.js";
import { setRuns } from "./place-runs.js";

type Vega = typeof import("vega");

/** Part of Vega's public exports that its type declarations leave out. */
interface TextMetrics {
	textMetrics: { width: (item: TextItem, text: unknown) => number };
}

interface TextItem {
	fontSize?: number;
	fontWeight?: number | string;
}

/**
 * SVG text of a chart, drawn without a browser: the same bytes for the same specification.
 * Text stays text, and the letters it needs of the shipped font are inside.
 * @example
 * import { published } from "talis-pd";
 * import { chart, renderSvg } from "talis-pd/chart";
 *
 * const spec = await chart(published({ countries: ["KAZ"], topics: ["focus"] }), { format: "vega-lite" });
 * console.log((await renderSvg({ ...spec, background: "white" })).slice(0, 4)); // <svg
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
	return withFont(await drawSvg(spec));
}

/**
 * The same drawing in every theme, in the order of THEMES; they differ in colours alone. Without the font: for a page
 * that has it, and for `withFont`.
 */
export function renderSvgs(spec: TopLevelSpec): Promise<string[]> {
	return drawAll(
		spec,
		THEMES.map((theme) => coloursOf(theme)),
	);
}

/**
 * PNG bytes of a chart, `scale` pixels for each pixel of the SVG, with the shipped font and no other.
 * @example
 * import { published } from "talis-pd";
 * import { chart, renderPng } from "talis-pd/chart";
 *
 * const spec = await chart(published({ countries: ["KAZ"], topics: ["focus"] }), { format: "vega-lite" });
 * console.log(Buffer.from(await renderPng(spec, { scale: 1 })).toString("latin1", 1, 4)); // PNG
 */
export async function renderPng(spec: TopLevelSpec, options: { scale?: number } = {}): Promise<Uint8Array> {
	return pngOf(await drawSvg(spec), options);
}

/** PNG bytes of a chart's SVG. */
export async function pngOf(svg: string, { scale = 2 } = {}): Promise<Uint8Array> {
	const { Resvg } = await import("@resvg/resvg-js");
	const image = new Resvg(svg, {
		fitTo: { mode: "zoom", value: scale },
		font: {
			loadSystemFonts: false,
			fontFiles: [...Object.values(FONT_FILES), ...(svg.includes(EMOJI_FAMILY) ? [EMOJI_FILE] : [])],
			defaultFontFamily: FONT_FAMILY,
		},
	});
	const png = image.render().asPng();
	const packet = xmpIn(parseSvg(svg));
	return packet === null ? png : withXmp(png, packet);
}

/** A chart as SVG without its letters, which the viewer must have installed. */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
	const [svg] = await drawAll(spec, [[]]);
	return svg as string;
}

/** Colours are signals of the view, so that a drawing in other ones is laid out only once. */
async function drawAll(
	spec: TopLevelSpec,
	palettes: readonly (readonly { name: string; value: unknown }[])[],
): Promise<string[]> {
	const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
	measureWithFont(vega);
	const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
	const drawings: string[] = [];
	try {
		for (const palette of palettes) {
			for (const { name, value } of palette) view.signal(name, value);
			// Ids of clip paths count up over the life of the process, which would change a second drawing.
			vega.resetSVGDefIds();
			drawings.push(finished(await view.toSVG(), spec));
		}
	} finally {
		view.finalize();
	}
	return drawings;
}

/** Without a canvas Vega guesses widths from the number of letters; the font knows them. */
function measureWithFont(vega: Vega): void {
	(vega as unknown as TextMetrics).textMetrics.width = ({ fontSize = 11, fontWeight = 400 }, text) =>
		textWidth(String(text ?? "").trim(), fontSize, fontWeight === 600 || fontWeight === "bold" ? 600 : 400);
}

/** A drawing with its runs of letters in their places, which says what it is to who cannot see it. */
function finished(svg: string, spec: TopLevelSpec): string {
	const root = parseSvg(wellFormed(svg));
	setRuns(root);
	putAttributesFirst(root, { role: "img", "aria-label": wellFormed(spec.description ?? "") });
	const facts = factsOf(spec);
	if (facts !== null) addMetadata(root, facts);
	return svgText(root);
}
