import { once } from "../../../base/once.js";
import { readAsset } from "../../../platform/assets.js";

/** Position of a system without a shape on the map: part of a country, or a state too small to see. */
export interface MapPlace {
	/** Longitude, latitude. */
	at: [number, number];
	mark: "square" | "dot";
	/** The side of a square that its name stands on, where it is not the right one. */
	name?: "left";
}

type Shape = { properties: { code: string } } & (
	| { type: "Polygon"; arcs: number[][] }
	| { type: "MultiPolygon"; arcs: number[][][] }
);

interface World {
	objects: { countries: { geometries: Shape[] } };
	arcs: [number, number][][];
	transform: { scale: number[]; translate: number[] };
}

/** The countries of the world as TopoJSON, by ISO 3166-1 alpha-3 codes. */
export const world = once(() => JSON.parse(readAsset("geography/world.json")) as World);

export const places = once(
	() => JSON.parse(readAsset("geography/places.json")) as Readonly<Record<string, MapPlace>>,
);

const shapes = once(
	() => new Set(world().objects.countries.geometries.map(({ properties }) => properties.code)),
);

/** Whether a system has a shape or a place on the map. */
export function isOnMap(code: string): boolean {
	return shapes().has(code) || Object.hasOwn(places(), code);
}
