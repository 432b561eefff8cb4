import type { Estimate } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { DASH, digitsOf, intervalHead, numberText } from "../../wording/numbers.js";
import type { Cell, GridRow } from "../content/cells.js";
import { hiddenText, isMarked } from "../content/figure.js";
import type { Section } from "../content/sections.js";
import { GAP } from "../text/text-width.js";
import { cellWidths, type Grid, gridText, longestLabel, type Page } from "./terminal-grid.js";

const LEAST_LABEL = 24;
const LEAST_BAR = 8;
const MOST_BAR = 20;

/** One group: room for a bar, the interval and n beside the percentage. */
export function singleText(section: Pick<Section, "rows" | "head">, key: string, page: Page): string {
	const counted = section.rows.some(({ counts }) => counts.size > 0);
	const beside = singleGrid(section, key, counted ? "beside" : "none", page);
	const grid =
		counted && labelRoom(beside, page.width) < LEAST_LABEL ? singleGrid(section, key, "below", page) : beside;
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

/** What the rows have: a published figure may come without interval and n. */
interface Shown {
	interval: boolean;
	n: boolean;
	marks: boolean;
}

function singleGrid(
	{ rows, head }: Pick<Section, "rows" | "head">,
	key: string,
	place: CountPlace,
	page: Page,
): Grid {
	const { locale, level } = page;
	const estimates = rows.flatMap(({ cells }) => cells.get(key) ?? []);
	const shown: Shown = {
		interval: estimates.some(({ ciLow }) => ciLow !== null),
		n: estimates.some(({ n }) => n !== null),
		marks: estimates.some(isMarked),
	};
	const heads = [
		locale.text("table.percent") + (shown.marks ? GAP : ""),
		locale.text("table.se"),
		...(shown.interval ? [intervalHead(level, locale)] : []),
		...(shown.n ? [locale.text("table.n")] : []),
		...(place === "beside" ? [locale.text("table.count"), locale.text("table.se")] : []),
	];
	return {
		labelHead: head ?? locale.text("table.item"),
		heads: heads.map((text) => [text]),
		rows: rows.flatMap((row) => {
			const estimate = row.cells.get(key);
			const counts = place === "none" ? [] : countCells(row.counts.get(key), locale);
			const main: GridRow = {
				label: row.label,
				bar: estimate?.statistic === "percent" ? estimate.estimate : null,
				cells: [...estimateCells(estimate, shown, locale), ...(place === "beside" ? counts : [])],
				apart: row.statistic !== "percent" && row.statistic !== "count",
			};
			if (place !== "below" || counts.length === 0) return [main];
			const [number = { text: "" }, ...others] = counts;
			const below = [{ text: number.text + (shown.marks ? GAP : "") }, ...others];
			return [main, { label: `  ${locale.text("table.count")}`, bar: null, cells: below, apart: false }];
		}),
	};
}

function estimateCells(row: Estimate | undefined, { interval, n, marks }: Shown, locale: Locale): Cell[] {
	if (row === undefined) return [];
	const rows = n ? [{ text: numberText(row.n, 0, locale), hidden: row.estimate === null }] : [];
	if (row.estimate === null) {
		return [{ text: hiddenText(row.status, locale), hidden: true, span: interval ? 3 : 2 }, ...rows];
	}
	const number = (value: number | null) => numberText(value, digitsOf(row.statistic), locale);
	const mark = isMarked(row) ? " !" : marks ? GAP : "";
	return [
		{ text: number(row.estimate) + mark },
		{ text: `(${number(row.se)})` },
		...(interval ? [{ text: intervalText(row, number) }] : []),
		...rows,
	];
}

function intervalText({ ciLow, ciHigh }: Estimate, number: (value: number | null) => string): string {
	return ciLow === null && ciHigh === null ? DASH : `${number(ciLow)}–${number(ciHigh)}`;
}

function countCells(row: Estimate | undefined, locale: Locale): Cell[] {
	if (row === undefined || row.estimate === null) return [];
	return [{ text: numberText(row.estimate, 0, locale) }, { text: `(${numberText(row.se, 0, locale)})` }];
}
