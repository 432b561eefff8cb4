import { groupBy } from "../../../base/group-by.js";
import { baseName, topicTitle } from "../../../results/labels.js";
import type { ResultSet } from "../../../results/result-set.js";
import { groupLabel, isSummary } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { heading, panelGrid, type Title, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import { groupId } from "../../parts/group-id.js";
import { countItems, groupsOf } from "../../parts/groups-and-items.js";
import { SIZES } from "../../theme/theme.js";
import type { Pairs, ResultPair } from "./result-pairs.js";

/** Pairs that stand in one panel, each a row or a line. */
export interface PairPanel {
	key: string;
	/** From the outermost: the topic where there are several, then the group or the item. */
	headings: string[];
	rows: (Entry & { pair: ResultPair })[];
	/** Whether its rows are groups, of which there are many then, and not items. */
	byGroup: boolean;
}

/** Sizes of panels that may stand side by side, in pixels. */
export interface PairGrid {
	columns: number;
	/** Between columns. */
	gap: number;
	panelWidth: number;
	/** Across all columns. */
	width: number;
}

/** More groups than this have a panel for each item instead of one for each group. */
const MAX_GROUPS = 6;

/** Divides pairs among panels: by topic, then by group where there are few, else by item. */
export function pairPanels(results: ResultSet, { between, pairs }: Pairs, locale: Locale): PairPanel[] {
	const groups = groupsOf(pairs).length;
	const items = between.variable === "item" ? 1 : countItems(pairs);
	const rows = items > 1 && groups <= MAX_GROUPS ? "items" : "groups";
	const topics = groupBy(pairs, ({ topic, base }) => `${topic}/${base}`);
	const nameOf = ({ group }: ResultPair) =>
		groupLabel(results, locale, group, Object.keys(group)) || locale.text("chart.everybody");
	const facetOf = (pair: ResultPair) => (rows === "items" ? groupId(pair.group) : pair.item);
	return [...topics].flatMap(([topic, own]) =>
		[...groupBy(own, facetOf)].map(([facet, members]): PairPanel => {
			const [first] = members as [ResultPair, ...ResultPair[]];
			return {
				key: `${topic}/${facet}`,
				headings: [
					...(topics.size > 1
						? [`${topicTitle(first.topic, results)} (${baseName(first.base, results)})`]
						: []),
					...(rows === "items" ? (groups > 1 ? [nameOf(first)] : []) : [first.label || first.item]),
				],
				// An average is a row here: its pair has a difference of its own, with a test, that no line through others shows.
				rows: members.map((pair) => ({
					key: rows === "items" ? pair.item : groupId(pair.group),
					label: rows === "items" ? pair.label || pair.item : nameOf(pair),
					summary: rows === "items" ? pair.item === "any" : isSummary(pair.group),
					pair,
				})),
				byGroup: rows === "groups",
			};
		}),
	);
}

/** In how many columns panels stand: long ones of many groups side by side, as below each other they fill many screens. */
export function panelColumns(panels: readonly PairPanel[], most: number): number {
	return panels.every(({ byGroup }) => byGroup) ? Math.min(most, panels.length) : 1;
}

/** The views of panels: below each other with all their headings, or in columns under those that they share. */
export function pairViews(
	panels: readonly PairPanel[],
	sizes: PairGrid,
	draw: (panel: PairPanel, title: { title?: Title }) => View,
): View[] {
	if (sizes.columns === 1) return panels.map((panel) => draw(panel, pairHeading(panel, sizes.width)));
	const sections = groupBy(panels, ({ headings }) => headings.slice(0, -1).join(" · "));
	return [...sections].map(([section, own]) => {
		const views = own.map((panel) => {
			const name = panel.headings.at(-1) ?? "";
			return draw(panel, { title: heading(name, sizes.panelWidth, [], SIZES.label) });
		});
		return panelGrid(views, sizes, section === "" ? null : heading(section, sizes.width));
	});
}

/** The title over a panel, where it has one. */
function pairHeading({ headings }: PairPanel, width: number): { title?: Title } {
	const [first, ...below] = headings;
	return first === undefined ? {} : { title: heading(first, width, below) };
}
