import type { Locale } from "../../../wording/locale.js";
import { averageLayers } from "../../parts/average-lines.js";
import type { Layer } from "../../parts/chart-frame.js";
import type { EntryLayout, Panel } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { legendOf } from "../../parts/looks.js";
import { laneOf } from "../../parts/scales.js";
import { INK } from "../../theme/theme.js";

/** Averages over systems as lines: through all systems of an item, or across the row of each item. */
export function averageMarks(
	panel: Panel,
	layout: EntryLayout,
	sizes: Geometry,
	domain: readonly [number, number],
	locale: Locale,
): Layer[] {
	return layout.rows === "groups"
		? throughRows(panel, layout, sizes, domain, locale)
		: acrossRows(panel, layout, sizes);
}

function throughRows(
	{ key, rows }: Panel,
	{ lines }: EntryLayout,
	{ plotWidth, labelWidth, gap, rowHeight }: Geometry,
	domain: readonly [number, number],
	locale: Locale,
): Layer[] {
	const own = lines.filter(({ topic, item, base }) => key === `${topic}/${base}/${item}`);
	const named = own.map((line) => ({ ...line, label: `${line.label} ${locale.number(line.value, 0)}` }));
	const height = rowHeight * rows.length;
	return averageLayers(named, { plotWidth, height, domain, left: labelWidth, right: gap - AIR });
}

/** Between the names of lines in panels side by side. */
const AIR = 8;

/** A legend names the groups, because rows have no room for names. */
function acrossRows({ key, rows }: Panel, { lines }: EntryLayout, sizes: Geometry): Layer[] {
	const names = [...new Set(lines.map(({ label }) => label))];
	const { middle, height } = laneOf(sizes);
	const values = lines
		.filter(({ topic, base }) => key === `${topic}/${base}`)
		.map(({ item, label, value }) => {
			const lane = rows.findIndex((row) => row.key === item) * sizes.rowHeight + middle;
			return { line: label, value, top: lane - height / 2, foot: lane + height / 2 };
		});
	if (values.length === 0) return [];
	const entries = names.map((label) => ({ key: label, label, summary: true }));
	return [
		{
			data: { values },
			mark: { type: "rule", color: INK, strokeWidth: WIDTH },
			encoding: {
				x: { field: "value", type: "quantitative" },
				y: { field: "top", type: "quantitative", scale: null },
				y2: { field: "foot" },
				strokeDash: {
					...{ field: "line", type: "nominal", sort: null },
					scale: { domain: names, range: names.map((_, place) => DASHES[place % DASHES.length] as number[]) },
					legend: {
						...legendOf(entries, sizes),
						...{ symbolType: "stroke", symbolStrokeColor: INK, symbolStrokeWidth: WIDTH },
					},
				},
			},
		} as Layer,
	];
}

const WIDTH = 1.4;

/** Of averages in their order. */
const DASHES = [
	[1, 0],
	[4, 2],
	[1.5, 1.5],
	[6, 2, 1.5, 2],
];
