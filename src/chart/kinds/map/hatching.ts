import { once } from "../../../base/once.js";
import { world } from "./geography.js";

/** Longitude and latitude. */
export type MapPoint = readonly [lon: number, lat: number];

type Ring = readonly MapPoint[];

/** Degrees between strokes, along and across the map. */
const STEP = { lon: 3, lat: 2.4 };

/**
 * Where strokes stand on countries that have no figure: hatching that every program draws, as no pattern has to be known
 * to it.
 * @param known Codes of the countries that have one.
 */
export function hatching(known: ReadonlySet<string>): MapPoint[] {
	return [...strokes()].flatMap(([code, points]) => (known.has(code) ? [] : points));
}

/** Points of a grid that lie in a country, by its code. */
const strokes = once(() => {
	const { geometries } = world().objects.countries;
	const found = new Map<string, MapPoint[]>();
	for (const { properties, ...shape } of geometries) {
		const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
		const points = polygons.flatMap((arcs) => pointsIn(arcs.map(ringOf)));
		found.set(properties.code, [...(found.get(properties.code) ?? []), ...points]);
	}
	return found;
});

/** Every second row is shifted by half a step, so that strokes make lines. */
function pointsIn(rings: readonly Ring[]): MapPoint[] {
	const [outer = []] = rings;
	const [lons, lats] = [outer.map(([lon]) => lon), outer.map(([, lat]) => lat)];
	const between = (values: readonly number[], step: number) => {
		const first = Math.ceil(Math.min(...values) / step);
		const count = Math.max(0, Math.floor(Math.max(...values) / step) - first + 1);
		return Array.from({ length: count }, (_, place) => first + place);
	};
	return between(lats, STEP.lat).flatMap((row) => {
		// Meridians run together towards the poles.
		const step = STEP.lon / Math.max(0.3, Math.cos((row * STEP.lat * Math.PI) / 180));
		const shift = row % 2 === 0 ? 0 : step / 2;
		return between(
			lons.map((lon) => lon - shift),
			step,
		)
			.map((column): MapPoint => [column * step + shift, row * STEP.lat])
			.filter((point) => rings.filter((ring) => isInside(point, ring)).length % 2 === 1);
	});
}

/** Whether a ray from a point crosses a ring an odd number of times. */
function isInside([x, y]: MapPoint, ring: Ring): boolean {
	return ring.reduce((inside, [x1, y1], place) => {
		const [x2, y2] = ring[(place + 1) % ring.length] as MapPoint;
		const crosses = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
		return crosses ? !inside : inside;
	}, false);
}

/** A ring from its arcs, which are reversed where their number is negative. */
function ringOf(arcs: readonly number[]): Ring {
	return arcs.flatMap((arc) => (arc < 0 ? decoded(~arc).toReversed() : decoded(arc)));
}

/** An arc's points: steps from the one before, in whole units of a grid (TopoJSON, 2.1.4 and 2.2.8). */
function decoded(place: number): MapPoint[] {
	const { arcs, transform } = world();
	let [x, y] = [0, 0];
	return (arcs[place] as readonly MapPoint[]).map(([dx, dy]): MapPoint => {
		x += dx;
		y += dy;
		const [lon, lat] = [x, y].map(
			(value, axis) => value * (transform.scale[axis] as number) + (transform.translate[axis] as number),
		) as [number, number];
		return [lon, lat];
	});
}
