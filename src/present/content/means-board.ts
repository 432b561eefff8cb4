import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, topicLabel } from "../../results/labels.js";
import type { Estimate, ResultSet, Statistic } from "../../results/result-set.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { isMeasure, legend, percentileOf, statisticName } from "../../wording/statistic-names.js";
import { type Block, type Board, type BoardColumn, boardRow, type Form, headingRow } from "./board.js";
import type { Cell, GridRow } from "./cells.js";
import { besideLines, type LineMaker, type Making, type Measured, stackedLines } from "./mean-lines.js";

const INDENT = "  ";

/** Whether a section has more than means: those of `rates` stand among its percentages. */
export function hasSpread(part: readonly Estimate[]): boolean {
	return part.some(({ statistic }) => isMeasure(statistic) && statistic !== "mean");
}

/** Means, standard deviations and quantiles side by side; errors below the figures where room is short. */
export function meansBoard(part: readonly Estimate[], results: ResultSet, locale: Locale): Board {
	const rows = part.filter(({ statistic }) => isMeasure(statistic));
	const { topic, base } = rows[0] as Estimate;
	const statistics = [...new Set(rows.map(({ statistic }) => statistic))];
	const measured = measuredOf(rows, results);
	const make = { rows, measured, statistics, locale };
	return {
		title: locale.text("means.title", { topic: plain(topicLabel(topic, results)) }),
		under: [locale.text("table.base", { base: plain(baseName(base, results)) })],
		forms: [formOf(make, besideLines), formOf(make, stackedLines)],
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

function formOf(making: Making, lineMaker: LineMaker): Form {
	const { measured, statistics, locale } = making;
	return {
		labelHead: locale.text("means.variable"),
		columns: [
			...statistics.map((statistic) => ({
				head: [statisticName(statistic, locale), locale.text("table.se")],
				...dropOf(statistic),
			})),
			{ head: [locale.text("table.n")] },
		],
		blocks: [blockOf(measured, lineMaker(making))],
	};
}

/** Variables of the one group, groups of the one variable, or groups under each variable. */
function blockOf(measured: readonly Measured[], linesOf: (measured: Measured) => Cell[][]): Block {
	const rows = (label: string, one: Measured) =>
		linesOf(one).map((cells, index) => boardRow(index === 0 ? label : "", cells));
	const variables = groupBy(measured, ({ label }) => label);
	const groups = new Set(measured.map(({ group }) => group));
	if (groups.size === 1) {
		return { name: measured[0]?.group ?? "", rows: measured.flatMap((one) => rows(one.label, one)) };
	}
	if (variables.size === 1) {
		return { name: measured[0]?.label ?? "", rows: measured.flatMap((one) => rows(one.group, one)) };
	}
	const under = ([label, part]: [string, Measured[]]): GridRow[] => [
		headingRow(label),
		...part.flatMap((one) => rows(INDENT + one.group, one)),
	];
	return { name: "", rows: [...variables].flatMap(under) };
}

/** Outer quantiles go first, then the others, then the standard deviation; the mean stays. */
function dropOf(statistic: Statistic): Pick<BoardColumn, "drop"> {
	if (statistic === "mean") return {};
	return { drop: statistic === "sd" ? 1 : 2 + Math.abs(percentileOf(statistic) - 50) };
}
