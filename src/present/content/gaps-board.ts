import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { GAP_SIDES, type GapSide, gapTopicsOf } from "../../results/gap-topics.js";
import { groupKey } from "../../results/group-key.js";
import { baseName } from "../../results/labels.js";
import type { Comparison, Estimate, ResultSet } from "../../results/result-set.js";
import { isAdjusted } from "../../results/significance.js";
import { isShown, whyWithoutDifference } from "../../wording/difference-text.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import type { ShownStatus } from "../../wording/status-text.js";
import { type Board, type BoardColumn, figureRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";
import { decidingCell, differenceCell, starred } from "./difference-cells.js";
import { figureCell } from "./figure.js";

const MOST_HEAD = 14;

/** The figures of one item in one group. */
interface Gap {
	label: string;
	figures: (Estimate | undefined)[];
	comparison: Comparison | undefined;
}

/** Need, offer, unmet need and the gap side by side: one block per group, items in the order of the results. */
export function gapBoard(results: ResultSet, locale: Locale): Board {
	const topics = Object.values(gapTopicsOf(results));
	const rows = results.estimates.filter(
		({ topic, statistic }) => topics.includes(topic) && statistic === "percent",
	);
	const groups = [...groupBy(rows, ({ group }) => groupKey(group)).values()];
	const columns = columnsOf(results, locale);
	return {
		title: locale.text("gaps.title"),
		under: [...baseLines(rows, results, locale), locale.text("gaps.definition")],
		form: {
			labelHead: locale.text("table.item"),
			columns,
			blocks: groups.map((part) => ({
				name: plain(groupName((part[0] as Estimate).group, results)),
				rows: gapsOf(part, results).map((gap) => rowOf(gap, columns)),
			})),
		},
		below: [],
	};
}

/** One base for all topics, or one for each. */
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
	cell(gap: Gap): BoardCell;
}

function columnsOf(results: ResultSet, locale: Locale): GapColumn[] {
	const gapCell = (row: Comparison) => starred(differenceCell(row), row, results);
	const adjusted = isAdjusted(results.settings);
	const head = (side: GapSide) => [
		locale.text(`gaps.${side}`),
		`${locale.text("table.percent")} ${locale.text("table.se")}`,
	];
	return [
		...GAP_SIDES.map((side, index) => ({
			head: head(side),
			folds: MOST_HEAD,
			// Unmet need is dropped before the two sides of the gap.
			drop: 1 + index,
			cell: ({ figures }: Gap) => figureCell(figures[index]),
		})),
		{
			head: [locale.text("gaps.gap"), `${locale.text("compare.points-head")} ${locale.text("table.se")}`],
			folds: Number.POSITIVE_INFINITY,
			cell: compared(gapCell, whyWithoutDifference),
		},
		{
			head: [locale.text(adjusted ? "compare.p-adjusted" : "compare.p")],
			drop: 1 + GAP_SIDES.length,
			cell: compared(decidingCell, () => "ok"),
		},
	];
}

/** A cell of the comparison if it has a difference, otherwise the reason for its absence. */
function compared(
	cellOf: (row: Comparison) => BoardCell,
	why: (row: Comparison) => ShownStatus | undefined,
): GapColumn["cell"] {
	return ({ comparison: row }) => {
		if (row === undefined) return {};
		return isShown(row) ? cellOf(row) : { status: why(row) };
	};
}

/** A reason that hides the whole row is given once. */
function rowOf(gap: Gap, columns: readonly GapColumn[]): BoardRow {
	const { label, figures } = gap;
	const known = figures.flatMap((row) => row ?? []);
	const [status, ...others] = [...new Set(known.map((row) => row.status))];
	const hidden = status !== undefined && known.every(({ estimate }) => estimate === null);
	if (hidden && others.length === 0) return figureRow(label, [{ status, span: columns.length }]);
	return figureRow(
		label,
		columns.map(({ cell }) => cell(gap)),
	);
}
