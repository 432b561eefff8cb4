import type { Locale } from "../../../wording/locale.js";
import type { Title, View } from "../../parts/chart-frame.js";
import type { EntryLayout, Panel } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { looks } from "../../parts/looks.js";
import { averageLine, guide, tooltip, type X } from "../../parts/percent-marks.js";
import { laneScale, percentScale, rowScale } from "../../parts/scales.js";
import { INK, MUTED, PAPER, SIZES } from "../../theme/theme.js";

/** What stands for a percentage. */
export type Marks = "dots" | "bars";

/** Between bars, as a share of a lane. */
const BAR_GAP = 0.24;

/** One panel of marks, intervals and values; its data are the rows of the chart that carry its key. */
export function percentPanel(
	panel: Panel,
	layout: EntryLayout,
	sizes: Geometry,
	locale: Locale,
	marks: Marks,
	title: Title | null,
): View {
	const look = looks(panel, layout, sizes);
	const x = percentScale(sizes, locale, [0, endOf(layout)]);
	const height = sizes.rowHeight * panel.rows.length;
	const line = layout.lines.find(
		({ topic, item, base }) => layout.rows === "groups" && panel.key === `${topic}/${base}/${item}`,
	);
	const words = { type: "text", align: "left", baseline: "middle", fontSize: sizes.labelSize - 0.5 } as const;
	const text = { field: "text", type: "nominal" } as const;
	return {
		...(title === null ? {} : { title }),
		width: sizes.plotWidth,
		height,
		transform: [{ filter: { field: "panel", equal: panel.key } }],
		encoding: {
			y: rowScale(panel.rows, layout, sizes),
			...laneScale(layout, sizes, marks === "bars" ? BAR_GAP : 0),
		},
		layer: [
			...(line === undefined ? [] : [averageLine(line.value, height)]),
			...(marks === "dots" ? points(layout, sizes, x, look, locale) : barsOf(layout, sizes, x, look, locale)),
			{
				transform: [{ filter: "datum.estimate !== null" }],
				mark: { ...words, color: INK, dx: 6 },
				encoding: { x: { field: "end", ...x }, text },
			},
			{
				transform: [{ filter: "datum.estimate === null" }],
				mark: { ...words, color: MUTED, dx: 4 },
				encoding: { x: { datum: 0, type: "quantitative" }, text },
			},
		],
	};
}

/** Marks that all end below this share are on a shorter axis, which begins at 0 all the same. */
const SMALL = 40;

/** Where the axis of all panels ends. */
function endOf({ sections, lines }: EntryLayout): number {
	const points = sections.flatMap(({ panels }) => panels.flatMap((panel) => panel.points));
	const ends = points.flatMap(({ estimate: { ciHigh, estimate } }) => ciHigh ?? estimate ?? []);
	const most = Math.max(0, ...ends, ...lines.map(({ value }) => value));
	return ends.length === 0 || most > SMALL ? 100 : Math.max(10, Math.ceil(most / 10) * 10);
}

type Look = ReturnType<typeof looks>;

function points({ series }: EntryLayout, { labelSize }: Geometry, x: X, look: Look, locale: Locale) {
	const size = labelSize > SIZES.small ? 62 : 40;
	return [
		...(series.length > 1 ? [] : [guide(x)]),
		{
			mark: { type: "rule" as const, strokeWidth: 1.6 },
			encoding: { x: { field: "low", ...x }, x2: { field: "high" }, color: look.color },
		},
		{
			mark: { type: "point" as const, filled: true, opacity: 1, size },
			encoding: { x: { field: "estimate", ...x }, ...look, tooltip: tooltip(locale) },
		},
	];
}

function barsOf({ series }: EntryLayout, { above }: Geometry, x: X, { color }: Look, locale: Locale) {
	return [
		{
			// Vega-Lite would shift a bar of less than its lane by its share of the whole row, so lanes have gaps themselves.
			mark: {
				type: "bar" as const,
				height: { band: series.length > 1 || above > 0 ? 1 : 1 - BAR_GAP },
			},
			encoding: { x: { field: "estimate", ...x, stack: null }, color, tooltip: tooltip(locale) },
		},
		...[
			// A rim of paper keeps the line apart from a dark bar.
			{ color: PAPER, strokeWidth: 3 },
			{ color: INK, strokeWidth: 1.2 },
		].map((stroke) => ({
			mark: { type: "rule" as const, ...stroke },
			encoding: { x: { field: "low", ...x }, x2: { field: "high" } },
		})),
	];
}
