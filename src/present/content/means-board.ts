import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, topicLabel } from "../../results/labels.js";
import type { Estimate, ResultSet, Statistic } from "../../results/result-set.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { isMeasure, legend, percentileOf, statisticName } from "../../wording/statistic-names.js";
import { type Board, type BoardBlock, type BoardColumn, figureRow, headingRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";
import { figureCell, sizeCell } from "./figure.js";

/** One variable in one group. */
interface Measured {
	label: string;
	group: string;
	/** By statistic. */
	figures: ReadonlyMap<Statistic, Estimate>;
}

/** Whether a section has statistics besides means; `rates` shows means among its percentages. */
export function hasSpread(part: readonly Estimate[]): boolean {
	return part.some(({ statistic }) => isMeasure(statistic) && statistic !== "mean");
}

/** Means, standard deviations and quantiles side by side. */
export function meansBoard(part: readonly Estimate[], results: ResultSet, locale: Locale): Board {
	const rows = part.filter(({ statistic }) => isMeasure(statistic));
	const { topic, base } = rows[0] as Estimate;
	const statistics = [...new Set(rows.map(({ statistic }) => statistic))];
	return {
		title: titleOf(plain(topicLabel(topic, results)), locale),
		under: [locale.text("table.base", { base: plain(baseName(base, results)) })],
		form: {
			labelHead: locale.text("means.variable"),
			columns: [
				...statistics.map((statistic) => ({
					head: [statisticName(statistic, locale), locale.text("table.se")],
					...dropOf(statistic),
				})),
				{ head: [locale.text("table.n")] },
			],
			stacks: true,
			blocks: [blockOf(measuredOf(rows, results), statistics)],
		},
		below: legend(statistics, locale),
	};
}

function measuredOf(rows: readonly Estimate[], results: ResultSet): Measured[] {
	return [...groupBy(rows, ({ item, group }) => `${item} ${groupKey(group)}`).values()].map((same) => {
		const { label, item, group } = same[0] as Estimate;
		return {
			label: plain(label || item),
			group: plain(groupName(group, results)),
			figures: new Map(same.map((row) => [row.statistic, row])),
		};
	});
}

/** Rows are variables of a single group, groups of a single variable, or groups under each variable. */
function blockOf(measured: readonly Measured[], statistics: readonly Statistic[]): BoardBlock {
	const row = (label: string, one: Measured, under = false) =>
		figureRow(label, cellsOf(one, statistics), { under });
	const variables = groupBy(measured, ({ label }) => label);
	const groups = new Set(measured.map(({ group }) => group));
	if (groups.size === 1) {
		return { name: measured[0]?.group ?? "", rows: measured.map((one) => row(one.label, one)) };
	}
	if (variables.size === 1) {
		return { name: measured[0]?.label ?? "", rows: measured.map((one) => row(one.group, one)) };
	}
	const under = ([label, part]: [string, Measured[]]): BoardRow[] => [
		headingRow(label),
		...part.map((one) => row(one.group, one, true)),
	];
	return { name: "", rows: [...variables].flatMap(under) };
}

/** One figure per statistic, or one status for all of them; then the number of teachers. */
function cellsOf({ figures }: Measured, statistics: readonly Statistic[]): BoardCell[] {
	const rows = [...figures.values()];
	const { status, n } = rows[0] as Estimate;
	const hidden = rows.every(({ estimate }) => estimate === null);
	return [
		...(hidden
			? [{ status, span: statistics.length }]
			: statistics.map((statistic) => figureCell(figures.get(statistic)))),
		sizeCell(n),
	];
}

/** Outer quantiles are dropped first, then the others, then the standard deviation; the mean stays. */
function dropOf(statistic: Statistic): Pick<BoardColumn, "drop"> {
	if (statistic === "mean" || statistic === "ratio") return {};
	return { drop: /^q\d/.test(statistic) ? 2 + Math.abs(percentileOf(statistic) - 50) : 1 };
}

/** A file's numbers form a topic whose name would only repeat the title. */
function titleOf(topic: string, locale: Locale): string {
	return topic === locale.text("topic.measures") ? topic : locale.text("means.title", { topic });
}
