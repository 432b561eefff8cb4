import { unescapeMarkup } from "../escape.js";
import { FONT_FAMILY, fontBytes, type Weight } from "./font.js";

// WOFF and not WOFF2, which takes three times as long and saves a fifth. Screens of today want no hints.
const SUBSET = {
	targetFormat: "woff" as const,
	noHinting: true,
	keepFeatures: ["kern", "liga", "ccmp", "mark", "mkmk"],
	/** The font's licence, and where it is. */
	preserveNameIds: [13, 14],
};

const NOTICE = "/* Source Sans 3, © 2010–2024 Adobe, SIL Open Font License 1.1: the letters used here */";

/**
 * The drawing with those letters of the shipped font inside it that it uses: the text is as wide as it was laid out
 * for, wherever the picture is shown. The same bytes for the same drawing.
 */
export async function withFont(svg: string): Promise<string> {
	const { default: subset } = await import("subset-font");
	const rules: string[] = [];
	for (const [weight, letters] of lettersOf(svg)) {
		const font = await subset(fontBytes(weight), letters, SUBSET);
		const address = `data:font/woff;base64,${font.toString("base64")}`;
		rules.push(`@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};src:url(${address})}`);
	}
	if (rules.length === 0) return svg;
	return svg.replace(/<svg [^>]*>/, (opening) => `${opening}<style>${NOTICE}${rules.join("")}</style>`);
}

/** The characters of each weight that is used, each once. */
function lettersOf(svg: string): [Weight, string][] {
	const used: Record<Weight, Set<string>> = { 400: new Set(), 600: new Set() };
	for (const [, attributes = "", content = ""] of svg.matchAll(
		/<text\b([^>]*)>((?:[^<]|<\/?tspan[^>]*>)*)/g,
	)) {
		const weight = /font-weight="(600|bold)"/.test(attributes) ? 600 : 400;
		for (const letter of unescapeMarkup(content.replace(/<[^>]*>/g, ""))) used[weight].add(letter);
	}
	return ([400, 600] as const)
		.map((weight): [Weight, string] => [weight, [...used[weight]].sort().join("")])
		.filter(([, letters]) => letters !== "");
}
