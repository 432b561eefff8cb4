import type { Estimate } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { intervalHead } from "../../wording/numbers.js";
import { isMeasure } from "../../wording/statistic-names.js";
import { figureRow } from "../content/board.js";
import type { BoardCell, BoardRow } from "../content/cells.js";
import { figureCell, intervalCell, sizeCell } from "../content/figure.js";
import type { ItemRow, Section } from "../content/sections.js";
import { GAP } from "../text/text-width.js";
import { alignedGrid } from "./aligned.js";
import { cellWidths, gridText, labelRoom, longestLabel, type Page, type TextGrid } from "./terminal-grid.js";

const LEAST_LABEL = 24;
const LEAST_BAR = 8;
const MOST_BAR = 20;

/** One group: room for a bar, the interval and n beside the percentage. */
export function singleText(section: Pick<Section, "rows" | "head">, key: string, page: Page): string {
	const roomOf = (grid: TextGrid) => labelRoom(cellWidths(grid), page.width);
	const counted = section.rows.some(({ counts }) => counts.size > 0);
	const beside = singleGrid(section, key, counted ? "beside" : "none", page);
	const grid = counted && roomOf(beside) < LEAST_LABEL ? singleGrid(section, key, "below", page) : beside;
	const room = roomOf(grid);
	const longest = longestLabel(grid);
	const spare = room - GAP.length - Math.min(longest, Math.max(LEAST_LABEL, room - GAP.length - LEAST_BAR));
	const bar = spare >= LEAST_BAR ? Math.min(MOST_BAR, spare) : 0;
	const label = Math.max(1, Math.min(longest, bar > 0 ? room - bar - GAP.length : room));
	const rows = grid.blocks.flatMap((block) => block.rows);
	return gridText(grid, rows, { label, bar, cells: cellWidths(grid) }, page.chalk);
}

/** Position of the number of teachers: in its own column or, on a narrow page, on its own line. */
type CountPlace = "none" | "beside" | "below";

/** What the rows have: a published figure may come without interval and n. */
interface Shown {
	interval: boolean;
	n: boolean;
}

function singleGrid(
	{ rows, head }: Pick<Section, "rows" | "head">,
	key: string,
	place: CountPlace,
	{ locale, level }: Page,
): TextGrid {
	const estimates = rows.flatMap(({ cells }) => cells.get(key) ?? []);
	const shown: Shown = {
		interval: estimates.some(({ ciLow }) => ciLow !== null),
		n: estimates.some(({ n }) => n !== null),
	};
	const heads = [
		locale.text("table.percent"),
		locale.text("table.se"),
		...(shown.interval ? [intervalHead(level, locale)] : []),
		...(shown.n ? [locale.text("table.n")] : []),
		...(place === "beside" ? [locale.text("table.count"), locale.text("table.se")] : []),
	];
	return alignedGrid(
		{
			labelHead: head ?? locale.text("table.item"),
			columns: heads.map((text) => ({ head: [text] })),
			blocks: [{ name: "", rows: rows.flatMap((row) => rowsOf(row, key, shown, place, locale)) }],
		},
		locale,
	);
}

function rowsOf(
	{ label, cells, counts, statistic }: ItemRow,
	key: string,
	shown: Shown,
	place: CountPlace,
	locale: Locale,
): BoardRow[] {
	const count = place === "none" ? [] : splitCells(counts.get(key));
	const estimate = cells.get(key);
	const own = estimateCells(estimate, shown);
	const main: BoardRow = {
		...figureRow(label, place === "beside" ? [...own, ...count] : own, { apart: isMeasure(statistic) }),
		bar: estimate?.statistic === "percent" ? estimate.estimate : null,
	};
	if (place !== "below" || count.length === 0) return [main];
	return [main, figureRow(locale.text("table.count"), count, { under: true })];
}

function estimateCells(row: Estimate | undefined, { interval, n }: Shown): BoardCell[] {
	if (row === undefined) return [];
	const size = n ? [sizeCell(row.n)] : [];
	if (row.estimate === null) return [{ ...figureCell(row), span: interval ? 3 : 2 }, ...size];
	return [...splitCells(row), ...(interval ? [intervalCell(row)] : []), ...size];
}

/** Figure and error in separate columns; empty if hidden. */
function splitCells(row: Estimate | undefined): BoardCell[] {
	if (row === undefined || row.estimate === null) return [];
	const { error = null, ...value } = figureCell(row);
	return [value, { error, digits: value.digits ?? 0 }];
}
