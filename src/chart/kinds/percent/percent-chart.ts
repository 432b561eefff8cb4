import type { TopLevelSpec } from "vega-lite";
import type { ResultSet } from "../../../results/result-set.js";
import type { Locale } from "../../../wording/locale.js";
import type { Drawing } from "../../kind.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading, panelGrid, type View } from "../../parts/chart-frame.js";
import type { EntryLayout, EntrySection } from "../../parts/entries.js";
import { type Geometry, geometry } from "../../parts/geometry.js";
import {
	baseLine,
	groupNames,
	percentReading,
	significanceText,
	subtitle,
	topicTitles,
} from "../../parts/subtitle.js";
import { SIZES } from "../../theme/theme.js";
import { benchmarkMark } from "./benchmark-marks.js";
import { percentRows } from "./percent-data.js";
import { description } from "./percent-description.js";
import { layOutPanels } from "./percent-layout.js";
import { type Marks, percentPanel } from "./percent-panel.js";

const READINGS = { dots: "chart.reading", bars: "chart.reading-bars" } as const;

/** Percentages of items and groups in rows, by topic, and by item where there are many groups. */
export function percentChart(
	results: ResultSet,
	locale: Locale,
	marks: Marks,
	drawing: Drawing,
): TopLevelSpec {
	const { headline } = drawing;
	const layout = layOutPanels(results, locale, drawing);
	const sizes = geometry(layout, drawing.width);
	const single = layout.sections.length === 1 ? layout.sections[0] : undefined;
	const values = percentRows(layout, locale, results.settings, benchmarkMark(results));
	const tested = values.some(({ text }) => /[▲▼=]$/.test(text));
	return framed(
		{
			description: description(results, layout, locale, marks),
			...{ title: topicTitles(results, layout.sections), headline },
			subtitle: subtitle(results, locale, {
				groups: groupNames(results, layout, locale),
				reading: [
					percentReading(results, locale, READINGS[marks]),
					...(tested ? [locale.text("chart.benchmark-marks", { p: significanceText(results, locale) })] : []),
				].join("; "),
				...(single === undefined ? {} : { base: baseLine(single, layout, locale) }),
			}),
			caption: caption(results, locale),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values,
		},
		layout.sections.map((section) => sectionView(section, layout, sizes, locale, marks)),
	);
}

function sectionView(
	section: EntrySection,
	layout: EntryLayout,
	sizes: Geometry,
	locale: Locale,
	marks: Marks,
): View {
	// The only section has its title over the whole chart.
	const title =
		layout.sections.length === 1
			? null
			: heading(section.title, sizes.width, [baseLine(section, layout, locale)]);
	const [only] = section.panels;
	if (layout.rows === "items" && only !== undefined) {
		return percentPanel(only, layout, sizes, locale, marks, title);
	}
	const panelWidth = sizes.labelWidth + sizes.plotWidth;
	const concat = section.panels.map((panel) => {
		const above = panel.heading === null ? null : heading(panel.heading, panelWidth, [], SIZES.label);
		return percentPanel(panel, layout, sizes, locale, marks, above);
	});
	return panelGrid(concat, sizes, title);
}
