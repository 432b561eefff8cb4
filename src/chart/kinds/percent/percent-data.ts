import type { Estimate } from "../../../results/result-set.js";
import type { Settings } from "../../../results/result-settings.js";
import type { Locale } from "../../../wording/locale.js";
import type { EntryLayout, Panel, Point } from "../../parts/entries.js";
import { type Datum, endsOf, figuresOf, valueText } from "../../parts/figure-data.js";

/** How a published figure was tested against the survey's own: a mark behind its value, or nothing. */
export type Tests = (estimate: Estimate) => string;

/** Rows of all panels, in drawing order. */
export function percentRows(
	layout: EntryLayout,
	locale: Locale,
	settings: Settings,
	tests: Tests = () => "",
): Datum[] {
	const digits = digitsOf(layout);
	return layout.sections.flatMap(({ panels }) =>
		panels.flatMap((panel) =>
			panel.points.map((point) => datum(panel, point, layout, locale, settings, digits, tests)),
		),
	);
}

/** One panel of one series leaves room for a decimal; more of either read better in whole percent. */
export function digitsOf({ series, sections }: EntryLayout): 0 | 1 {
	return series.length === 1 && sections.every(({ panels }) => panels.length === 1) ? 1 : 0;
}

function datum(
	panel: Panel,
	point: Point,
	layout: EntryLayout,
	locale: Locale,
	settings: Settings,
	digits: number,
	tests: Tests,
): Datum {
	const { estimate } = point;
	const group = layout.rows === "groups" ? labelOf(panel.rows, point.row) : "";
	const series = labelOf(layout.series, point.series);
	return {
		panel: panel.key,
		row: point.row,
		series: point.series,
		item: estimate.label,
		group: [group, series].filter((part) => part !== "").join(" · "),
		...figuresOf(estimate, settings, locale),
		...endsOf(estimate),
		text: `${valueText(estimate, locale, digits)}${tests(estimate)}`,
	};
}

function labelOf(entries: { key: string; label: string }[], key: string): string {
	return entries.find((entry) => entry.key === key)?.label ?? "";
}
