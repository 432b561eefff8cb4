import { differenceText, withoutDifference } from "../../../wording/difference-text.js";
import type { Locale } from "../../../wording/locale.js";
import type { Title, View } from "../../parts/chart-frame.js";
import { steps } from "../../parts/geometry.js";
import { columnWidth, wrapText } from "../../text/wrap.js";
import { ACCENT, GUIDE, INK, lineHeight, MUTED, PAPER, SIZES } from "../../theme/theme.js";
import { type PairGrid, type PairPanel, panelColumns } from "./pair-panels.js";
import { spreadLabels } from "./spread-labels.js";

/** All lengths in pixels. */
interface SlopeGeometry extends PairGrid {
	/** Of the percentages, the same in every panel. */
	domain: [number, number];
	plotWidth: number;
	labelWrap: number;
	/** Left of the plot, for values. */
	left: number;
	/** Changes stand under names where there is no room beside them. */
	below: boolean;
}

/** An item or group: its value in both cycles, and where its texts stand on the scale of percentages. */
interface SlopeDatum {
	panel: string;
	row: string;
	item: string;
	group: string;
	earlier: number | null;
	later: number | null;
	difference: number | null;
	/** Both values exist and the change may be shown. */
	joined: boolean;
	significant: boolean;
	/** Of what is pointed at, and of all beside it. */
	strong: boolean;
	quiet: boolean;
	earlierText: string;
	laterText: string;
	label: string;
	/** The change, or why there is none. */
	change: string;
	/** Middles of the texts at the left and at the right. */
	leftY: number;
	rightY: number;
	/** Where the first line of the label stands: further lines hang below it. */
	labelY: number;
}

const LEFT = 70;

/** Panels side by side, where they have many groups, are narrower. */
const COLUMNS = 2;
const SINGLE = { plot: 250, change: 150 };
const GRID = { plot: 170, change: 100 };
const GAP = 24;

/** From the right end of the lines: to values, and to labels. */
const TO_VALUE = 24;
const TO_LABEL = 62;
const LEAST_HEIGHT = 300;
const LEADING = lineHeight(SIZES.label);
const AIR = 3;

/** In less width than this, changes stand under names; there, left of the plot and for names. */
const WITH_CHANGES = 640;
const NARROW = { left: 48, labels: 0.48 };

export function slopeGeometry(panels: readonly PairPanel[], wanted?: number): SlopeGeometry {
	const rows = panels.flatMap((panel) => panel.rows);
	const values = rows.flatMap(({ pair }) => [pair.a, pair.b]).filter((value) => value !== null);
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const air = Math.max(1, (most - least) * 0.04);
	const below = wanted !== undefined && wanted < WITH_CHANGES;
	const labelWrap = columnWidth(
		rows.map(({ label }) => label),
		steps(90, below ? Math.round(wanted * NARROW.labels) : 270),
		{ size: SIZES.label },
	);
	const usual = panelColumns(panels, COLUMNS);
	const { plot, change } = usual === 1 ? SINGLE : GRID;
	const left = below ? NARROW.left : LEFT;
	const beside = left + TO_LABEL + labelWrap + (below ? 0 : 16 + change);
	const fits = wanted === undefined || usual * (beside + plot) + (usual - 1) * GAP <= wanted;
	const columns = fits ? usual : 1;
	const each = wanted === undefined ? beside + plot : Math.floor((wanted - (columns - 1) * GAP) / columns);
	return {
		domain: [Math.max(0, least - air), Math.min(100, most + air)],
		plotWidth: each - beside,
		labelWrap,
		...{ left, below, columns },
		gap: GAP,
		panelWidth: each,
		width: columns * each + (columns - 1) * GAP,
	};
}

/** The rows of a panel, with their texts put where none covers another. */
export function slopeData({ key, rows }: PairPanel, sizes: SlopeGeometry, locale: Locale): SlopeDatum[] {
	const height = heightOf(rows, sizes);
	const [low, high] = sizes.domain;
	const toPixel = (value: number) => ((high - value) / (high - low)) * height;
	const toValue = (pixel: number) => high - (pixel / height) * (high - low);
	const changeOf = (pair: PairPanel["rows"][number]["pair"]) =>
		pair.difference === null
			? withoutDifference(pair, locale)
			: differenceText(pair.difference, 1, pair.significant, locale);
	const lines = rows.map(({ label, pair }) => [
		...linesOf(label, sizes),
		...(sizes.below ? linesOf(changeOf(pair), sizes) : []),
	]);
	const heights = lines.map(({ length }) => length * LEADING + AIR);
	// A value hidden in both cycles has no place on the scale and is placed at its foot.
	const wanted = (first: "a" | "b", second: "a" | "b") =>
		rows.map(({ pair }) => {
			const value = pair[first] ?? pair[second];
			return value === null ? height : toPixel(value);
		});
	const right = spreadLabels(wanted("a", "b"), heights, height);
	const left = spreadLabels(
		wanted("b", "a"),
		rows.map(({ pair }) => (pair.b === null ? 0 : LEADING)),
		height,
	);
	return rows.map(({ key: row, label, pair, strong, quiet }, index): SlopeDatum => {
		const text = lines[index] as string[];
		const middle = right[index] as number;
		return {
			panel: key,
			row,
			item: pair.label,
			group: label,
			earlier: pair.b,
			later: pair.a,
			difference: pair.difference,
			joined: pair.difference !== null,
			significant: pair.significant === true,
			...{ strong: strong === true, quiet: quiet === true },
			earlierText: pair.b === null ? "" : locale.number(pair.b, 1),
			laterText: pair.a === null ? "" : locale.number(pair.a, 1),
			label: text.join("\n"),
			change: changeOf(pair),
			leftY: toValue(left[index] as number),
			rightY: toValue(middle),
			labelY: toValue(middle - ((text.length - 1) * LEADING) / 2),
		};
	});
}

