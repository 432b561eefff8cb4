import { columnWidth, mostLines } from "../text/wrap.js";
import { lineHeight, SIZES } from "../theme/theme.js";
import type { EntryLayout } from "./entries.js";

/** All lengths in pixels. */
export interface Geometry {
	/** Panels side by side. */
	columns: number;
	labelSize: number;
	/** Room for row labels, left of the plot. */
	labelWidth: number;
	/** Room for row labels above their lanes, in a plot too narrow for labels beside it; else 0. */
	above: number;
	/** Width at which row labels wrap. */
	labelWrap: number;
	plotWidth: number;
	/** Height of a row: one lane for each series, or the lines of the longest label. */
	rowHeight: number;
	/** Left free above and below the lanes of a row, in lanes. */
	lanePadding: number;
	/** Room for values that stand right of the plot, plus the gap to the next column. */
	gap: number;
	/** Across all columns. */
	width: number;
}

const SINGLE = {
	width: 780,
	columns: 1,
	labels: { from: 120, to: 270 },
	lane: 15,
	room: 8,
	gap: 40,
};
const GRID = { width: 1120, columns: 3, labels: { from: 80, to: 190 }, lane: 12, room: 3, gap: 40 };
const LABEL_STEP = 10;

/** Between row label and plot; wide enough for the font that stands in where the shipped one is missing. */
const LABEL_GAP = 20;

/** Sizes that let every label of the layout stand free. */
export function geometry(layout: EntryLayout, wanted?: number): Geometry {
	const panels = Math.max(...layout.sections.map((section) => section.panels.length));
	const form = layout.rows === "groups" && panels > 1 ? GRID : SINGLE;
	const columns = Math.min(columnsIn(form, wanted), panels);
	const labelSize = form === GRID ? SIZES.small : SIZES.label;
	const style = { size: labelSize };
	const labels = layout.sections.flatMap(({ panels }) =>
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
	);
	const lanes = layout.series.length * form.lane;
	const leading = lineHeight(labelSize);
	const width = Math.round(((wanted ?? form.width) * columns) / columnsIn(form, wanted));
	const narrow = width / columns < form.width / form.columns;
	if (wanted !== undefined && width / columns < NARROW) {
		return overLanes(labels, lanes, width / columns, { columns, labelSize, gap: form.gap, width });
	}
	const most = narrow ? Math.round((width / columns) * LABEL_SHARE) : form.labels.to;
	const widest = Math.min(form.labels.to, most);
	const wrapped = columnWidth(labels, steps(Math.min(form.labels.from, widest), widest), style);
	const lines = mostLines(labels, wrapped, style);
	const rowHeight = Math.max(lanes, lines * leading) + form.room;
	const labelWidth = wrapped + LABEL_GAP;
	return {
		columns,
		labelSize,
		labelWidth,
		above: 0,
		labelWrap: wrapped,
		plotWidth: Math.round(width / columns) - labelWidth - form.gap,
		rowHeight,
		// Vega-Lite allows no more than 1; in higher rows the lanes spread.
		lanePadding: Math.min(1, (rowHeight - lanes) / form.lane / 2),
		gap: form.gap,
		width,
	};
}

/** In a panel narrower than this, such as a telephone's, labels stand above their lanes. */
const NARROW = 400;

/** Labels as wide as the panel, and lanes below them. */
function overLanes(
	labels: string[],
	lanes: number,
	each: number,
	form: Pick<Geometry, "columns" | "labelSize" | "gap" | "width">,
): Geometry {
	const labelWrap = Math.round(each) - 4;
	const above = mostLines(labels, labelWrap, { size: form.labelSize }) * lineHeight(form.labelSize);
	const plotWidth = Math.round(each) - form.gap;
	return {
		...form,
		labelWidth: 0,
		above,
		labelWrap,
		plotWidth,
		rowHeight: above + lanes + 8,
		lanePadding: 0,
	};
}

/** Of a panel narrower than usual no more than this is for labels. */
const LABEL_SHARE = 0.42;

/** Panels that stand side by side in a width, each as wide as usual or nearly so. */
function columnsIn({ columns, width }: typeof SINGLE, wanted = width): number {
	return Math.max(1, Math.min(columns, Math.round((wanted / width) * columns)));
}

/** Column widths to try, from the narrowest. */
export function steps(from: number, to: number): number[] {
	const list: number[] = [];
	for (let width = from; width <= to; width += LABEL_STEP) list.push(width);
	return list;
}
