import { places, world } from "../../chart/index.js";
import type { Atlas } from "../pack.js";

const WIDTH = 1000;

/** Height of a map of the world without Antarctica, for a width of 1. */
const HEIGHT = 0.45;
const DECIMALS = 1;

interface Country {
	properties: { code: string };
}

/** What Vega's projections do; its own types do not say so. */
interface Projection {
	(at: [number, number]): [number, number];
	rotate(angles: number[]): Projection;
	fitSize(size: [number, number], what: object): Projection;
	path(what: object): string | null;
}

/** The world in an equal-area projection, as the map of a chart has it. */
export async function atlas(): Promise<Atlas> {
	const vega = (await import("vega")) as unknown as {
		projection(name: string): () => Projection;
		read(data: object, format: object): Country[];
	};
	const height = WIDTH * HEIGHT;
	const features = vega.read(world(), { type: "topojson", feature: "countries" });
	const project = vega
		.projection("equalEarth")()
		.rotate([-11, 0, 0])
		.fitSize([WIDTH, height], { type: "FeatureCollection", features });
	const shapes = features.flatMap((country) => {
		const path = rounded(project.path(country) ?? "");
		return path === "" ? [] : [[country.properties.code, path]];
	});
	const marks = Object.entries(places()).map(([code, { at, mark }]) => {
		const [x, y] = project(at);
		return [code, { x: Math.round(x), y: Math.round(y), mark }];
	});
	return { width: WIDTH, height, shapes: Object.fromEntries(shapes), places: Object.fromEntries(marks) };
}

/** Tenths are enough for a map of a thousand steps. */
function rounded(path: string): string {
	return path.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(DECIMALS))));
}
