import type { Locale } from "../../../wording/locale.js";
import type { Layer, View } from "../../parts/chart-frame.js";
import { GUIDE, INK, PAPER, SIZES } from "../../theme/theme.js";
import { places, world } from "./geography.js";
import { hatching } from "./hatching.js";
import { type MapDatum, shadesOf } from "./shades-of-classes.js";

/** Equal areas: a large country is not made larger. */
const PROJECTION = { type: "equalEarth", rotate: [-11, 0, 0] } as const;

/** Height of a map of the world without Antarctica, for a width of 1. */
const HEIGHT = 0.45;
const OUTLINE = 0.5;
const POINTED = 2;
/** A slanting stroke, as a path in a square from −1 to 1. */
const STROKE = "M-0.8,0.8L0.8,-0.8";

/** Countries in the shades of their classes; systems without a shape as squares and dots. */
export function mapView(
	values: readonly MapDatum[],
	limits: readonly number[],
	width: number,
	locale: Locale,
): View {
	const { known, color } = shadesOf(values, limits, width, locale);
	const tooltip = [
		{ field: "group", type: "nominal" as const, title: locale.text("chart.group") },
		{ field: "text", type: "nominal" as const, title: locale.text("chart.estimate") },
	];
	const shapes = { values: world(), format: { type: "topojson", feature: "countries" } };
	const fields = ["group", "text", "shade", "pointed"];
	const points = known.flatMap((value) => {
		const place = places()[value.code];
		return place === undefined ? [] : [{ ...value, lon: place.at[0], lat: place.at[1], mark: place.mark }];
	});
	const layers = [
		{
			data: shapes,
			mark: { type: "geoshape", fill: PAPER, stroke: GUIDE, strokeWidth: OUTLINE },
		},
		{
			data: { values: hatching(new Set(values.map(({ code }) => code))).map(([lon, lat]) => ({ lon, lat })) },
			mark: { type: "point", shape: STROKE, stroke: GUIDE, strokeWidth: 0.7, size: 24, filled: false },
			encoding: {
				longitude: { field: "lon", type: "quantitative" },
				latitude: { field: "lat", type: "quantitative" },
			},
		},
		{
			data: shapes,
			transform: [
				{ lookup: "properties.code", from: { data: { values: known }, key: "code", fields } },
				{ filter: "isValid(datum.shade)" },
			],
			mark: { type: "geoshape", stroke: PAPER, strokeWidth: OUTLINE },
			encoding: { color, tooltip },
		},
		{
			data: shapes,
			transform: [
				{ lookup: "properties.code", from: { data: { values: known }, key: "code", fields } },
				{ filter: "datum.pointed === true" },
			],
			mark: { type: "geoshape", filled: false, stroke: INK, strokeWidth: POINTED },
		},
		...(["square", "dot"] as const).map((mark) => ({
			data: { values: points.filter((point) => point.mark === mark) },
			mark: {
				type: "point",
				shape: mark === "square" ? "square" : "circle",
				filled: true,
				opacity: 1,
				size: mark === "square" ? 72 : 54,
			},
			encoding: {
				longitude: { field: "lon", type: "quantitative" },
				latitude: { field: "lat", type: "quantitative" },
				color,
				stroke: { value: INK },
				strokeWidth: { condition: { test: "datum.pointed", value: POINTED }, value: 1 },
				tooltip,
			},
		})),
	];
	const names = (["left", "right"] as const).map((side) => ({
		data: {
			values: points.filter(
				({ code, mark }) => mark === "square" && (places()[code]?.name ?? "right") === side,
			),
		},
		mark: {
			...{ type: "text", baseline: "middle", fontSize: SIZES.small, color: INK },
			...(side === "right" ? { align: "left", dx: 8 } : { align: "right", dx: -8 }),
		},
		encoding: {
			longitude: { field: "lon", type: "quantitative" },
			latitude: { field: "lat", type: "quantitative" },
			text: { field: "code", type: "nominal" },
		},
	}));
	return {
		width,
		height: Math.round(width * HEIGHT),
		projection: PROJECTION,
		layer: [...layers, ...names] as unknown as Layer[],
	} as View;
}
