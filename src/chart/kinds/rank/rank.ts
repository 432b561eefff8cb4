import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../../base/group-by.js";
import { differencesFinding } from "../../../findings/differences.js";
import { sharesFinding } from "../../../findings/shares.js";
import { isNamed } from "../../../results/named-groups.js";
import { type Estimate, type Group, isAverage, type ResultSet } from "../../../results/result-set.js";
import { groupLabel, isSummary, valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed } from "../../parts/chart-frame.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { endsOf, figuresOf, valueText } from "../../parts/figure-data.js";
import { groupId } from "../../parts/group-id.js";
import { countItems, groupsOf, percentages, varying } from "../../parts/groups-and-items.js";
import { intervalGeometry } from "../../parts/interval-geometry.js";
import { descending } from "../../parts/order.js";
import { percentReading, sharedBase, significanceText, subtitle, topicTitles } from "../../parts/subtitle.js";
import { withTones } from "../../parts/tones.js";
import { type RankPanel, rankPanel } from "./rank-panel.js";
import { againstAverage, referenceOf, verdictOf } from "./verdicts.js";

const DENSE_ROWS = 25;
const DENSE_HEIGHT = 17;

/**
 * Countries, or other groups, by their percentage of one item, highest first, with the average marked and, where
 * it was tested, who differs from it.
 */
export const rank: ChartKind = {
	shows: "one item of several countries or groups",
	canShow: (results) => {
		const rows = percentages(results);
		return countItems(rows) === 1 && groupsOf(rows).length > 1;
	},
	suits: (results) => {
		const { kind, comparisons } = results;
		if (!rank.canShow(results)) return false;
		return kind === "compare"
			? againstAverage(results, "country").length === comparisons.length
			: groupsOf(percentages(results)).length > MAX_SERIES;
	},
	resizes: true,
	takes: ["highlight", "benchmarkLine", "sort", "top"],
	finding: (results, locale) => differencesFinding(results, locale) ?? sharesFinding(results),
	draw,
};

function draw(results: ResultSet, locale: Locale, drawing: Drawing): TopLevelSpec {
	const { headline } = drawing;
	const drawn = percentages(results) as [Estimate, ...Estimate[]];
	const breakdowns = varying(groupsOf(drawn));
	const ranked = breakdowns.includes("country") ? "country" : (breakdowns.at(-1) as string);
	const panels = panelsOf(results, drawn, ranked, locale, drawing);
	const sizes = intervalGeometry(
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
		1,
		drawing.width,
	);
	if (sizes.above === 0 && panels.some(({ rows }) => rows.length > DENSE_ROWS)) {
		sizes.rowHeight = Math.max(DENSE_HEIGHT, sizes.rowHeight - 6);
	}
	const [{ label, group }] = drawn;
	const shared = Object.keys(group).filter((id) => !breakdowns.includes(id));
	const title = `${topicTitles(results, drawn)}: ${label}`;
	return framed(
		{
			description: [`${title}.`, ...panels.map((panel) => inWords(panel, locale))].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [
					groupLabel(results, locale, group, shared),
					...(panels.length === 1
						? [locale.text("chart.groups", { count: panels[0]?.rows.length ?? 0 })]
						: []),
				],
				reading: percentReading(results, locale, "chart.reading"),
				base: sharedBase(results, drawn, locale),
			}),
			caption: caption(results, locale),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: panels.flatMap(({ data }) => data),
		},
		panels.map((panel) => rankPanel(panel, sizes, locale)),
	);
}

/** One panel for each combination of the other breakdowns. */
function panelsOf(
	results: ResultSet,
	drawn: Estimate[],
	ranked: string,
	locale: Locale,
	{ highlight, benchmarkLine, sort }: Drawing,
): RankPanel[] {
	const others = varying(groupsOf(drawn)).filter((id) => id !== ranked);
	const part = (group: Group) => Object.fromEntries(others.map((id) => [id, group[id] ?? ""]));
	return [...groupBy(drawn, ({ group }) => groupId(part(group)))].map(([key, rows]) => {
		const name = ({ group }: Estimate) => valueLabel(results, locale, ranked, group[ranked], group);
		const nameAndValue = (row: Estimate) => `${name(row)} (${valueText(row, locale, 1)})`;
		const tests = againstAverage(results, ranked);
		const reference = referenceOf(rows, tests, ranked, benchmarkLine);
		const lined = linesOf(rows, reference, ranked);
		const listed = rows.filter((row) => !lined.includes(row));
		const rank = (row: Estimate) => (isSummary(row.group) ? -2 : (row.estimate ?? -1));
		const sorted =
			sort === "name"
				? listed.toSorted(
						(a, b) =>
							Number(isSummary(a.group)) - Number(isSummary(b.group)) || locale.compare(name(a), name(b)),
					)
				: descending(listed, rank);
		const [first] = rows as [Estimate, ...Estimate[]];
		const verdicts = sorted.map((row) => verdictOf(row, tests, ranked, results.settings));
		const tested = verdicts.some((verdict) => verdict !== "untested" && verdict !== "average");
		const entries = withTones(
			sorted.map((row) => ({
				...{ key: groupId(row.group), label: name(row), summary: isSummary(row.group), group: row.group },
			})),
			({ group }) => isNamed(group, highlight),
		);
		return {
			key,
			heading: others.length === 0 ? null : groupLabel(results, locale, first.group, others),
			below: reference !== undefined && tested ? testedText(nameAndValue(reference), results, locale) : null,
			lines: lined.map((row) => ({
				label: `${name(row)} ${valueText(row, locale, 1)}`,
				value: row.estimate ?? 0,
				strong: isNamed(row.group, highlight),
				main: row === reference,
			})),
			rows: entries,
			data: sorted.map((row, index) => ({
				panel: key,
				row: groupId(row.group),
				item: row.label,
				group: name(row),
				...figuresOf(row, results.settings, locale),
				...endsOf(row),
				text: valueText(row, locale, 1),
				verdict: verdicts[index] ?? "untested",
				quiet: entries[index]?.quiet === true,
			})),
		};
	});
}

/** An average is not a system but a line through the systems. Without systems, averages are compared. */
function linesOf(rows: readonly Estimate[], reference: Estimate | undefined, ranked: string): Estimate[] {
	const isLine = (row: Estimate) => isAverage(row.group[ranked]) && row.estimate !== null;
	return rows.every(isLine) ? rows.filter((row) => row === reference) : rows.filter(isLine);
}

function testedText(average: string, results: ResultSet, locale: Locale): string {
	return locale.text("chart.average-tested", { average, p: significanceText(results, locale) });
}

function inWords({ data, lines }: RankPanel, locale: Locale): string {
	const shown = data.filter(({ estimate }) => estimate !== null);
	const [top, bottom] = [shown[0], shown.at(-1)];
	if (top === undefined || bottom === undefined) return "";
	const ends = locale.text("chart.description-rank", {
		count: shown.length,
		top: top.group,
		topValue: percentText(top.estimate ?? 0, locale),
		bottom: bottom.group,
		bottomValue: percentText(bottom.estimate ?? 0, locale),
	});
	const averages = lines.map(({ label }) => `${locale.text("chart.average-line", { average: label })}.`);
	return [ends, ...averages].join(" ");
}
