import type { TopLevelSpec } from "vega-lite";
import type { Locale } from "../locale.js";
import type { ResultSet } from "../results.js";
import { baseLine, caption, chartTitle, subtitle, syntheticLine } from "./caption.js";
import { dataRows } from "./data.js";
import { description } from "./description.js";
import { framed, heading, type View } from "./frame.js";
import { type Geometry, geometry } from "./geometry.js";
import { layOut } from "./layout.js";
import { dotPanel } from "./panel.js";
import type { Layout, Section } from "./shape.js";
import { SIZES } from "./theme.js";

/**
 * Dots with intervals: every percentage of the result as a point, its confidence interval as a line and its
 * value in figures, highest first.
 * @throws UserError where the result has no percentage.
 */
export function dots(results: ResultSet, locale: Locale): TopLevelSpec {
	const layout = layOut(results, locale);
	const sizes = geometry(layout);
	const single = layout.sections.length === 1 ? layout.sections[0] : undefined;
	return framed(
		{
			description: description(results, layout, locale),
			title: chartTitle(results, layout),
			subtitle: [
				...subtitle(results, layout, locale),
				...(single === undefined ? [] : [baseLine(single, layout, locale)]),
			],
			caption: caption(results, locale),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: dataRows(layout, locale),
		},
		layout.sections.map((section) => sectionView(section, layout, sizes, locale)),
	);
}

function sectionView(section: Section, layout: Layout, sizes: Geometry, locale: Locale): View {
	// The only section has its title over the whole chart.
	const title =
		layout.sections.length === 1
			? null
			: heading(section.title, sizes.width, [baseLine(section, layout, locale)]);
	const [only] = section.panels;
	if (layout.rows === "items" && only !== undefined) {
		return dotPanel(only, layout, sizes, locale, title);
	}
	const panelWidth = sizes.labelWidth + sizes.plotWidth;
	const concat = section.panels.map((panel) => {
		const above = panel.heading === null ? null : heading(panel.heading, panelWidth, [], SIZES.label);
		return dotPanel(panel, layout, sizes, locale, above);
	});
	const grid = { concat, columns: sizes.columns, spacing: { row: 28, column: sizes.gap } };
	return title === null ? grid : { title: { ...title, offset: 18 }, ...grid };
}
