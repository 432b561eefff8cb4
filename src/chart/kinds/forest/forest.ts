import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../../base/group-by.js";
import { synthesisFinding } from "../../../findings/synthesis.js";
import { baseName } from "../../../results/labels.js";
import { isNamed } from "../../../results/named-groups.js";
import type { ResultSet, Statistic, Synthesis } from "../../../results/result-set.js";
import { groupName, valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { digitsOf, levelText, numberText } from "../../../wording/numbers.js";
import { subgroupLabel, synthesisLabel } from "../../../wording/synthesis-names.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading, type View } from "../../parts/chart-frame.js";
import { intervalGeometry } from "../../parts/interval-geometry.js";
import { descending } from "../../parts/order.js";
import { subtitle } from "../../parts/subtitle.js";
import { withTones } from "../../parts/tones.js";
import { type ForestDatum, type ForestPanel, forestPanel } from "./forest-panel.js";

/** Decimals of coefficients, which have no unit. */
const OF_COEFFICIENTS = 2;

/** Below this width, only the estimates have room beside the intervals. */
const NARROW = 480;

/** Systems with their intervals and weights, highest first, and the combined estimates below them. */
export const forest: ChartKind = {
	shows: "a synthesis over systems",
	canShow: hasSyntheses,
	resizes: true,
	takes: ["highlight", "sort", "top"],
	finding: synthesisFinding,
	draw: (results, locale, drawing) => draw(results, locale, false, drawing),
};

/** The synthesis repeated with each system left out in turn. */
export const leaveOneOut: ChartKind = {
	shows: "a synthesis over three systems or more",
	canShow: ({ syntheses = [] }) => syntheses.some(({ leaveOneOut: one }) => one !== null),
	suits: () => false,
	resizes: true,
	takes: ["highlight", "sort", "top"],
	finding: synthesisFinding,
	draw: (results, locale, drawing) => draw(results, locale, true, drawing),
};

function hasSyntheses({ syntheses = [] }: ResultSet): boolean {
	return syntheses.length > 0;
}

function draw(results: ResultSet, locale: Locale, without: boolean, drawing: Drawing): TopLevelSpec {
	const { headline } = drawing;
	const wholes = (results.syntheses ?? []).filter(({ leaveOneOut: one }) => !without || one !== null);
	const panels = [...groupBy(wholes, ({ of }) => JSON.stringify(of)).values()].map((part) =>
		panelOf(part, results, locale, without, drawing),
	);
	const sizes = intervalGeometry(
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
		1,
		drawing.width,
		panels.flatMap(({ data }) => data.map((row) => row.text)),
	);
	const [first] = wholes as [Synthesis];
	const level = levelText(results.settings, locale);
	const text = (key: string) => locale.text(`forest.${key}`, { level });
	const views = panels.map((panel): View => {
		const { of } = panel;
		const below = [
			[groupName(of.group, results), locale.text("chart.base", { base: baseName(of.base, results) })]
				.filter((part) => part !== "")
				.join(" · "),
			panel.heterogeneity,
		];
		return forestPanel(panel, sizes, locale, heading(panel.heading, sizes.width, below));
	});
	const method = locale.text("synthesis.under", {
		method: locale.text(`synthesis.method.${first.method}`),
		test: locale.text(`synthesis.test.${first.test}`),
	});
	const title = locale.text("synthesis.title");
	return framed(
		{
			description: [
				`${title}.`,
				...panels.slice(0, 8).map((panel) => `${panel.heading}: ${panel.spoken}.`),
			].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [method],
				reading: text(without ? "reading-without" : "reading"),
			}),
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: panels.flatMap(({ data }) => data),
		},
		views,
	);
}

/** The panel of one row or term: its systems, then the combined estimates of all and of subgroups. */
function panelOf(
	part: readonly Synthesis[],
	results: ResultSet,
	locale: Locale,
	without: boolean,
	{ highlight, sort, width }: Drawing,
): ForestPanel & { heading: string; heterogeneity: string; spoken: string; of: Synthesis["of"] } {
	const [whole] = part as [Synthesis];
	const { of, members, figures } = whole;
	const key = JSON.stringify(of);
	const digits = of.kind === "coefficient" ? OF_COEFFICIENTS : digitsOf(of.statistic as Statistic);
	const number = (value: number | null) => numberText(value, digits, locale);
	const written = (estimate: number, low: number, high: number) =>
		locale.text("forest.value", { estimate: number(estimate), low: number(low), high: number(high) });
	const text = width !== undefined && width < NARROW ? number : written;
	const systems = members.map((system, place): ForestDatum => {
		const figure = figures[place] as Synthesis["figures"][number];
		const { estimate, ciLow: low, ciHigh: high } = (without ? figure.without : null) ?? figure;
		const name = valueLabel(results, locale, "country", system, { ...of.group, country: system });
		const label = without ? locale.text("forest.without", { system: name }) : name;
		const weight = without ? 1 / members.length : figure.weight;
		return {
			panel: key,
			row: system,
			label,
			value: estimate,
			low,
			high,
			weight,
			text: text(estimate, low, high),
		};
	});
	const means = part.map((one): ForestDatum => {
		const { estimate, ciLow: low, ciHigh: high, k, moderator } = one;
		const label = locale.text("forest.mean", { name: subgroupLabel(one, results, locale), k });
		const row = `mean ${moderator?.level ?? ""}`;
		return {
			panel: key,
			row,
			label,
			value: estimate,
			low,
			high,
			weight: null,
			text: text(estimate, low, high),
		};
	});
	const i2 = locale.number(whole.i2, 1);
	const prediction =
		whole.piLow === null || whole.piHigh === null ? null : ([whole.piLow, whole.piHigh] as const);
	const sorted =
		sort === "name"
			? systems.toSorted((a, b) => locale.compare(a.label, b.label))
			: descending(systems, ({ value }) => value);
	const rows = withTones(
		[...sorted, ...means].map(({ row, label, weight }) => ({ key: row, label, summary: weight === null })),
		({ key: system }) => isNamed({ system }, highlight),
	);
	const quiet = new Set(rows.filter((row) => row.quiet).map((row) => row.key));
	return {
		of,
		key,
		heading: synthesisLabel(of, results, locale),
		heterogeneity: [
			locale.text("forest.heterogeneity", {
				i2,
				tau: numberText(Math.sqrt(whole.tau2), OF_COEFFICIENTS, locale),
			}),
			...(prediction === null
				? []
				: [
						locale.text("forest.prediction", {
							level: levelText(results.settings, locale),
							low: number(prediction[0]),
							high: number(prediction[1]),
						}),
					]),
		].join("; "),
		spoken: written(whole.estimate, whole.ciLow, whole.ciHigh),
		rows,
		data: [...systems, ...means].map((one) => ({ ...one, quiet: quiet.has(one.row) })),
		// A prediction interval does not apply to combined estimates, and its width would make them all look alike.
		prediction: without ? null : prediction,
		mean: whole.estimate,
		zero: of.kind !== "estimate",
		unit: locale.text(unitOf(whole)),
	};
}

function unitOf({ of }: Synthesis): string {
	if (of.kind === "coefficient") return of.family === "logistic" ? "forest.log-odds" : "forest.coefficient";
	if (of.statistic !== "percent") return "chart.own-unit";
	return of.kind === "comparison" ? "chart.points" : "chart.percentage";
}