/** Lines between two uprights, a cycle each; values on both sides, names and changes at the right. */
export function slopePanel(
	panel: PairPanel,
	title: { title?: Title },
	ends: { earlier: string; later: string },
	sizes: SlopeGeometry,
	locale: Locale,
): View {
	const height = heightOf(panel.rows, sizes);
	const y = {
		type: "quantitative",
		scale: { domain: sizes.domain, nice: false, zero: false },
		axis: null,
	} as const;
	const at = (field: string) => ({ field, ...y });
	const left = { x: { value: 0 } };
	const right = { x: { value: sizes.plotWidth } };
	const tone = {
		color: {
			condition: { test: "datum.quiet || datum.joined && !datum.significant && !datum.strong", value: GUIDE },
			value: ACCENT,
		},
	};
	const words = (
		x: number,
		align: "left" | "right",
		field: string,
		place: keyof SlopeDatum,
		colour = INK,
		which = "true",
		fontWeight: 400 | 600 = 400,
	) => ({
		transform: [{ filter: which }],
		mark: {
			type: "text" as const,
			align,
			baseline: "middle" as const,
			fontSize: SIZES.label,
			fontWeight,
			lineBreak: "\n",
			lineHeight: LEADING,
		},
		encoding: {
			x: { value: x },
			y: at(place),
			text: { field, type: "nominal" as const },
			color: { condition: { test: "datum.quiet", value: MUTED }, value: colour },
		},
	});
	const leader = (value: string, place: keyof SlopeDatum, from: number, to: number) => ({
		transform: [{ filter: `datum.${value} !== null` }],
		mark: { type: "rule" as const, color: GUIDE, strokeWidth: 0.7 },
		encoding: { x: { value: from }, x2: { value: to }, y: at(value), y2: { field: place } },
	});
	const dot = (end: object, value: string) => ({
		transform: [{ filter: `datum.${value} !== null` }],
		mark: { type: "point" as const, filled: true, opacity: 1, size: 46, strokeWidth: 1.6 },
		encoding: {
			...end,
			y: at(value),
			stroke: tone.color,
			// Marks without a line are hollow.
			fill: { ...tone.color, condition: [{ test: "!datum.joined", value: PAPER }, tone.color.condition] },
			tooltip: tooltip(ends, locale),
		},
	});
	const head = (end: object, text: string) => ({
		data: { values: [{}] },
		mark: {
			type: "text" as const,
			text,
			align: "center" as const,
			fontSize: SIZES.label,
			fontWeight: 600 as const,
			color: INK,
		},
		encoding: { ...end, y: { value: -18 } },
	});
	const upright = (end: object) => ({
		data: { values: [{}] },
		mark: { type: "rule" as const, color: GUIDE },
		encoding: { ...end, y: { value: 0 }, y2: { value: height } },
	});
	return {
		...title,
		width: sizes.plotWidth,
		height,
		transform: [{ filter: { field: "panel", equal: panel.key } }],
		layer: [
			upright(left),
			upright(right),
			head(left, ends.earlier),
			head(right, ends.later),
			{
				transform: [{ filter: "datum.joined" }],
				mark: { type: "rule" },
				encoding: {
					x: { value: 0 },
					x2: { value: sizes.plotWidth },
					y: at("earlier"),
					y2: { field: "later" },
					...tone,
					strokeWidth: { condition: { test: "datum.significant", value: 2.2 }, value: 1.2 },
				},
			},
			leader("earlier", "leftY", -6, 4 - TO_VALUE),
			leader("later", "rightY", sizes.plotWidth + 6, sizes.plotWidth + TO_VALUE - 4),
			dot(left, "earlier"),
			dot(right, "later"),
			words(-TO_VALUE, "right", "earlierText", "leftY"),
			words(sizes.plotWidth + TO_VALUE, "left", "laterText", "rightY"),
			words(sizes.plotWidth + TO_LABEL, "left", "label", "labelY", INK, "!datum.strong"),
			words(sizes.plotWidth + TO_LABEL, "left", "label", "labelY", INK, "datum.strong", 600),
			...(sizes.below
				? []
				: [words(sizes.plotWidth + TO_LABEL + sizes.labelWrap + 16, "left", "change", "rightY", MUTED)]),
		],
	};
}

function tooltip(ends: { earlier: string; later: string }, locale: Locale) {
	const figure = (field: string, title: string) =>
		({ field, type: "quantitative", format: ".1f", title }) as const;
	return [
		{ field: "item", type: "nominal" as const, title: locale.text("chart.item") },
		{ field: "group", type: "nominal" as const, title: locale.text("chart.group") },
		figure("earlier", ends.earlier),
		figure("later", ends.later),
		{ field: "change", type: "nominal" as const, title: locale.text("chart.difference-pairs") },
	];
}

function linesOf(label: string, { labelWrap }: SlopeGeometry): string[] {
	return wrapText(label, labelWrap, { size: SIZES.label });
}

function heightOf(rows: PairPanel["rows"], sizes: SlopeGeometry): number {
	const more = sizes.below ? LEADING : 0;
	const labels = rows.reduce(
		(sum, { label }) => sum + linesOf(label, sizes).length * LEADING + more + AIR,
		0,
	);
	return Math.max(LEAST_HEIGHT, Math.ceil(labels * 1.04));
}
