import type { Locale } from "../../wording/locale.js";
import { percentText } from "../../wording/numbers.js";
import { wrapText } from "../text/wrap.js";
import { lineHeight } from "../theme/theme.js";
import type { Entry, EntryLayout } from "./entries.js";
import type { Geometry } from "./geometry.js";
import { literal, lookup } from "./vega-expression.js";

/** From this width in pixels on the plot has room for a mark at every 20 %. */
const WIDE_PLOT = 260;

/** 0 to 100 %, or the part of it that is asked for, the same in every panel. */
export function percentScale(
	{ plotWidth }: Pick<Geometry, "plotWidth">,
	locale: Locale,
	[low, high] = [0, 100],
) {
	const domain = [low, high];
	const values = ticks(low, high, plotWidth >= WIDE_PLOT ? 5 : 2);
	const last = values.at(-1) ?? high;
	const end = literal(percentText(last, locale, 0));
	return {
		type: "quantitative",
		scale: { domain, zero: false, nice: false },
		axis: {
			values,
			// The unit once, at the end of the scale, keeps the numbers light.
			labelExpr: `datum.value === ${last} ? ${end} : datum.label`,
			labelFlush: false,
		},
	} as const;
}

/** Tens around values, for marks that are read by their places and not by their lengths. */
export function tensAround(values: readonly number[]): [number, number] {
	if (values.length === 0) return [0, 100];
	const low = Math.max(0, Math.floor(Math.min(...values) / 10) * 10);
	const high = Math.min(100, Math.ceil(Math.max(...values) / 10) * 10);
	return high - low < LEAST_SPAN ? widened(low, high) : [low, high];
}

/** Less would make much of nothing. */
const LEAST_SPAN = 20;

function widened(low: number, high: number): [number, number] {
	return high + LEAST_SPAN / 2 <= 100 ? [low, low + LEAST_SPAN] : [high - LEAST_SPAN, high];
}

/** Multiples of a round step, with no more steps between them than asked for. */
function ticks(low: number, high: number, most: number): number[] {
	const multiples = (step: number) => {
		const first = Math.ceil(low / step) * step;
		return Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, index) => first + index * step);
	};
	return [5, 10, 20, 50].map(multiples).find(({ length }) => length <= most + 1) ?? multiples(100);
}

/** Between the lanes of a row and the label of the next one. */
const BELOW = 6;

/** Rows from top to bottom in the order given, labels flush left. */
export function rowScale(rows: Entry[], { series }: Pick<EntryLayout, "series">, sizes: Geometry) {
	const { labelSize, labelWidth, labelWrap, above, rowHeight } = sizes;
	const leading = lineHeight(labelSize);
	const lines = ({ label, summary, strong }: Entry) =>
		wrapText(label, labelWrap, { size: labelSize, weight: summary || strong ? 600 : 400 });
	return {
		field: "row",
		type: "nominal",
		sort: null,
		scale: { type: "band", domain: rows.map(({ key }) => key), padding: 0 },
		axis: {
			// Lines part the rows where a row has several dots.
			...(series.length > 1 ? { grid: true, tickBand: "extent" as const } : { grid: false }),
			labelAlign: "left",
			labelPadding: labelWidth,
			labelFontSize: labelSize,
			labelFontWeight: emphasis(rows),
			labelLineHeight: leading,
			labelExpr: lookup(rows, lines),
			// Vega hangs further lines below the first; this sets the block in the middle of its row, or just above its lane.
			labelOffset: {
				expr: lookup(rows, (entry) =>
					above > 0
						? (leading - rowHeight) / 2 + above - lines(entry).length * leading
						: (-(lines(entry).length - 1) * leading) / 2,
				),
			},
		},
	} as const;
}

/** Of a mark, how far it stands below the middle of its row: in the lane under the label, where labels stand above marks. */
export function lowered(sizes: Geometry): { yOffset?: number } {
	return sizes.above === 0 ? {} : { yOffset: laneOf(sizes).middle - sizes.rowHeight / 2 };
}

/** The part of a row, from its top, in which its marks are. */
export function laneOf({ above, rowHeight }: Geometry): { middle: number; height: number } {
	const below = above === 0 ? 0 : BELOW;
	return { middle: (above + rowHeight - below) / 2, height: rowHeight - above - below };
}

/** Totals and averages in bold, or highlighted rows. */
export function emphasis(rows: Entry[]) {
	const pointed = rows.some(({ strong }) => strong);
	const keys = rows.filter(({ summary, strong }) => (pointed ? strong : summary)).map(({ key }) => key);
	const test = `indexof(${literal(keys)}, datum.value) >= 0`;
	return { condition: { test, value: 600 }, value: 400 } as const;
}

/**
 * Series below each other inside a row, in the order of the legend.
 * @param gap Between lanes, as a share of one.
 */
export function laneScale({ series }: EntryLayout, { lanePadding, above, rowHeight }: Geometry, gap = 0) {
	if (series.length < 2 && above === 0) return {};
	const domain = series.map(({ key }) => key);
	const scale = {
		type: "band",
		...{ domain, paddingInner: gap, paddingOuter: lanePadding },
		...(above === 0 ? {} : { range: [above, rowHeight - BELOW] }),
	} as const;
	return { yOffset: { field: "series", type: "nominal", sort: null, scale } } as const;
}
