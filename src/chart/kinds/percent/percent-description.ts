import type { ResultSet } from "../../../results/result-set.js";
import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import type { EntryLayout, EntrySection, Panel, Point } from "../../parts/entries.js";
import { topicTitles } from "../../parts/subtitle.js";
import type { Marks } from "./percent-panel.js";

const MARKS = { dots: "chart.description", bars: "chart.description-bars" } as const;

/** The chart in words, for those who cannot see it: the highest and the lowest value of each panel. */
export function description(results: ResultSet, layout: EntryLayout, locale: Locale, marks: Marks): string {
	const panels = layout.sections.flatMap((section) =>
		section.panels.map((panel) => panelText(section, panel, layout, locale)),
	);
	return [`${topicTitles(results, layout.sections)}.`, locale.text(MARKS[marks]), ...panels]
		.filter((part) => part !== "")
		.join(" ");
}

function panelText(section: EntrySection, panel: Panel, layout: EntryLayout, locale: Locale): string {
	const shown = panel.points
		.filter(({ estimate }) => estimate.estimate !== null)
		.toSorted((a, b) => (b.estimate.estimate ?? 0) - (a.estimate.estimate ?? 0));
	const [top, bottom] = [shown[0], shown.at(-1)];
	if (top === undefined || bottom === undefined) return "";
	const name = (point: Point) => {
		const row = panel.rows.find(({ key }) => key === point.row)?.label;
		const series = layout.series.find(({ key }) => key === point.series)?.label;
		return [row, series].filter((part) => part !== undefined && part !== "").join(", ");
	};
	const value = ({ estimate }: Point) => percentText(estimate.estimate ?? 0, locale);
	return locale.text("chart.description-panel", {
		heading: panel.heading ?? section.title,
		top: name(top),
		topValue: value(top),
		bottom: name(bottom),
		bottomValue: value(bottom),
	});
}
