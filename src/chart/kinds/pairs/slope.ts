import type { TopLevelSpec } from "vega-lite";
import { differencesFinding } from "../../../findings/differences.js";
import { isNamed } from "../../../results/named-groups.js";
import type { ResultSet } from "../../../results/result-set.js";
import { valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed } from "../../parts/chart-frame.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { countItems, groupsOf } from "../../parts/groups-and-items.js";
import { sharedBase, sharedGroup, significanceText, subtitle, topicTitles } from "../../parts/subtitle.js";
import { withTones } from "../../parts/tones.js";
import { pairPanels, pairViews } from "./pair-panels.js";
import { leftOut, onlyPairs, type Pairs, pairsOf, percentsOnly, type ResultPair } from "./result-pairs.js";
import { slopeData, slopeGeometry, slopePanel } from "./slope-panel.js";

/** Lines of more groups than this cannot be followed from end to end. */
const MAX_LINES = 16;

/** More than this are no picture, even where few lines cross. */
const MAX_ROWS = 24;

/** Words for so many pairs in the description. */
const DESCRIBED = 8;

/**
 * From the earlier cycle to the later one: a line for each item or group, strong if the change is significant. Values
 * that are not comparable are drawn at both ends without a line.
 */
export const slope: ChartKind = {
	shows: `two cycles side by side, of up to ${MAX_ROWS} groups or items in a panel`,
	canShow: (results) => {
		const found = pairsOf(results);
		return (
			found !== null &&
			isTrend(found) &&
			longest(found) <= MAX_ROWS &&
			found.pairs.some(({ a, b }) => a !== null || b !== null)
		);
	},
	suits: (results) => {
		const found = onlyPairs(results);
		return found !== null && isTrend(found) && groupsOf(found.pairs).length <= MAX_LINES;
	},
	resizes: true,
	takes: ["highlight", "top"],
	finding: (results, locale) => differencesFinding(percentsOnly(results), locale),
	draw,
};

/** Rows of the longest panel: the groups of an item, or the items of a group. */
function longest({ pairs }: Pairs): number {
	const groups = groupsOf(pairs).length;
	const items = countItems(pairs);
	return groups > 1 && (items === 1 || groups > MAX_SERIES) ? groups : items;
}

/** Whether the sides of pairs are two cycles. */
function isTrend({ between }: Pairs): boolean {
	return between.variable === "cycle";
}

function draw(results: ResultSet, locale: Locale, { headline, highlight, width }: Drawing): TopLevelSpec {
	const found = pairsOf(results) as Pairs;
	const { between, pairs } = found;
	// a is the later cycle, and time runs to the right.
	const [later, earlier] = (["a", "b"] as const).map((side) =>
		valueLabel(results, locale, between.variable, between[side]),
	) as [string, string];
	const panels = pairPanels(results, found, locale).map((panel) => ({
		...panel,
		rows: withTones(panel.rows, ({ pair }) => isNamed({ ...pair.group, item: pair.item }, highlight)),
	}));
	const sizes = slopeGeometry(panels, width);
	const values = panels.flatMap((panel) => slopeData(panel, sizes, locale));
	const title = topicTitles(results, pairs);
	const inWords = ({ label, a, b }: ResultPair) =>
		a === null || b === null
			? []
			: [
					locale.text("chart.description-pair", {
						label,
						a: earlier,
						b: later,
						valueA: percentText(b, locale),
						valueB: percentText(a, locale),
					}),
				];
	const reading = locale.text("chart.slope-reading", {
		earlier,
		later,
		p: significanceText(results, locale),
	});
	return framed(
		{
			description: [`${title}.`, ...pairs.slice(0, DESCRIBED).flatMap(inWords)].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, pairs, locale)],
				reading: pairs.some(isUnjoined) ? `${reading}; ${locale.text("chart.slope-unjoined")}` : reading,
				base: sharedBase(results, pairs, locale),
			}),
			caption: [...leftOut(results, locale), ...caption(results, locale, false)],
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values,
		},
		pairViews(panels, sizes, (panel, title) => slopePanel(panel, title, { earlier, later }, sizes, locale)),
	);
}

function isUnjoined({ a, b, difference }: ResultPair): boolean {
	return a !== null && b !== null && difference === null;
}
