import { once } from "../../../base/once.js";
import { readAsset } from "../../../platform/assets.js";
import type { Locale } from "../../../wording/locale.js";
import type { View } from "../../parts/chart-frame.js";
import { INK, ON_RAMP, PAPER } from "../../theme/theme.js";
import { type MapDatum, shadesOf } from "./shades-of-classes.js";

/** Column and row of each system's square, from the north-west. */
const grid = once(
	() => JSON.parse(readAsset("geography/tiles.json")) as Readonly<Record<string, [number, number]>>,
);

/** Between squares, and of a square how high its letters are. */
const GAP = 2;
const LETTERS = { share: 0.36, most: 15, least: 7 };

/** Squares wide enough for a figure below the code. */
const WITH_FIGURE = 34;
const LARGEST = 58;

/** Systems as squares of one size, roughly where they lie; rows and columns without any are left out. */
export function tileView(
	values: readonly MapDatum[],
	limits: readonly number[],
	width: number,
	locale: Locale,
): View {
	const { known, color } = shadesOf(values, limits, width, locale);
	const placed = placesOf(values.map(({ code }) => code));
	const columns = Math.max(...placed.map(([column]) => column)) + 1;
	const rows = Math.max(...placed.map(([, row]) => row)) + 1;
	const side = Math.min(LARGEST, Math.floor(width / columns));
	const size = Math.round(Math.max(LETTERS.least, Math.min(LETTERS.most, side * LETTERS.share)));
	const data = known.map((value, index) => {
		const [column, row] = placed[index] as [number, number];
		const [left, top] = [column * side, row * side];
		return {
			...value,
			...{ left, top, right: left + side - GAP, bottom: top + side - GAP },
			middle: left + (side - GAP) / 2,
			name: top + (side - GAP) * (side >= WITH_FIGURE ? 0.36 : 0.5),
			value: top + (side - GAP) * 0.7,
			figure: value.estimate === null ? "" : locale.number(value.estimate, 0),
			// The darker half of the classes.
			dark: value.class !== null && value.class / Math.max(1, limits.length - 2) > 0.5,
		};
	});
	const pixels = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
	const words = (field: string, at: string, fontWeight: 400 | 600) => ({
		mark: { type: "text" as const, baseline: "middle" as const, fontSize: size, fontWeight },
		encoding: {
			x: pixels("middle"),
			y: pixels(at),
			text: { field, type: "nominal" as const },
			color: {
				condition: [
					{ test: "datum.class === null", value: INK },
					{ test: "datum.dark", value: ON_RAMP[1] },
				],
				value: ON_RAMP[0],
			},
		},
	});
	return {
		data: { values: data },
		width: columns * side,
		height: rows * side,
		layer: [
			{
				mark: { type: "rect" },
				encoding: {
					...{ x: pixels("left"), x2: { field: "right" }, y: pixels("top"), y2: { field: "bottom" } },
					color,
					stroke: { condition: { test: "datum.pointed", value: INK }, value: PAPER },
					strokeWidth: { condition: { test: "datum.pointed", value: 2 }, value: 0 },
					tooltip: [
						{ field: "group", type: "nominal", title: locale.text("chart.group") },
						{ field: "text", type: "nominal", title: locale.text("chart.estimate") },
					],
				},
			},
			words("code", "name", 600),
			...(side >= WITH_FIGURE ? [words("figure", "value", 400)] : []),
		],
	} as View;
}

/** Columns and rows that are used, counted from 0; systems that the grid does not know stand in a row of their own. */
function placesOf(codes: readonly string[]): [number, number][] {
	const known = grid();
	const wide = Math.max(...Object.values(known).map(([column]) => column)) + 1;
	const high = Math.max(...Object.values(known).map(([, row]) => row)) + 1;
	let others = 0;
	const places = codes.map((code): [number, number] => {
		const place = Object.hasOwn(known, code) ? known[code] : undefined;
		if (place !== undefined) return place;
		const at = others++;
		return [at % wide, high + Math.floor(at / wide)];
	});
	const used = (axis: 0 | 1) => [...new Set(places.map((place) => place[axis]))].sort((a, b) => a - b);
	const [columns, rows] = [used(0), used(1)];
	return places.map(([column, row]) => [columns.indexOf(column), rows.indexOf(row)]);
}
