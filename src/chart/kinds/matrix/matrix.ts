import type { TopLevelSpec } from "vega-lite";
import { gapsFinding } from "../../../findings/gaps.js";
import { gapTopicsOf } from "../../../results/gap-topics.js";
import type { Estimate, Group, ResultSet } from "../../../results/result-set.js";
import { groupLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { ChartKind, Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading } from "../../parts/chart-frame.js";
import { groupId } from "../../parts/group-id.js";
import { groupsOf, shownShares } from "../../parts/groups-and-items.js";
import { sharedBase, sharedGroup, subtitle } from "../../parts/subtitle.js";
import { SIZES } from "../../theme/theme.js";
import { axesFor, type MatrixPoint, NAMED, PANEL_GAP, panelsWidth } from "./matrix-axes.js";
import { type MatrixWords, matrixPanel } from "./matrix-panel.js";
import { type MatrixTopic, nameLines, topicList, topicsOf } from "./matrix-topics.js";

/**
 * Need × offer: each topic a point, offered to how many (across) and needed by how many (up); lines at the
 * topics' means part the field in four.
 */
export const matrix: ChartKind = {
	shows: "needs beside offers",
	canShow: (results) => groupsOf(results.estimates).some((group) => pointsOf(results, group).length > 0),
	suits: (results) => results.estimates.some(({ topic }) => topic === gapTopicsOf(results).unmet),
	resizes: true,
	takes: ["top"],
	highest: {
		rows: shownShares,
		by: "groups",
		ofGroup: (rows) => Math.max(...rows.map(({ estimate }) => estimate ?? -1)),
	},
	finding: gapsFinding,
	draw,
};

function draw(results: ResultSet, locale: Locale, { headline, width: wanted }: Drawing): TopLevelSpec {
	// A group whose figures are all hidden has no field of its own.
	const groups = groupsOf(results.estimates).filter((group) => pointsOf(results, group).length > 0);
	const points = groups.flatMap((group) => pointsOf(results, group));
	const axes = axesFor(points, wanted);
	const topics = topicsOf(points);
	const alone = groups.length === 1;
	const named = alone && axes.width >= NAMED;
	const panels = groups.map((group, index) => {
		const key = groupId(group);
		const name = groupLabel(results, locale, group, Object.keys(group));
		return matrixPanel(
			key,
			alone ? null : heading(name, axes.width, [], SIZES.label),
			points.filter(({ panel }) => panel === key),
			{
				...axes,
				titled: { x: index + axes.columns >= groups.length, y: index % axes.columns === 0 },
			},
			named ? NAMES : numbersOf(topics),
			index === 0,
			locale,
		);
	});
	const views = panels.map(({ view }) => view);
	const width = wanted ?? panelsWidth(axes);
	const title = locale.text("chart.matrix-title");
	const top = points.toSorted((a, b) => (b.unmet ?? 0) - (a.unmet ?? 0)).slice(0, 3);
	return framed(
		{
			description: [
				`${title}.`,
				...top.map(({ label, need, offer }) =>
					locale.text("chart.matrix-description", {
						label,
						need: percentText(need, locale),
						offer: percentText(offer, locale),
					}),
				),
			].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, results.estimates, locale)],
				reading: locale.text(named ? "chart.matrix-reading" : "chart.matrix-reading-numbers"),
				base: sharedBase(results, results.estimates, locale),
			}),
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width,
			values: panels.flatMap(({ data }) => data),
		},
		named
			? views
			: [
					topicList(topics, width),
					{ concat: views, columns: axes.columns, spacing: { row: 28, column: PANEL_GAP } },
				],
	);
}

/** Where one field has all the room, points have their names beside them. */
const NAMES: MatrixWords = { linesOf: ({ label }) => nameLines(label), weight: 400, dot: 62 };

/** In smaller fields, the numbers that a list gives them. */
function numbersOf(topics: readonly MatrixTopic[]): MatrixWords {
	const numbers = new Map(topics.map(({ item, number }) => [item, number]));
	return { linesOf: ({ item }) => [numbers.get(item) as string], weight: 600, dot: 44 };
}

function pointsOf(results: ResultSet, group: Group): MatrixPoint[] {
	const topics = gapTopicsOf(results);
	const own = results.estimates.filter(
		(row) => groupId(row.group) === groupId(group) && row.statistic === "percent",
	);
	const find = (topic: string, item: string): Estimate | undefined =>
		own.find((row) => row.topic === topic && row.item === item);
	return own.flatMap(({ topic, item, label, estimate: need, ciLow, ciHigh }) => {
		const other = find(topics.offer, item);
		const offer = other?.estimate ?? null;
		if (topic !== topics.need || need === null || offer === null) return [];
		return [
			{
				...{ panel: groupId(group), item, label, need, offer },
				unmet: find(topics.unmet, item)?.estimate ?? null,
				...{ needLow: ciLow, needHigh: ciHigh },
				...{ offerLow: other?.ciLow ?? null, offerHigh: other?.ciHigh ?? null },
			},
		];
	});
}
