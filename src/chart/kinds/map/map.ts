import type { TopLevelSpec } from "vega-lite";
import { classesOf, classOf } from "../../../base/classes.js";
import { differencesFinding } from "../../../findings/differences.js";
import { sharesFinding } from "../../../findings/shares.js";
import { isNamed } from "../../../results/named-groups.js";
import { type Estimate, isAverage, type ResultSet } from "../../../results/result-set.js";
import { isSummary, valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed } from "../../parts/chart-frame.js";
import { valueText } from "../../parts/figure-data.js";
import { countItems, groupsOf, percentages, varying } from "../../parts/groups-and-items.js";
import { sharedBase, subtitle, topicTitles } from "../../parts/subtitle.js";
import { isOnMap, places } from "./geography.js";
import { mapView } from "./map-view.js";
import type { MapDatum } from "./shades-of-classes.js";
import { tileView } from "./tile-view.js";

const WIDTH = 960;

/** Systems on the map of the world, each in the shade of the class that its percentage of one item is in. */
export const map: ChartKind = {
	shows: "one item of several countries",
	canShow: (results) => {
		const rows = systemsOf(results);
		const only = varying(groupsOf(percentages(results))).join() === "country";
		return only && countItems(percentages(results)) === 1 && rows.length > 1;
	},
	suits: () => false,
	resizes: true,
	takes: ["highlight"],
	finding: (results, locale) => differencesFinding(results, locale) ?? sharesFinding(results),
	draw: (results, locale, drawing) => draw(results, locale, drawing, "map"),
};

/** The same with each system a square of one size: small countries are seen as well as large ones, also in grey on paper. */
export const tiles: ChartKind = {
	...map,
	draw: (results, locale, drawing) => draw(results, locale, drawing, "tiles"),
};

function systemsOf(results: ResultSet): Estimate[] {
	return percentages(results).filter(({ group }) => !isSummary(group) && isOnMap(group.country ?? ""));
}

/** Codes in the drawing that are not countries but parts of countries. */
function codesOf(values: readonly MapDatum[]): string[] {
	const parts = values.filter(({ code }) => places()[code]?.mark === "square");
	return parts.length === 0 ? [] : [parts.map(({ code, group }) => `${code}: ${group}`).join("; ")];
}

function draw(
	results: ResultSet,
	locale: Locale,
	{ headline, highlight, width = WIDTH }: Drawing,
	form: "map" | "tiles",
): TopLevelSpec {
	const rows = systemsOf(results);
	const limits = classesOf(rows.flatMap(({ estimate }) => estimate ?? []));
	const name = ({ group }: Estimate) => valueLabel(results, locale, "country", group.country, group);
	const values = rows.map(
		(row): MapDatum => ({
			code: row.group.country ?? "",
			group: name(row),
			estimate: row.estimate,
			class: row.estimate === null ? null : classOf(row.estimate, limits),
			text: row.estimate === null ? valueText(row, locale, 1) : percentText(row.estimate, locale),
			pointed: isNamed(row.group, highlight),
		}),
	);
	const away = percentages(results).filter(({ group }) => !isSummary(group) && !isOnMap(group.country ?? ""));
	// There is no axis that lines could cross, so averages are said in words.
	const averages = percentages(results)
		.filter(({ group, estimate }) => isAverage(group.country) && estimate !== null)
		.map((row) => `${name(row)} ${percentText(row.estimate ?? 0, locale)}`);
	const title = `${topicTitles(results, rows)}: ${rows[0]?.label ?? ""}`;
	const sorted = values
		.filter(({ estimate }) => estimate !== null)
		.toSorted((a, b) => Number(b.estimate) - Number(a.estimate));
	return framed(
		{
			description: [`${title}.`, ...sorted.map(({ group, text }) => `${group} ${text}`)].join(" · "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [locale.text("chart.groups", { count: rows.length }), ...averages],
				reading: locale.text(`chart.${form}-reading`),
				base: sharedBase(results, rows, locale),
			}),
			caption: [
				...codesOf(values),
				...(away.length === 0 ? [] : [locale.text("chart.map-away", { systems: away.map(name).join(", ") })]),
				...(form === "map" ? [locale.text("chart.map-boundaries")] : []),
				...caption(results, locale, false),
			],
			warning: syntheticLine(results, locale),
			width,
			values,
		},
		[form === "map" ? mapView(values, limits, width, locale) : tileView(values, limits, width, locale)],
	);
}
