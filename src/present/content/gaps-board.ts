import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { GAP_SIDES, type GapSide, gapTopicsOf } from "../../results/gap-topics.js";
import { groupKey } from "../../results/group-key.js";
import { baseName } from "../../results/labels.js";
import type { Comparison, Estimate, ResultSet } from "../../results/result-set.js";
import { isAdjusted } from "../../results/significance.js";
import { isShown, withoutDifference } from "../../wording/difference-text.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { DASH } from "../../wording/numbers.js";
import { stackHead } from "../text/column-heads.js";
import { type Board, type BoardColumn, boardRow } from "./board.js";
import type { Cell, GridRow } from "./cells.js";
import { differenceCells } from "./difference-cells.js";
import { hiddenText } from "./figure.js";
import { figureCells } from "./figure-cells.js";

const LEAST_HEAD = 10;
const MOST_HEAD = 14;

/** Whether results set need against offer. */
export function areGaps(results: ResultSet): boolean {
	const { need } = gapTopicsOf(results);
	return results.settings.command === "gaps" && results.estimates.some(({ topic }) => topic === need);
}

/** What is known of one item in one group. */
interface Gap {
	label: string;
	figures: (Estimate | undefined)[];
	comparison: Comparison | undefined;
}

/** Need, offer, unmet need and the gap side by side: a block a group, items in the order of the results. */
export function gapBoard(results: ResultSet, locale: Locale): Board {
	const topics = Object.values(gapTopicsOf(results));
	const rows = results.estimates.filter(
		({ topic, statistic }) => topics.includes(topic) && statistic === "percent",
	);
	const groups = [...groupBy(rows, ({ group }) => groupKey(group)).values()];
	const columns = columnsOf(rows, results, locale);
	return {
		title: locale.text("gaps.title"),
		under: [...baseLines(rows, results, locale), locale.text("gaps.definition")],
		forms: [
			{
				labelHead: locale.text("table.item"),
				columns,
				blocks: groups.map((part) => ({
					name: plain(groupName((part[0] as Estimate).group, results)),
					rows: gapsOf(part, results).map((gap) => rowOf(gap, columns, locale)),
				})),
			},
		],
		below: [],
	};
}

/** One base for all, or each topic with its own. */
function baseLines(rows: readonly Estimate[], results: ResultSet, locale: Locale): string[] {
	const topics = gapTopicsOf(results);
	const bases = GAP_SIDES.flatMap((side) => {
		const base = rows.find((row) => row.topic === topics[side])?.base;
		return base === undefined ? [] : [{ side, base: plain(baseName(base, results)) }];
	});
	const different = [...new Set(bases.map(({ base }) => base))];
	if (different.length === 1) return different.map((base) => locale.text("table.base", { base }));
	return bases.map(({ side, base }) => `${locale.text(`gaps.${side}`)}: ${base}`);
}

function gapsOf(part: readonly Estimate[], results: ResultSet): Gap[] {
	const { comparisons } = results;
	const topics = gapTopicsOf(results);
	const key = groupKey((part[0] as Estimate).group);
	return [...groupBy(part, ({ item }) => item)].map(([item, rows]) => ({
		label: plain(rows[0]?.label || item),
		figures: GAP_SIDES.map((side) => rows.find((row) => row.topic === topics[side])),
		comparison: comparisons.find((row) => row.item === item && groupKey(row.group) === key),
	}));
}

interface GapColumn extends BoardColumn {
	cell(gap: Gap): Cell;
}

function columnsOf(rows: readonly Estimate[], results: ResultSet, locale: Locale): GapColumn[] {
	const figureCell = figureCells(rows, locale);
	const cells = differenceCells(results.comparisons, results, locale);
	const gapCell = (row: Comparison) => cells.starred(cells.difference(row), row);
	const adjusted = isAdjusted(results.settings);
	const head = (side: GapSide) => [
		...stackHead(locale.text(`gaps.${side}`), LEAST_HEAD, MOST_HEAD),
		`${locale.text("table.percent")} ${locale.text("table.se")}`,
	];
	const compared = (cellOf: (row: Comparison) => Cell, hidden: (row: Comparison) => string) => {
		return ({ comparison: row }: Gap): Cell => {
			if (row === undefined) return { text: "" };
			return isShown(row) ? cellOf(row) : { text: hidden(row), hidden: true };
		};
	};
	return [
		...GAP_SIDES.map((side, index) => ({
			head: head(side),
			// Unmet need goes before the two sides of the gap.
			drop: 1 + index,
			cell: ({ figures }: Gap) => figureCell(figures[index]),
		})),
		{
			head: [
				...cells.starredHead(locale.text("gaps.gap"), gapCell),
				...cells.starredHead(`${locale.text("compare.points-head")} ${locale.text("table.se")}`, gapCell),
			],
			cell: compared(gapCell, (row) => withoutDifference(row, locale)),
		},
		{
			head: [locale.text(adjusted ? "compare.p-adjusted" : "compare.p")],
			drop: 1 + GAP_SIDES.length,
			cell: compared(cells.decision, () => DASH),
		},
	];
}

/** Where all is hidden for one reason, it is said once. */
function rowOf(gap: Gap, columns: readonly GapColumn[], locale: Locale): GridRow {
	const { label, figures } = gap;
	const known = figures.flatMap((row) => row ?? []);
	const [reason, ...others] = [...new Set(known.map(({ status }) => status))];
	const hidden = reason !== undefined && known.every(({ estimate }) => estimate === null);
	if (hidden && others.length === 0) {
		return boardRow(label, [{ text: hiddenText(reason, locale), hidden: true, span: columns.length }]);
	}
	return boardRow(
		label,
		columns.map(({ cell }) => cell(gap)),
	);
}
