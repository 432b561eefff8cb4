import { crc32 } from "node:zlib";
import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import type { TopLevelSpec } from "vega-lite";
import { escapeMarkup } from "../../base/escape.js";
import type { Provenance } from "../../results/provenance.js";
import { elementsOf, parseSvg, svgText, wellFormed } from "../svg-tree.js";

/** Provenance of a drawing, with the names of JSON results. */
type Facts = Readonly<Record<string, string | number>>;

/** Where a specification records its provenance: Vega-Lite keeps `usermeta` and does not draw it. */
const KEY = "talis-pd";

/** Provenance as a part of a specification. */
export function usermetaOf(provenance: Provenance): { usermeta: Record<string, Facts> } {
	return { usermeta: { [KEY]: Object.fromEntries(provenance) } };
}

/** Provenance of a specification; null if it has none. */
export function factsOf({ usermeta = {} }: Pick<TopLevelSpec, "usermeta">): Facts | null {
	return ((usermeta as Record<string, unknown>)[KEY] as Facts | undefined) ?? null;
}

/** Of this tool, as XMP has no names for designs and codebooks. */
const OWN_NAMES = "urn:talis-pd:provenance";

/** The same for a drawing without a specification. */
export function withMetadata(svg: string, provenance: Provenance): string {
	const root = parseSvg(svg);
	addMetadata(root, Object.fromEntries(provenance));
	return svgText(root);
}

/** Gives a drawing what it is made from, as XMP, which programs look for in SVG, PNG and PDF alike. */
export function addMetadata(root: Element, facts: Facts): void {
	const document = root.ownerDocument as Document;
	const xml = `<metadata xmlns="http://www.w3.org/2000/svg">${packetOf(facts)}</metadata>`;
	const made = new DOMParser().parseFromString(xml, "text/xml").documentElement as Element;
	root.appendChild(document.importNode(made, true));
}

function packetOf(facts: Facts): string {
	const files = Object.entries(facts).filter(([name]) => /^source\.\d+\.file$/.test(name));
	const parts = {
		"xmp:CreatorTool": `${facts["tool.name"]} ${facts["tool.version"]}`,
		"dc:source": files.map(([, file]) => file).join(", "),
		"own:provenance": JSON.stringify(facts),
	};
	const elements = Object.entries(parts).map(
		([name, text]) => `<${name}>${escapeMarkup(wellFormed(text))}</${name}>`,
	);
	return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:own="${OWN_NAMES}">${elements.join("")}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

/** The packet in a drawing, as text; null where there is none. */
export function xmpIn(root: Element): string | null {
	const [packet] = [...elementsOf(root)].filter(({ tagName }) => tagName === "x:xmpmeta");
	return packet === undefined ? null : svgText(packet);
}

/** Provenance of a drawing as JSON; null if it has none. */
export function provenanceIn(root: Element): string | null {
	const [text] = [...elementsOf(root)].filter(({ tagName }) => tagName === "own:provenance");
	return text?.textContent ?? null;
}

/** For a page that says itself what its drawings are made from. */
export function withoutMetadata(root: Element): Element {
	for (const element of [...elementsOf(root)]) {
		if (element.tagName === "metadata") element.parentNode?.removeChild(element);
	}
	return root;
}

/** Where the first chunk of a PNG, its header, ends. */
const HEADER_END = 33;

/** A PNG with an XMP packet, in the chunk that is for it. */
export function withXmp(png: Uint8Array, packet: string): Uint8Array {
	const content = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>${packet}<?xpacket end="r"?>`;
	// Keyword, no compression, no language, no translated keyword.
	const data = Buffer.from(`iTXtXML:com.adobe.xmp\0\0\0\0\0${content}`, "utf8");
	const chunk = Buffer.alloc(data.length + 8);
	chunk.writeUInt32BE(data.length - 4, 0);
	data.copy(chunk, 4);
	chunk.writeUInt32BE(crc32(data), data.length + 4);
	return Buffer.concat([png.subarray(0, HEADER_END), chunk, png.subarray(HEADER_END)]);
}
