import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import { heading, panelGrid, type View } from "../../parts/chart-frame.js";
import type { IntervalDatum } from "../../parts/interval-panel.js";
import { literal } from "../../parts/vega-expression.js";
import { ACCENT, INK, MUTED, SIZES } from "../../theme/theme.js";

/** The distribution of one group over the values of a count. */
export interface Histogram {
	key: string;
	heading: string;
	data: readonly IntervalDatum[];
}

const FORM = { columns: 3, least: 170, width: 214, height: 92, gap: 46 };

/** Small multiples with a common scale of percentages; the values of the count run from the smallest. */
export function histograms(panels: readonly Histogram[], width: number, locale: Locale): View[] {
	if (panels.length === 0) return [];
	const all = panels.flatMap(({ data }) => data);
	const top = Math.max(...all.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));
	const high = Math.min(100, Math.ceil(top / 10) * 10 || 10);
	const columns = Math.max(1, Math.min(FORM.columns, panels.length, Math.floor(width / FORM.least)));
	const each = Math.min(FORM.width, Math.floor(width / columns) - FORM.gap);
	return [
		panelGrid(
			panels.map((panel) => histogram(panel, each, high, locale)),
			{ columns, gap: FORM.gap },
			null,
		),
	];
}

function histogram(
	{ key, heading: text, data }: Histogram,
	width: number,
	high: number,
	locale: Locale,
): View {
	const order = data.map(({ label }) => label);
	// Label every other value if there is no room for all.
	const step = Math.ceil((order.length * 18) / width);
	const end = literal(percentText(high, locale, 0));
	const x = {
		field: "label",
		type: "ordinal" as const,
		sort: null,
		scale: { domain: order, paddingInner: 0.12 },
		axis: {
			labelAngle: 0,
			values: order.filter((_, index) => index % step === 0),
			labelFontSize: SIZES.small,
			labelColor: MUTED,
			grid: false,
		},
	};
	const y = {
		type: "quantitative" as const,
		scale: { domain: [0, high] },
		axis: {
			values: [0, high / 2, high],
			labelExpr: `datum.value === ${high} ? ${end} : datum.label`,
			labelFontSize: SIZES.small,
			labelColor: MUTED,
		},
	};
	return {
		title: heading(text, width, [], SIZES.label),
		width,
		height: FORM.height,
		transform: [{ filter: { field: "panel", equal: key } }],
		layer: [
			{
				mark: { type: "bar", color: ACCENT, opacity: 0.75 },
				encoding: {
					x,
					y: { field: "value", ...y },
					tooltip: [
						{ field: "label", type: "nominal", title: locale.text("chart.item") },
						{ field: "text", type: "nominal", title: locale.text("chart.estimate") },
					],
				},
			},
			{
				mark: { type: "rule", color: INK, strokeWidth: 1 },
				encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } },
			},
		],
	};
}
