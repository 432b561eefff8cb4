import { html, type Markup } from "../../base/html.js";
import type { Board } from "../../present/content/board.js";
import { cellText, printedValue } from "../../present/content/cell-text.js";
import { type BoardCell, placed } from "../../present/content/cells.js";
import { partsOf } from "../../present/content/contents.js";
import { figureCell, intervalCell, sizeCell, valueCell } from "../../present/content/figure.js";
import { type Column, columnsOf, type Section, shownColumns } from "../../present/content/sections.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { digitsOf, intervalHead, levelText } from "../../wording/numbers.js";

/** With more groups than this, groups become rows and items columns. */
const MOST_COLUMNS = 6;

interface Table {
	caption: string[];
	/** How many columns on the left are names. */
	names: number;
	heads: string[];
	rows: { names: string[]; cells: BoardCell[] }[];
}

/**
 * All tables of a result, each of which can be sorted by every column.
 * @param about What distinguishes them from other tables of the same figures, for screen readers.
 */
export function pageTables(results: ResultSet, locale: Locale, about?: string): Markup[] {
	const columns = columnsOf(results);
	return partsOf(results, locale)
		.flatMap((part) =>
			"board" in part
				? [boardTable(part.board, locale)]
				: [sectionTable(part.section, columns, results, locale)],
		)
		.map((table) => tableMarkup(table, about, locale));
}

function sectionTable(section: Section, all: readonly Column[], results: ResultSet, locale: Locale): Table {
	const columns = shownColumns(section, all);
	const base = locale.text("table.base", { base: section.base });
	const [only] = columns;
	if (columns.length === 1 && only !== undefined) {
		const caption = [section.title, [only.label, base].filter((text) => text !== "").join(" · ")];
		return { caption, ...singleTable(section, only.key, results, locale) };
	}
	const [shared, names] = sharedNames(columns);
	const unit = `${locale.text("table.percent")} ${locale.text("table.se")}`;
	const caption = [section.title, [...shared, base, unit].join(" · ")];
	const cell = (row: Section["rows"][number], { key }: Column) => figureCell(row.cells.get(key));
	const item = section.head ?? locale.text("table.item");
	if (columns.length > MOST_COLUMNS) {
		return {
			caption,
			names: 1,
			heads: [locale.text("table.group"), ...section.rows.map(({ label }) => label)],
			rows: columns.map((column) => ({
				names: [names(column)],
				cells: section.rows.map((row) => cell(row, column)),
			})),
		};
	}
	return {
		caption,
		names: 1,
		heads: [item, ...columns.map(names)],
		rows: section.rows.map((row) => ({
			names: [row.label],
			cells: columns.map((column) => cell(row, column)),
		})),
	};
}

/** What all groups share is stated once; each is named by the rest. */
function sharedNames(columns: readonly Column[]): [string[], (column: Column) => string] {
	const [first] = columns as [Column];
	const isShared = (value: string, place: number) => columns.every(({ values }) => values[place] === value);
	const shared = first.values.filter(isShared);
	const own = ({ values }: Column) =>
		values.filter((_, place) => !isShared(first.values[place] ?? "", place));
	return [shared, (column) => own(column).join(" · ") || column.label];
}

/** One group leaves room for the interval and the numbers of teachers and, where they are known, schools. */
function singleTable(
	{ rows, head }: Section,
	key: string,
	results: ResultSet,
	locale: Locale,
): Omit<Table, "caption"> {
	const schools = rows.some(({ cells }) => typeof cells.get(key)?.schools === "number");
	const cells = (row: Estimate | undefined): BoardCell[] => {
		if (row === undefined) return [{ span: schools ? 5 : 4 }];
		const counts = [row.n, ...(schools ? [row.schools] : [])].map(sizeCell);
		if (row.estimate === null) return [{ status: row.status, span: 3 }, ...counts];
		return [valueCell(row), { value: row.se, digits: digitsOf(row.statistic) }, intervalCell(row), ...counts];
	};
	return {
		names: 1,
		heads: [
			head ?? locale.text("table.item"),
			locale.text("table.percent"),
			locale.text("table.se").replace(/[()]/g, ""),
			intervalHead(levelText(results.settings, locale), locale),
			locale.text("table.n"),
			...(schools ? [locale.text("table.schools")] : []),
		],
		rows: rows.map((row) => ({ names: [row.label], cells: cells(row.cells.get(key)) })),
	};
}

