import type { Locale } from "../../../wording/locale.js";
import type { Layer, Title, View } from "../../parts/chart-frame.js";
import type { EntryLayout, Panel } from "../../parts/entries.js";
import type { Geometry } from "../../parts/geometry.js";
import { looks } from "../../parts/looks.js";
import { guide, tooltip, type X } from "../../parts/percent-marks.js";
import { laneScale, percentScale, rowScale } from "../../parts/scales.js";
import { textWidth } from "../../text/text-runs.js";
import { INK, MUTED, PAPER, SIZES } from "../../theme/theme.js";
import { averageMarks } from "./average-marks.js";
import { digitsOf } from "./percent-data.js";

/** The mark of a percentage. */
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
	const domain: [number, number] = [0, endOf(layout)];
	const x = percentScale(sizes, locale, domain);
	const words = { type: "text", align: "left", baseline: "middle", fontSize: sizes.labelSize - 0.5 } as const;
	const text = { field: "text", type: "nominal" } as const;
	const lanes = laneScale(layout, sizes, marks === "bars" ? BAR_GAP : 0);
	const own = (layer: Layer) => ({ ...layer, encoding: { ...layer.encoding, ...lanes } }) as Layer;
	const averages = averageMarks(panel, layout, sizes, domain, locale);
	const drawn = (
		marks === "dots" ? points(layout, sizes, x, look, locale) : barsOf(layout, sizes, x, look, locale)
	).map((layer) => own(layer as Layer));
	const values = {
		transform: [{ filter: "datum.estimate !== null" }],
		encoding: { x: { field: "end", ...x }, text },
	};
	return {
		...(title === null ? {} : { title }),
		width: sizes.plotWidth,
		height: sizes.rowHeight * panel.rows.length,
		transform: [{ filter: { field: "panel", equal: panel.key } }],
		encoding: { y: rowScale(panel.rows, layout, sizes) },
		layer: [
			// Lines are behind points, and in front of bars.
			...(marks === "dots" ? [...averages, ...drawn] : [...drawn, ...averages]),
			...(averages.length === 0 ? [] : [own({ ...values, ...clearing(layout, words.fontSize, x) })]),
			own({ ...values, mark: { ...words, color: INK, dx: 6 } } as Layer),
			own({
				transform: [{ filter: "datum.estimate === null" }],
				mark: { ...words, color: MUTED, dx: 4 },
				encoding: { x: { datum: 0, type: "quantitative" }, text },
			} as Layer),
		],
	};
}

/** Paper behind figures, where lines would run through them. */
function clearing(layout: EntryLayout, fontSize: number, x: X): Layer {
	const room = textWidth("9".repeat(digitsOf(layout) + 2), fontSize);
	return {
		mark: { type: "rule", color: PAPER, strokeWidth: fontSize, xOffset: 5, x2Offset: 8 + room },
		encoding: { x: { field: "end", ...x }, x2: { field: "end" } },
	};
}

/** Marks that all end below this share are on a shorter axis, which begins at 0 all the same. */
const SMALL = 40;

/** End of the axis of all panels. */
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
