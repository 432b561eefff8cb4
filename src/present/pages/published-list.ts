import { groupBy } from "../../base/group-by.js";
import { topicTitle } from "../../results/labels.js";
import type { ResultSet } from "../../results/result-set.js";
import { fold, GAP, pad, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** An item of which figures are published. */
export interface PublishedItem {
	topic: string;
	item: string;
	label: string;
	/** Populations with a figure for it. */
	populations: string[];
	/** Number of countries and economies with a figure for it; averages do not count. */
	systems: number;
}

/** What figures results have, an item each; of odds ratios, the items that are outcomes. */
export function publishedItems({ estimates, models = [] }: ResultSet): PublishedItem[] {
	const known = [
		...estimates.filter(({ estimate }) => estimate !== null),
		...models
			.filter(({ coefficients }) => coefficients.some(({ oddsRatio }) => oddsRatio !== null))
			.map(({ outcome, group }) => ({ ...outcome, topic: outcome.topic ?? "", group })),
	];
	return [...groupBy(known, ({ topic, item }) => `${topic}:${item}`).values()].map((rows) => {
		const { topic, item, label } = rows[0] as (typeof rows)[number];
		const systems = new Set(rows.map(({ group }) => group.country ?? ""));
		return {
			...{ topic, item, label },
			populations: [...new Set(rows.flatMap(({ group }) => group.population ?? []))],
			systems: [...systems].filter((id) => !id.startsWith("average:")).length,
		};
	});
}

/** Minimum width of names before a column is left out. */
const LEAST_NAME = 20;

/** Items by topic in columns: id to type, number of systems, populations, and name. */
export function renderPublishedList(results: ResultSet, { width, locale }: View): string {
	const heads = [
		locale.text("table.item"),
		locale.text("published.systems"),
		locale.text("inspect.population"),
	];
	const boards = [...groupBy(publishedItems(results), ({ topic }) => topic)].map(([topic, items]) => {
		const title = fold(topicTitle(topic, results), width);
		return [...title, ...lines(heads, items, width), ""].join("\n");
	});
	const others =
		results.models === undefined ? [`${fold(locale.text("published.others"), width).join("\n")}\n`] : [];
	return [...boards, ...others].join("\n");
}

function lines(heads: readonly string[], items: readonly PublishedItem[], width: number): string[] {
	const rows = items.map(({ topic, item, label, populations, systems }) => ({
		columns: [`${topic}:${item}`, String(systems), populations.join(", ")],
		label,
	}));
	const widths = heads.map((head, at) =>
		Math.max(widthOf(head), ...rows.map(({ columns }) => widthOf(columns[at] ?? ""))),
	);
	const roomBeside = (shown: readonly number[]) =>
		width - shown.reduce((sum, one) => sum + one + GAP.length, 0);
	const shown = roomBeside(widths) < LEAST_NAME ? widths.slice(0, 2) : widths;
	const line = (columns: readonly string[], label: string) =>
		[...shown.map((one, at) => pad(columns[at] ?? "", one)), label].join(GAP).trimEnd();
	return [
		line(heads, ""),
		...rows.flatMap(({ columns, label }) =>
			fold(label, Math.max(1, roomBeside(shown))).map((part, at) => line(at === 0 ? columns : [], part)),
		),
	];
}
