import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../errors.js";
import type { Locale } from "../locale.js";
import { type Estimate, type Group, gapTopicsOf, type ResultSet } from "../results.js";
import { caption, surveyLine, syntheticLine } from "./caption.js";
import { framed, heading, type View } from "./frame.js";
import { type Box, placeLabels } from "./labels.js";
import { baseLabel, groupKey, groupLabel } from "./names.js";
import { GUIDE, INK, LOOKS, lineHeight, MUTED, SIZES } from "./theme.js";
import { wrapText } from "./wrap.js";

/** A topic of one group: how many need it, how many it was offered. */
interface Point {
	panel: string;
	item: string;
	label: string;
	need: number;
	offer: number;
	unmet: number | null;
}

interface Axes {
	x: [number, number];
	y: [number, number];
	width: number;
	height: number;
}

const FORM = { width: 760, height: 520, wrap: 150 };
/** One datum, for marks that are drawn once and not once a point. */
const ONCE = { values: [{}] };

/**
 * Need × offer: each topic a point, offered to how many (across) and needed by how many (up); lines at the
 * topics' means part the field in four.
 * @throws UserError where the result has no needs beside offers.
 */
export function matrix(results: ResultSet, locale: Locale): TopLevelSpec {
	const groups = groupsOf(results);
	const points = groups.flatMap((group) => pointsOf(results, group));
	const [first] = points;
	if (first === undefined) {
		throw new UserError("there is nothing to draw: the result has no needs beside offers", {
			hint: "make it with talis-pd gaps",
		});
	}
	const axes: Axes = {
		x: spread(points.map(({ offer }) => offer)),
		y: spread(points.map(({ need }) => need)),
		width: FORM.width,
		height: FORM.height,
	};
	const width = FORM.width + 50;
	const parts = groups.map((group) => {
		const own = points.filter(({ panel }) => panel === groupKey(group));
		return panelOf(group, own, axes, results, locale, groups.length > 1);
	});
	const views = parts.map(({ view }) => view);
	const base = results.estimates[0]?.base;
	const title = locale.text("chart.matrix-title");
	const top = points.toSorted((a, b) => (b.unmet ?? 0) - (a.unmet ?? 0)).slice(0, 3);
	const percent = (value: number) => locale.text("chart.percent", { value: locale.number(value, 1) });
	return framed(
		{
			description: [
				`${title}.`,
				...top.map(({ label, need, offer }) =>
					locale.text("chart.matrix-description", { label, need: percent(need), offer: percent(offer) }),
				),
			].join(" "),
			title,
			subtitle: [
				[
					surveyLine(results),
					...(groups.length === 1 ? [groupName(results, locale, groups[0] as Group)] : []),
				]
					.filter((part) => part !== "")
					.join(" · "),
				...(base === undefined ? [] : [locale.text("chart.base", { base: baseLabel(results, base) })]),
				locale.text("chart.matrix-reading"),
			],
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width,
			values: parts.flatMap(({ data }) => data),
		},
		views,
	);
}

function groupsOf({ estimates }: ResultSet): Group[] {
	return [...new Map(estimates.map(({ group }) => [groupKey(group), group])).values()];
}

function pointsOf(results: ResultSet, group: Group): Point[] {
	const topics = gapTopicsOf(results);
	const own = results.estimates.filter(
		(row) => groupKey(row.group) === groupKey(group) && row.statistic === "percent",
	);
	const find = (topic: string, item: string): Estimate | undefined =>
		own.find((row) => row.topic === topic && row.item === item);
	return own.flatMap(({ topic, item, label, estimate: need }) => {
		const offer = find(topics.offer, item)?.estimate ?? null;
		if (topic !== topics.need || need === null || offer === null) return [];
		return [
			{ panel: groupKey(group), item, label, need, offer, unmet: find(topics.unmet, item)?.estimate ?? null },
		];
	});
}

