import { classesOf, classOf } from "../../base/classes.js";
import type { Figured } from "../../compare/figured.js";
import { drawingOf, pageTextWidth, svg } from "./dom.js";
import { summaryOf, tickText } from "./rank.js";
import { type Acts, mark, roving } from "./rows.js";
import { codeOf, type Shown } from "./shown.js";

const LEGEND_LINE = 22;
const SQUARE = 9;
const DOT = 4.5;

/** Systems on the map of the world, each in the shade of the class of its figure; what is hidden is hatched. */
export function worldMap(shown: Shown, width: number, acts: Acts): SVGSVGElement {
	const { pack, systems, state } = shown;
	const { atlas } = pack;
	const zoom = width / atlas.width;
	const limits = classesOf(systems.flatMap(({ estimate }) => estimate.estimate ?? []));
	const top = Math.round(atlas.height * zoom) + 10;
	const key = legend(shown, limits, width);
	const height = top + key.height;
	const drawing = drawingOf(width, height, "drawing map", summaryOf(shown));
	drawing.append(hatch());
	const world = svg("g", { transform: `scale(${zoom})`, "aria-hidden": "true" });
	for (const path of Object.values(atlas.shapes)) world.append(svg("path", { class: "land", d: path }));
	drawing.append(world);
	const shadeOf = ({ estimate: { estimate } }: Figured) =>
		estimate === null ? "none" : `class-${rampPlace(classOf(estimate, limits), limits.length - 1)}`;
	// Small marks and pinned shapes lie on top of others.
	const order = (one: Figured) =>
		Number(atlas.shapes[codeOf(one)] === undefined) + Number(state.pins.includes(codeOf(one)));
	for (const one of [...systems].sort((a, b) => order(a) - order(b))) {
		const shape = shapeOf(shown, one, zoom);
		if (shape === null) continue;
		shape.setAttribute("class", `area ${shadeOf(one)}`);
		drawing.append(mark(shown, one, acts, shape));
	}
	drawing.append(svg("g", { transform: `translate(0 ${top})`, "aria-hidden": "true" }, ...key.marks));
	roving(drawing);
	return drawing;
}

/** Systems that have neither a shape nor a place on the map. */
export function offTheMap({ pack: { atlas }, systems }: Shown): Figured[] {
	return systems.filter(
		(one) => atlas.shapes[codeOf(one)] === undefined && atlas.places[codeOf(one)] === undefined,
	);
}

function shapeOf({ pack: { atlas } }: Shown, one: Figured, zoom: number): SVGElement | null {
	const code = codeOf(one);
	const place = atlas.places[code];
	if (place !== undefined) {
		const [x, y] = [place.x * zoom, place.y * zoom];
		return place.mark === "dot"
			? svg("circle", { cx: x, cy: y, r: DOT })
			: svg("rect", { x: x - SQUARE / 2, y: y - SQUARE / 2, width: SQUARE, height: SQUARE });
	}
	const path = atlas.shapes[code];
	return path === undefined ? null : svg("path", { d: path, transform: `scale(${zoom})` });
}

/** Of five shades, those that are farthest apart. */
function rampPlace(place: number, count: number): number {
	return count <= 1 ? 2 : Math.round((4 * place) / (count - 1));
}

function hatch(): SVGElement {
	return svg(
		"defs",
		{},
		svg(
			"pattern",
			{ id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
			svg("rect", { class: "hatch-paper", width: 5, height: 5 }),
			svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 5 }),
		),
	);
}

/** Classes and their shades, in as many lines as the width asks for. */
function legend(shown: Shown, limits: readonly number[], width: number) {
	const { words, systems } = shown;
	const classes = limits.slice(1).map((high, place) => ({
		look: `class-${rampPlace(place, limits.length - 1)}`,
		text: `${tickText(shown, limits[place] ?? 0)} – ${tickText(shown, high)}`,
	}));
	const hidden = systems.some(({ estimate }) => estimate.estimate === null);
	const entries = hidden ? [...classes, { look: "none", text: words.text("chart.map-none") }] : classes;
	const room = Math.max(...entries.map(({ text }) => pageTextWidth(text, 12))) + 40;
	const inLine = Math.max(1, Math.floor(width / room));
	const marks = entries.flatMap(({ look, text }, place) => {
		const x = 2 + room * (place % inLine);
		const y = LEGEND_LINE * Math.floor(place / inLine);
		return [
			svg("rect", { class: `area ${look}`, x, y, width: 18, height: 12 }),
			svg("text", { class: "tick", x: x + 23, y: y + 11 }, text),
		];
	});
	return { marks, height: LEGEND_LINE * Math.ceil(entries.length / inLine) };
}
