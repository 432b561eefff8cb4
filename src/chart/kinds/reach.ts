import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../base/group-by.js";
import { reachFinding } from "../../findings/reach.js";
import { baseName, topicTitle } from "../../results/labels.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { percentText } from "../../wording/numbers.js";
import type { ChartKind, Drawing } from "../kind.js";
import { caption, syntheticLine } from "../parts/caption.js";
import { framed, heading, panelGrid, type View } from "../parts/chart-frame.js";
import { columnsFor, intervalGeometry } from "../parts/interval-geometry.js";
import { intervalPanel } from "../parts/interval-panel.js";
import { literal } from "../parts/vega-expression.js";
import { GUIDE, INK, LOOKS, SIZES } from "../theme/theme.js";

const WIDTH = 560;
const HEIGHT = 130;

/** Room for percentages left of a panel, in pixels. */
const MARGIN = 40;

/** From this many programmes on, panels stand side by side, in at most this many columns. */
const MANY = 4;
const COLUMNS = 3;
const GAP = 28;

/** Shares over the years, one panel per programme, from 0 to 100 %. No intervals: the data are full counts. */
export const reach: ChartKind = {
	shows: "shares of teachers reached, by year",
	canShow: (results) => sharesOf(results).length > 0,
	resizes: true,
	takes: ["top"],
	highest: { rows: sharesOf, by: "items" },
	finding: reachFinding,
	draw,
};

function sharesOf({ estimates, kind }: ResultSet): Estimate[] {
	return kind === "reach" ? estimates.filter(({ statistic }) => statistic === "percent") : [];
}

function draw(results: ResultSet, locale: Locale, { headline, width = WIDTH }: Drawing): TopLevelSpec {
	const rows = sharesOf(results);
	const years = [...new Set(rows.map(({ group }) => group.year ?? ""))].sort();
	const panels = [...groupBy(rows, ({ item }) => item).values()];
	const title = topicTitle("reach", results);
	const words = panels.map(
		(part) => `${part[0]?.label}: ${part.map((row) => `${row.group.year} ${text(row, locale)}`).join(", ")}.`,
	);
	return framed(
		{
			description: [`${title}.`, ...words.slice(0, 8)].join(" "),
			...{ title, headline },
			subtitle: [
				locale.text("chart.base", { base: baseName("eligible", results) }),
				locale.text("note.no-sampling-error"),
			],
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width,
			values: rows.map((row) => ({
				panel: row.item,
				row: row.item,
				label: row.label,
				year: row.group.year,
				share: row.estimate,
				...{ value: row.estimate, low: null, high: null, filled: true, about: text(row, locale) },
				trained: trainedOf(row, results),
				eligible: row.n,
				text: text(row, locale),
			})),
		},
		years.length === 1 ? [oneYear(rows, width, locale)] : [yearsOf(panels, years, width, locale)],
	);
}

/** A single year makes no line, so programmes become rows. */
function oneYear(rows: readonly Estimate[], width: number, locale: Locale): View {
	const labels = rows.map(({ label }) => label);
	const entries = rows.map(({ item, label }) => ({ key: item, label, summary: false }));
	const scale = {
		domain: [0, 100] as [number, number],
		title: locale.text("chart.percentage"),
		reference: 0,
	};
	return intervalPanel(null, entries, scale, intervalGeometry(labels, 1, width), locale, null);
}

/** Many programmes stand side by side. */
function yearsOf(
	parts: readonly Estimate[][],
	years: readonly string[],
	width: number,
	locale: Locale,
): View {
	const columns = parts.length < MANY ? 1 : columnsFor(width, COLUMNS);
	const each = Math.floor((width - (columns - 1) * GAP) / columns) - MARGIN;
	const views = parts.map((part) => panel(part[0] as Estimate, years, each, locale));
	return panelGrid(views, { columns, gap: GAP }, null);
}

function panel({ item, label }: Estimate, years: readonly string[], width: number, locale: Locale): View {
	const end = literal(percentText(100, locale, 0));
	const look = LOOKS[0] as (typeof LOOKS)[number];
	return {
		title: heading(label, width),
		width,
		height: HEIGHT,
		transform: [{ filter: { field: "panel", equal: item } }],
		encoding: {
			x: {
				field: "year",
				type: "ordinal",
				scale: { domain: [...years], type: "point", padding: 0.6 },
				axis: { labelAngle: 0 },
			},
			y: {
				field: "share",
				type: "quantitative",
				scale: { domain: [0, 100] },
				axis: { values: [0, 50, 100], labelExpr: `datum.value === 100 ? ${end} : datum.label` },
			},
		},
		layer: [
			{ mark: { type: "line", color: GUIDE, strokeWidth: 1.6 } },
			{
				mark: { type: "point", filled: true, opacity: 1, size: 62, color: look.colour },
				encoding: {
					tooltip: [
						{ field: "year", type: "nominal", title: locale.text("reach.year") },
						{ field: "text", type: "nominal", title: "%" },
						{ field: "trained", type: "quantitative", title: locale.text("reach.trained") },
						{ field: "eligible", type: "quantitative", title: locale.text("reach.eligible") },
					],
				},
			},
			{
				// Above the point, or below it near the top of the panel.
				transform: [{ filter: "datum.share < 80" }],
				mark: { type: "text", dy: -12, color: INK, fontSize: SIZES.label },
				encoding: { text: { field: "text", type: "nominal" } },
			},
			{
				transform: [{ filter: "datum.share >= 80" }],
				mark: { type: "text", dy: 14, color: INK, fontSize: SIZES.label },
				encoding: { text: { field: "text", type: "nominal" } },
			},
		],
	};
}

function trainedOf({ item, group }: Estimate, { estimates }: ResultSet): number | null {
	const count = estimates.find(
		(other) => other.statistic === "count" && other.item === item && other.group.year === group.year,
	);
	return count?.estimate ?? null;
}

function text({ estimate }: Estimate, locale: Locale): string {
	return percentText(estimate ?? 0, locale);
}
