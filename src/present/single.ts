import type { Locale } from "../locale.js";
import type { Estimate } from "../results.js";
import {
	type Cell,
	cellWidths,
	GAP,
	type Grid,
	type GridRow,
	gridText,
	longestLabel,
	type Page,
} from "./grid.js";
import { digitsOf, type ItemRow } from "./sheet.js";

const LEAST_LABEL = 24;
const LEAST_BAR = 8;
const MOST_BAR = 20;
const HEADS = ["percent", "se", "ci", "n"];

/** One group: room for a bar, the interval and n beside the percentage. */
export function singleText(rows: readonly ItemRow[], key: string, page: Page): string {
	const counted = rows.some(({ counts }) => counts.size > 0);
	const beside = singleGrid(rows, key, counted ? "beside" : "none", page);
	const grid =
		counted && labelRoom(beside, page.width) < LEAST_LABEL ? singleGrid(rows, key, "below", page) : beside;
	const room = labelRoom(grid, page.width);
	const longest = longestLabel(grid);
	const spare = room - GAP.length - Math.min(longest, Math.max(LEAST_LABEL, room - GAP.length - LEAST_BAR));
	const bar = spare >= LEAST_BAR ? Math.min(MOST_BAR, spare) : 0;
	const label = Math.max(1, Math.min(longest, bar > 0 ? room - bar - GAP.length : room));
	return gridText(grid, { label, bar, cells: cellWidths(grid) }, page.chalk);
}

function labelRoom(grid: Grid, width: number): number {
	return cellWidths(grid).reduce((room, cell) => room - cell - GAP.length, width);
}

/** Where the number of teachers goes: into columns of its own or, on a narrow page, into lines of its own. */
type CountPlace = "none" | "beside" | "below";

function singleGrid(rows: readonly ItemRow[], key: string, place: CountPlace, page: Page): Grid {
	const { locale, level } = page;
	const heads = place === "beside" ? [...HEADS, "count", "se"] : HEADS;
	const marked = rows.some(({ cells }) => isMarked(cells.get(key)));
	return {
		labelHead: locale.text("table.item"),
		heads: heads.map((name, index) => [
			locale.text(`table.${name}`, { level }) + (marked && index === 0 ? GAP : ""),
		]),
		rows: rows.flatMap((row) => {
			const estimate = row.cells.get(key);
			const counts = place === "none" ? [] : countCells(row.counts.get(key), locale);
			const main: GridRow = {
				label: row.label,
				bar: estimate?.statistic === "percent" ? estimate.estimate : null,
				cells: [...estimateCells(estimate, marked, locale), ...(place === "beside" ? counts : [])],
				apart: row.statistic === "mean",
			};
			if (place !== "below" || counts.length === 0) return [main];
			const [number = { text: "" }, ...others] = counts;
			const below = [{ text: number.text + (marked ? GAP : "") }, ...others];
			return [main, { label: `  ${locale.text("table.count")}`, bar: null, cells: below, apart: false }];
		}),
	};
}

function isMarked(row: Estimate | undefined): boolean {
	return row !== undefined && row.estimate !== null && row.status !== "ok";
}

function estimateCells(row: Estimate | undefined, marked: boolean, locale: Locale): Cell[] {
	if (row === undefined) return [];
	const n = { text: locale.number(row.n, 0), hidden: row.estimate === null };
	if (row.estimate === null) {
		return [{ text: "" }, { text: "" }, { text: locale.text(`status.${row.status}`), hidden: true }, n];
	}
	const digits = digitsOf(row.statistic);
	const number = (value: number | null) => (value === null ? "–" : locale.number(value, digits));
	const mark = isMarked(row) ? " !" : marked ? GAP : "";
	return [
		{ text: number(row.estimate) + mark },
		{ text: `(${number(row.se)})` },
		{ text: `${number(row.ciLow)}–${number(row.ciHigh)}` },
		n,
	];
}

function countCells(row: Estimate | undefined, locale: Locale): Cell[] {
	if (row === undefined || row.estimate === null) return [];
	const number = (value: number | null) => (value === null ? "–" : locale.number(value, 0));
	return [{ text: number(row.estimate) }, { text: `(${number(row.se)})` }];
}
