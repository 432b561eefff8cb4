import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../base/group-by.js";
import { sharesFinding } from "../../findings/shares.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { percentText } from "../../wording/numbers.js";
import type { ChartKind, Drawing } from "../kind.js";
import { caption, syntheticLine } from "../parts/caption.js";
import { framed, type View } from "../parts/chart-frame.js";
import type { Entry } from "../parts/entries.js";
import type { Geometry } from "../parts/geometry.js";
import { groupsOf, percentages } from "../parts/groups-and-items.js";
import { intervalGeometry } from "../parts/interval-geometry.js";
import { legendOf } from "../parts/looks.js";
import { descending, restLast } from "../parts/order.js";
import { laneOf, lowered, percentScale, rowScale } from "../parts/scales.js";
import { sharedBase, sharedGroup, subtitle, topicTitles } from "../parts/subtitle.js";
import { INK, LOOKS, PAPER, SIZES } from "../theme/theme.js";

/** A share smaller than this many percentage points has no room for its figure. */
const ROOM = 5;

/** Mutually exclusive answers as parts of a bar; the remainder up to 100 % chose none of them. */
export const stacked: ChartKind = {
	shows: "one group's shares of answers of which each teacher gave one, several a question",
	canShow: (results) => partsOf(results).length > 0,
	resizes: true,
	finding: sharesFinding,
	draw,
};

interface Part {
	row: string;
	part: string;
	estimate: Estimate;
}

/** The items of one variable are its answers. Their names read "question: answer". */
function partsOf(results: ResultSet): Part[] {
	const rows = percentages(results);
	if (groupsOf(rows).length !== 1 || results.comparisons.length > 0) return [];
	const questionOf = ({ variable, item }: Estimate) => variable ?? /^(.+)=/.exec(item)?.[1] ?? null;
	const questions = [...groupBy(rows, (row) => `${row.topic}/${questionOf(row)}`).values()];
	const isWhole = (own: readonly Estimate[]) =>
		own.length > 1 &&
		own.every((row) => questionOf(row) !== null && row.label.includes(": ")) &&
		own.reduce((sum, { estimate }) => sum + (estimate ?? 0), 0) <= 100.5;
	if (!questions.every(isWhole)) return [];
	const parts = rows.map((estimate) => {
		const at = estimate.label.indexOf(": ");
		return { row: estimate.label.slice(0, at), part: estimate.label.slice(at + 2), estimate };
	});
	return new Set(parts.map(({ part }) => part)).size <= LOOKS.length ? parts : [];
}

function draw(results: ResultSet, locale: Locale, { headline, width }: Drawing): TopLevelSpec {
	const parts = partsOf(results);
	const names = [...new Set(parts.map(({ part }) => part))];
	const questions = [...groupBy(parts, ({ row }) => row)];
	const total = (own: readonly Part[]) =>
		own.reduce((sum, { estimate }) => sum + (estimate.estimate ?? 0), 0);
	const rows = restLast(
		descending(questions, ([, own]) => total(own)).map(([row, own]) => ({
			key: own[0]?.estimate.item.startsWith("other") ? "other" : row,
			label: row,
			summary: false,
		})),
	).map((entry) => ({ ...entry, key: entry.label }));
	const sizes = intervalGeometry(
		rows.map(({ label }) => label),
		1,
		width,
	);
	const title = topicTitles(
		results,
		parts.map(({ estimate }) => estimate),
	);
	const words = questions.map(
		([row, own]) =>
			`${row}: ${own.map(({ part, estimate }) => `${part} ${percentText(estimate.estimate ?? 0, locale)}`).join(", ")}.`,
	);
	const estimates = parts.map(({ estimate }) => estimate);
	return framed(
		{
			description: [`${title}.`, ...words.slice(0, 8)].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, estimates, locale)],
				reading: locale.text("chart.stacked-reading"),
				base: sharedBase(results, estimates, locale),
			}),
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: parts.map(({ row, part, estimate: { estimate } }) => ({
				...{ row, part, estimate },
				order: names.indexOf(part),
				text: estimate === null || estimate < ROOM ? "" : locale.number(estimate, 0),
			})),
		},
		[bars(rows, names, sizes, locale)],
	);
}

function bars(rows: Entry[], names: readonly string[], sizes: Geometry, locale: Locale): View {
	const series = names.map((name) => ({ key: name, label: name, summary: false }));
	const x = {
		field: "estimate",
		...percentScale(sizes, locale),
		stack: "zero" as const,
	};
	const shared = {
		y: rowScale(rows, { series: [] }, sizes),
		order: { field: "order", type: "quantitative" as const },
	};
	return {
		width: sizes.plotWidth,
		height: sizes.rowHeight * rows.length,
		layer: [
			{
				mark: {
					type: "bar",
					height: sizes.above === 0 ? { band: 0.72 } : laneOf(sizes).height,
					stroke: PAPER,
					strokeWidth: 1.5,
					...lowered(sizes),
				},
				encoding: {
					...shared,
					x,
					color: {
						field: "part",
						type: "nominal",
						sort: null,
						scale: { domain: [...names], range: names.map((_, index) => LOOKS[index]?.colour ?? INK) },
						legend: legendOf(series, sizes),
					},
					tooltip: [
						{ field: "row", type: "nominal", title: locale.text("chart.item") },
						{ field: "part", type: "nominal", title: locale.text("chart.group") },
						{ field: "estimate", type: "quantitative", format: ".1f", title: locale.text("chart.estimate") },
					],
				},
			},
			{
				mark: { type: "text", baseline: "middle", fontSize: SIZES.small, color: PAPER, ...lowered(sizes) },
				encoding: {
					...shared,
					x: { ...x, bandPosition: 0.5 },
					detail: { field: "part" },
					text: { field: "text", type: "nominal" },
				},
			},
		],
	};
}
