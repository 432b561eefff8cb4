import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { Layer, View } from "../../parts/chart-frame.js";
import { legendOf } from "../../parts/looks.js";
import { GUIDE, INK, PAPER, SIZES } from "../../theme/theme.js";
import { places, world } from "./geography.js";
import { hatching } from "./hatching.js";

/** A system with its percentage, and the class that this is in. */
export interface MapDatum {
	code: string;
	group: string;
	estimate: number | null;
	class: number | null;
	text: string;
	/** Outlined. */
	pointed: boolean;
}

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
	const classes = limits.slice(1).map((high, index) => ({
		key: String(index),
		label: `${locale.number(limits[index] ?? 0, 0)}–${percentText(high, locale, 0)}`,
		summary: false,
	}));
	const none = { key: "none", label: locale.text("chart.map-none"), summary: false };
	const used = values.some((value) => value.class === null) ? [...classes, none] : classes;
	const color = {
		field: "shade",
		type: "ordinal" as const,
		sort: null,
		scale: {
			domain: used.map(({ key }) => key),
			range: used.map(({ key }) => (key === "none" ? GUIDE : shadeOf(Number(key), classes.length))),
		},
		legend: legendOf(used, { plotWidth: width }),
	};
	const known = values.map((value) => ({
		...value,
		shade: value.class === null ? "none" : String(value.class),
	}));
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

/** Shades from few to many, in even steps along the ramp. */
function shadeOf(index: number, count: number): { expr: string } {
	// The first one must stand apart from the paper of systems without a figure.
	const share = count === 1 ? 0.5 : 0.16 + (0.84 * index) / (count - 1);
	const [from, to, at] = share < 0.5 ? [0, 1, share * 2] : [1, 2, share * 2 - 1];
	const mixed = (part: string) =>
		`round(${1 - at} * rgb(ramp[${from}]).${part} + ${at} * rgb(ramp[${to}]).${part})`;
	return { expr: `'' + rgb(${["r", "g", "b"].map(mixed).join(", ")})` };
}
