import { textWidth } from "../text/text-runs.js";
import { columnWidth, mostLines, wrapText } from "../text/wrap.js";
import { lineHeight, SIZES } from "../theme/theme.js";
import { type Geometry, steps } from "./geometry.js";

/**
 * Sizes that let every row label stand free.
 * @param beside What stands right of the plots, for which a narrow drawing has just the room that it needs.
 */
export function intervalGeometry(
	labels: string[],
	columns = 1,
	wanted?: number,
	beside: readonly string[] = [],
): Geometry {
	const usual = columns === 1 ? SINGLE : GRID;
	const each =
		wanted === undefined ? usual.width : Math.floor((wanted - (columns - 1) * usual.gap) / columns);
	const most = each < usual.width ? Math.round(each * LABEL_SHARE) : usual.labels.to;
	const form = {
		...usual,
		...(columns === 1 && each < NARROW ? { values: roomFor(beside, usual.size), room: usual.room - 2 } : {}),
		width: each,
		labels: { ...usual.labels, to: Math.min(usual.labels.to, most) },
	};
	const style = { size: form.size };
	const labelWrap = columnWidth(
		labels,
		steps(Math.min(form.labels.from, form.labels.to), form.labels.to),
		style,
	);
	if (columns === 1 && each < NARROW && crowded(labels, labelWrap, form.size)) {
		return overMarks(labels, form);
	}
	const labelWidth = labelWrap + LABEL_GAP;
	return {
		columns,
		labelSize: form.size,
		labelWidth,
		above: 0,
		labelWrap,
		plotWidth: form.width - labelWidth - form.values,
		rowHeight: mostLines(labels, labelWrap, style) * lineHeight(form.size) + form.room,
		lanePadding: 0,
		gap: form.gap,
		width: columns * form.width + (columns - 1) * form.gap,
	};
}

/** Whether more than a few labels would be folded beside the marks. */
function crowded(labels: readonly string[], width: number, size: number): boolean {
	return labels.filter((label) => wrapText(label, width, { size }).length > 1).length > labels.length * FEW;
}

/** Most labels that may be folded before all of them are moved above the marks. */
const FEW = 0.2;

/** Labels as wide as a telephone, and a lane for the marks below each: beside them long ones would leave no plot. */
function overMarks(labels: string[], { size, width, values, gap }: typeof SINGLE | typeof GRID): Geometry {
	const labelWrap = width - 4;
	const above = mostLines(labels, labelWrap, { size }) * lineHeight(size);
	return {
		...{ columns: 1, labelSize: size, labelWidth: 0, labelWrap, above, gap, width, lanePadding: 0 },
		plotWidth: width - values,
		rowHeight: above + LANE,
	};
}

/** For marks below their label, and the air below them. */
const LANE = 22;

/** For texts right of a narrow plot, and the air before them. */
function roomFor(texts: readonly string[], size: number): number {
	return Math.max(64, ...texts.map((text) => Math.ceil(textWidth(text, size)) + 16));
}

/** A panel narrower than this has less room beside its plot, too. */
const NARROW = 420;

/** Least width of a panel beside others. */
const LEAST = 250;

/** Panels that stand side by side in a width, no more than are usual. */
export function columnsFor(width: number | undefined, most: number): number {
	return width === undefined ? most : Math.max(1, Math.min(most, Math.floor(width / LEAST)));
}

/** A panel alone in its row, and one of several side by side. */
const SINGLE = {
	width: 780,
	labels: { from: 110, to: 300 },
	size: SIZES.label,
	values: 120,
	room: 8,
	gap: 120,
};

const GRID = {
	width: 370,
	labels: { from: 60, to: 190 },
	size: SIZES.small,
	values: 60,
	room: 3,
	gap: 28,
};

const LABEL_GAP = 20;

/** Of a panel narrower than usual no more than this is for labels. */
const LABEL_SHARE = 0.42;
