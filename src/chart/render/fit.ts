import { childrenOf, parseSvg, svgText } from "../svg-tree.js";

/** A picture's size in pixels. */
export interface Size {
	width: number;
	height: number;
}

/** How much larger a drawing stands in a size, and whether its height keeps it from standing larger. */
export function scaleIn(svg: string, size: Size): { scale: number; tooHigh: boolean } {
	const own = sizeOf(svg);
	const [across, down] = [size.width / own.width, size.height / own.height];
	return { scale: Math.min(across, down), tooHigh: down < across };
}

/** The drawing in the middle of a picture of just that size, on paper of its own. */
export function fitInto(svg: string, size: Size): string {
	const root = parseSvg(svg);
	const own = sizeOf(svg);
	const { scale } = scaleIn(svg, size);
	const [left, top] = [(size.width - own.width * scale) / 2, (size.height - own.height * scale) / 2];
	const paper =
		childrenOf(root)
			.find(({ tagName }) => tagName === "rect")
			?.getAttribute("fill") ?? "#ffffff";
	const group = `<g transform="translate(${rounded(left)},${rounded(top)}) scale(${rounded(scale)})">`;
	const inside = childrenOf(root).map(svgText).join("");
	for (const [name, value] of Object.entries(size)) root.setAttribute(name, String(value));
	root.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
	while (root.firstChild !== null) root.removeChild(root.firstChild);
	const opened = svgText(root).replace(/\/?>(<\/svg>)?$/, ">");
	return `${opened}<rect width="${size.width}" height="${size.height}" fill="${paper}"/>${group}${inside}</g></svg>`;
}

function sizeOf(svg: string): Size {
	const root = parseSvg(svg);
	return { width: Number(root.getAttribute("width")), height: Number(root.getAttribute("height")) };
}

function rounded(value: number): string {
	return String(Math.round(value * 1e4) / 1e4);
}
