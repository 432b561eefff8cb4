import type { Locale } from "../../../wording/locale.js";
import { heading, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import type { Datum } from "../../parts/figure-data.js";
import { steps } from "../../parts/geometry.js";
import { tooltip } from "../../parts/percent-marks.js";
import { emphasis } from "../../parts/scales.js";
import { lookup } from "../../parts/vega-expression.js";
import { textWidth } from "../../text/text-runs.js";
import { columnWidth, mostLines, wrapText } from "../../text/wrap.js";
import { INK, lineHeight, MUTED, ON_RAMP, RAMP, SIZES, TURN } from "../../theme/theme.js";

export interface HeatDatum extends Omit<Datum, "series" | "start" | "end"> {
	column: string;
	/** Why the figure is hidden, or why it needs a mark although it is shown. */
	reason: string | null;
}

export interface HeatPanel {
	key: string;
	heading: string | null;
	rows: Entry[];
	columns: Entry[];
	data: HeatDatum[];
}

export interface HeatGeometry {
	labelWidth: number;
	labelWrap: number;
	rowHeight: number;
	columnWidth: number;
	/** Width at which column labels wrap. */
	headWrap: number;
	/** Column labels run upwards because the columns are too narrow for words. */
	upright: boolean;
	/** Number of columns side by side; the rest continue below, under headings of their own. */
	perBand: number;
	width: number;
}

const FORM = { width: 1080, column: { from: 46, to: 130 }, head: 210, gap: 14, padding: 8 };

/** For a requested width: largest share for row labels, smallest column width, and height of headings. */
const FITTED = { labels: 0.34, column: 28, head: 150 };
const STYLE = { size: SIZES.small };

export function heatGeometry(panels: readonly HeatPanel[], wanted?: number): HeatGeometry {
	const rows = panels.flatMap((panel) => panel.rows.map(({ label }) => label));
	const heads = panels.flatMap((panel) => panel.columns.map(({ label }) => label));
	const most = wanted === undefined ? 260 : Math.max(70, Math.min(260, Math.round(wanted * FITTED.labels)));
	const labelWrap = columnWidth(rows, steps(60, most), { size: SIZES.label, weight: 600 });
	const labelWidth = labelWrap + FORM.gap;
	const columns = Math.max(...panels.map((panel) => panel.columns.length));
	const whole = (wanted ?? FORM.width) - labelWidth;
	const from = wanted === undefined ? FORM.column.from : FITTED.column;
	const width = Math.round(Math.max(from, Math.min(FORM.column.to, whole / columns)));
	// Rather than break a word, set the labels upright.
	const words = heads.flatMap((label) => label.split(/\s+/));
	const upright = words.some((word) => textWidth(word, SIZES.small) > width - FORM.padding);
	const leading = lineHeight(SIZES.label);
	const head = wanted === undefined ? FORM.head : FITTED.head;
	const across = mostLines(heads, head, STYLE) * lineHeight(SIZES.small);
	const least = upright ? Math.max(from, across + 4) : width;
	const fitting = Math.max(1, Math.floor(whole / least));
	const bands = wanted === undefined ? 1 : Math.ceil(columns / fitting);
	const perBand = Math.ceil(columns / bands);
	const column = wanted === undefined ? least : Math.min(FORM.column.to, Math.floor(whole / perBand));
	return {
		labelWidth,
		labelWrap,
		rowHeight: mostLines(rows, labelWrap, { size: SIZES.label, weight: 600 }) * leading + 4,
		columnWidth: column,
		headWrap: upright ? head : column - FORM.padding,
		upright,
		perBand,
		width: wanted ?? Math.max(labelWidth + columns * column, 640),
	};
}

/**
 * Transposes panels if column labels would have to run upwards and row labels are short and few enough to be columns.
 */
export function flat(panels: readonly HeatPanel[], wanted?: number): readonly HeatPanel[] {
	if (!heatGeometry(panels, wanted).upright) return panels;
	const turned = panels.map(turn);
	const { upright, perBand } = heatGeometry(turned, wanted);
	return upright || turned.some(({ columns }) => columns.length > perBand) ? panels : turned;
}

/** Splits panels with too many columns into bands below each other. */
export function inBands(panels: readonly HeatPanel[], { perBand }: HeatGeometry): HeatPanel[] {
	return panels.flatMap((panel) =>
		Array.from({ length: Math.ceil(panel.columns.length / perBand) }, (_, band) => ({
			...panel,
			heading: band === 0 ? panel.heading : null,
			columns: panel.columns.slice(band * perBand, (band + 1) * perBand),
		})),
	);
}

function turn(panel: HeatPanel): HeatPanel {
	const data = panel.data.map((cell) => ({ ...cell, row: cell.column, column: cell.row }));
	return { ...panel, rows: panel.columns, columns: panel.rows, data };
}

/** The percentages at the ends of the ramp, the same in every panel. */
export function rampDomain(panels: readonly HeatPanel[]): [number, number] {
	const shown = panels.flatMap(({ data }) => data.flatMap(({ estimate }) => estimate ?? []));
	return shown.length === 0 ? [0, 100] : [floor(Math.min(...shown)), ceil(Math.max(...shown))];
}

/** A table of coloured cells with their percentages. */
export function heatPanel(
	panel: HeatPanel,
	[low, high]: [number, number],
	sizes: HeatGeometry,
	headed: boolean,
	locale: Locale,
): View {
	const { key, rows, columns } = panel;
	const own = {
		and: [
			{ field: "panel", equal: key },
			{ field: "column", oneOf: columns.map(({ key }) => key) },
		],
	};
	const pointed = [rows, columns].map((entries) =>
		entries.filter(({ strong }) => strong).map(({ key }) => key),
	);
	const framed = pointed.some((keys) => keys.length > 0);
	const far = `(datum.estimate - ${low}) / ${high - low} > ${TURN}`;
	return {
		...(panel.heading === null ? {} : { title: heading(panel.heading, sizes.width) }),
		width: sizes.columnWidth * columns.length,
		height: sizes.rowHeight * rows.length,
		transform: [{ filter: own }],
		encoding: { y: rowsOf(rows, sizes), x: headed ? columnsOf(columns, sizes) : unheaded(columns) },
		layer: [
			{
				transform: [{ filter: "datum.estimate !== null" }],
				mark: { type: "rect", ...(framed ? { stroke: INK } : {}) },
				encoding: {
					color: {
						field: "estimate",
						type: "quantitative",
						scale: { domain: [low, high], range: RAMP, interpolate: "lab" },
						legend: null,
					},
					...(framed
						? {
								strokeWidth: {
									condition: {
										test: {
											or: pointed.map((oneOf, axis) => ({ field: axis === 0 ? "row" : "column", oneOf })),
										},
										value: 2,
									},
									value: 0,
								},
							}
						: {}),
					tooltip: [
						...tooltip(locale),
						{ field: "reason", type: "nominal", title: locale.text("chart.status") },
					],
				},
			},
			{
				mark: { type: "text", baseline: "middle", fontSize: SIZES.small },
				encoding: {
					text: { field: "text", type: "nominal" },
					color: {
						condition: [
							{ test: "datum.estimate === null", value: MUTED },
							{ test: far, value: ON_RAMP[1] },
						],
						value: ON_RAMP[0],
					},
				},
			},
		],
	};
}

function rowsOf(rows: Entry[], { labelWidth, labelWrap }: HeatGeometry) {
	const leading = lineHeight(SIZES.label);
	const lines = ({ label }: Entry) => wrapText(label, labelWrap, { size: SIZES.label, weight: 600 });
	return {
		field: "row",
		type: "nominal",
		sort: null,
		scale: { type: "band", domain: rows.map(({ key }) => key), padding: 0.06 },
		axis: {
			grid: false,
			labelAlign: "left",
			labelPadding: labelWidth,
			labelFontWeight: emphasis(rows),
			labelLineHeight: leading,
			labelExpr: lookup(rows, lines),
			labelOffset: { expr: lookup(rows, (entry) => (-(lines(entry).length - 1) * leading) / 2) },
		},
	} as const;
}

function columnsOf(columns: Entry[], { headWrap, upright }: HeatGeometry) {
	const leading = lineHeight(SIZES.small);
	const wrapped = ({ label }: Entry) => wrapText(label, headWrap, STYLE);
	const most = Math.max(...columns.map((entry) => wrapped(entry).length));
	// Vega adds further lines below the first; empty lines above align the end of every label with the cells.
	const hung = (entry: Entry) => [...Array<string>(most - wrapped(entry).length).fill(""), ...wrapped(entry)];
	const across = {
		labelAngle: 0,
		labelBaseline: "line-bottom",
		labelPadding: 6 + (most - 1) * leading,
		labelExpr: lookup(columns, hung),
	} as const;
	const upwards = {
		labelAngle: -90,
		labelAlign: "left",
		labelBaseline: "middle",
		labelPadding: 6,
		labelExpr: lookup(columns, wrapped),
		labelOffset: { expr: lookup(columns, (entry) => (-(wrapped(entry).length - 1) * leading) / 2) },
	} as const;
	return {
		field: "column",
		type: "nominal",
		sort: null,
		scale: { type: "band", domain: columns.map(({ key }) => key), padding: 0.03 },
		axis: {
			orient: "top",
			grid: false,
			labelColor: INK,
			labelFontSize: SIZES.small,
			...(columns.some(({ strong }) => strong) ? { labelFontWeight: emphasis(columns) } : {}),
			labelLineHeight: leading,
			...(upright ? upwards : across),
		},
	} as const;
}

/** Hides column headings that the panel above already shows. */
function unheaded(columns: Entry[]) {
	const scale = { type: "band", domain: columns.map(({ key }) => key), padding: 0.03 } as const;
	return { field: "column", type: "nominal", sort: null, scale, axis: null } as const;
}

const floor = (value: number) => Math.floor(value / 10) * 10;
const ceil = (value: number) => Math.max(floor(value) + 10, Math.ceil(value / 10) * 10);