/** The values with air for labels around them, within 0–100. */
function spread(values: readonly number[]): [number, number] {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const air = Math.max(2, (most - least) * 0.14);
	return [Math.max(0, least - air), Math.min(100, most + air)];
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function groupName(results: ResultSet, locale: Locale, group: Group): string {
	return groupLabel(results, locale, group, Object.keys(group));
}

function panelOf(
	group: Group,
	points: readonly Point[],
	axes: Axes,
	results: ResultSet,
	locale: Locale,
	named: boolean,
): { view: View; data: object[] } {
	const { x, y, width, height } = axes;
	const key = groupKey(group);
	const across = (value: number) => ((value - x[0]) / (x[1] - x[0])) * width;
	const up = (value: number) => height - ((value - y[0]) / (y[1] - y[0])) * height;
	const lines = points.map(({ label }) => wrapText(label, FORM.wrap, { size: SIZES.small }));
	const boxes = placeLabels(
		points.map(({ offer, need }) => ({ x: across(offer), y: up(need) })),
		lines,
		{ width, height },
	);
	const data = points.map((point, index) => {
		const box = boxes[index] as Box;
		return {
			...point,
			text: (lines[index] as string[]).join("\n"),
			textX: x[0] + (box.x / width) * (x[1] - x[0]),
			textY: y[1] - (box.y / height) * (y[1] - y[0]),
			endX: x[0] + (box.endX / width) * (x[1] - x[0]),
			endY: y[1] - (box.endY / height) * (y[1] - y[0]),
			far: box.far,
		};
	});
	const axis = (title: string, orient: "bottom" | "left") =>
		({
			title,
			orient,
			grid: false,
			tickCount: 6,
			titleFontWeight: "normal",
			titleColor: MUTED,
			titleFontSize: SIZES.small,
			labelColor: MUTED,
			labelFontSize: SIZES.small,
		}) as const;
	const horizontal = {
		type: "quantitative",
		scale: { domain: x, nice: false, zero: false },
		axis: axis(locale.text("chart.offer-axis"), "bottom"),
	} as const;
	const vertical = {
		type: "quantitative",
		scale: { domain: y, nice: false, zero: false },
		axis: axis(locale.text("chart.need-axis"), "left"),
	} as const;
	const colour = LOOKS[0].colour;
	const middle = { x: mean(points.map(({ offer }) => offer)), y: mean(points.map(({ need }) => need)) };
	const dashed = { type: "rule" as const, color: GUIDE, strokeDash: [4, 3] } satisfies {
		type: string;
		color: string;
		strokeDash: number[];
	};
	const corner = (text: string, right: boolean, bottom: boolean) =>
		({
			data: ONCE,
			mark: {
				type: "text",
				text: wrapText(text, width / 2.4, { size: SIZES.small, weight: 600 }),
				align: right ? "right" : "left",
				baseline: bottom ? "bottom" : "top",
				color: MUTED,
				fontSize: SIZES.small,
				fontWeight: 600,
				lineHeight: lineHeight(SIZES.small),
			},
			encoding: { x: { value: right ? width - 4 : 4 }, y: { value: bottom ? height - 4 : 4 } },
		}) as const;
	const own = { filter: { field: "panel", equal: key } };
	const view: View = {
		...(named ? { title: heading(groupName(results, locale, group), width) } : {}),
		width,
		height,
		layer: [
			{ data: ONCE, mark: dashed, encoding: { x: { datum: middle.x, ...horizontal } } },
			{ data: ONCE, mark: dashed, encoding: { y: { datum: middle.y, ...vertical } } },
			corner(locale.text("chart.quadrant-missing"), false, false),
			corner(locale.text("chart.quadrant-met"), true, false),
			corner(locale.text("chart.quadrant-quiet"), false, true),
			corner(locale.text("chart.quadrant-covered"), true, true),
			{
				transform: [own, { filter: "datum.far" }],
				mark: { type: "rule", color: GUIDE, strokeWidth: 0.8 },
				encoding: {
					x: { field: "offer", ...horizontal },
					x2: { field: "endX" },
					y: { field: "need", ...vertical },
					y2: { field: "endY" },
				},
			},
			{
				transform: [own],
				mark: { type: "point", filled: true, opacity: 1, size: 62, color: colour },
				encoding: {
					x: { field: "offer", ...horizontal },
					y: { field: "need", ...vertical },
					tooltip: [
						{ field: "label", type: "nominal", title: locale.text("chart.item") },
						{ field: "need", type: "quantitative", format: ".1f", title: locale.text("chart.need-axis") },
						{ field: "offer", type: "quantitative", format: ".1f", title: locale.text("chart.offer-axis") },
						{ field: "unmet", type: "quantitative", format: ".1f", title: locale.text("chart.unmet") },
					],
				},
			},
			{
				transform: [own],
				mark: {
					type: "text",
					align: "center",
					baseline: "middle",
					lineBreak: "\n",
					fontSize: SIZES.small,
					lineHeight: lineHeight(SIZES.small),
					color: INK,
				},
				encoding: {
					x: { field: "textX", ...horizontal },
					y: { field: "textTop", ...vertical },
					text: { field: "text", type: "nominal" },
				},
			},
		],
	};
	// Vega hangs further lines below the first, so the first stands half a block higher.
	const leading = (lineHeight(SIZES.small) / height) * (y[1] - y[0]);
	return {
		view,
		data: data.map((datum, index) => ({
			...datum,
			textTop: datum.textY + (((lines[index] as string[]).length - 1) / 2) * leading,
		})),
	};
}