/** Blocks and headings become columns, so that rows can change places. */
function boardTable(
	{ title, under, form: { labelHead, columns, blocks }, below }: Board,
	locale: Locale,
): Table {
	const several = blocks.length > 1;
	const flat = blocks.flatMap(({ name, rows }) => {
		let heading = "";
		return rows.flatMap(({ label, under, cells }) => {
			if (cells.length > 0) return [{ name, heading: under ? heading : "", label, cells }];
			heading = label;
			return [];
		});
	});
	const headed = flat.some(({ heading }) => heading !== "");
	const block = several || blocks[0]?.name === undefined || blocks[0].name === "" ? [] : [blocks[0].name];
	return {
		caption: [title, [...block, ...under, ...below].join(" · ")],
		names: 1 + Number(several) + Number(headed),
		heads: [
			...(several ? [locale.text("table.group")] : []),
			...(headed ? [locale.text("table.item")] : []),
			labelHead,
			...columns.map(({ head }) => head.join(" ")),
		],
		rows: flat.map(({ name, heading, label, cells }) => ({
			names: [...(several ? [name] : []), ...(headed ? [heading] : []), label],
			cells,
		})),
	};
}

/** More columns than this are printed across the paper. */
const MOST_UPRIGHT = 9;

function tableMarkup(
	{ caption: [title = "", ...lines], names, heads, rows }: Table,
	about: string | undefined,
	locale: Locale,
): Markup {
	const label = [title, ...(about === undefined ? [] : [about]), ...lines].join(". ");
	const ranks = Array.from({ length: names }, (_, place) =>
		ranksOf(
			rows.map((row) => row.names[place] ?? ""),
			locale,
		),
	);
	const wide = heads.length > MOST_UPRIGHT ? " wide" : "";
	return html`<div class="table${wide}" role="region" tabindex="0" aria-label="${label}"><table>
<caption><strong>${title}</strong>${lines.map((line) => html`<span>${line}</span>`)}</caption>
<thead><tr>${heads.map(
		(head, index) =>
			html`<th scope="col"${index < names ? html`` : html` class="number"`}><button type="button">${head}</button></th>`,
	)}</tr></thead>
<tbody>${rows.map((row) => rowMarkup(row, ranks, heads.length, locale))}</tbody>
</table></div>
`;
}

/** Ranks of names in the language's alphabet, which not every browser knows. */
function ranksOf(names: readonly string[], locale: Locale): ReadonlyMap<string, number> {
	return new Map([...new Set(names)].sort(locale.compare).map((name, rank) => [name, rank]));
}

function rowMarkup(
	{ names, cells }: Table["rows"][number],
	ranks: readonly ReadonlyMap<string, number>[],
	columns: number,
	locale: Locale,
): Markup {
	const spread = placed(cells);
	const used = spread.reduce((sum, { span }) => sum + span, names.length);
	return html`
<tr>${names.map((name, index) => {
		const rank = ranks[index]?.get(name);
		return index === names.length - 1
			? html`<th scope="row" data-rank="${rank}">${name}</th>`
			: html`<td data-rank="${rank}">${name}</td>`;
	})}${spread.map((cell) => {
		const { span, status } = cell;
		const value = printedValue(cell);
		return html`<td${span > 1 ? html` colspan="${span}"` : null}${status === undefined ? null : html` class="hidden"`}${value === null ? null : html` data-value="${value}"`}>${cellText(cell, locale)}</td>`;
	})}${used < columns ? html`<td colspan="${columns - used}"></td>` : null}</tr>`;
}
