import { Chalk } from "chalk";
import { UserError } from "../../base/errors.js";
import { plain } from "../../base/escape.js";
import { option, say } from "../../base/say.js";
import type { ResultSet } from "../../results/result-set.js";
import { readings } from "../../wording/comparison-sentence.js";
import { levelText } from "../../wording/numbers.js";
import { apart, bySystem, transposed, usualLayout } from "../content/arrangement.js";
import { partsOf, showsComparisons } from "../content/contents.js";
import { haveIntervals } from "../content/section-board.js";
import { type Column, columnsOf, isSynthetic, type Section, shownColumns } from "../content/sections.js";
import { boardText } from "../terminal/board-text.js";
import { footerText } from "../terminal/footer.js";
import { pivotText } from "../terminal/pivot.js";
import { plotTexts } from "../terminal/plot.js";
import { singleText } from "../terminal/single.js";
import type { Page } from "../terminal/terminal-grid.js";
import { fold, hanging } from "../text/text-width.js";
import type { View } from "../view.js";

const LEAST_WIDTH = 40;

/** Tables for the terminal: one per topic; many groups are split into tables that fit the width. */
export function renderTable(results: ResultSet, view: View): string {
	const { locale } = view;
	const page: Page = {
		...view,
		width: Math.max(LEAST_WIDTH, view.width),
		chalk: new Chalk({ level: view.color ? 1 : 0 }),
		level: levelText(results.settings, locale),
	};
	const columns = bySystem(columnsOf(results), results, locale);
	const parts = partsOf(results, locale);
	if (view.layout !== undefined && !parts.some((part) => "section" in part)) {
		throw new UserError(say`${option("layout")} arranges percentages, and these results have none`, {
			hint: say`leave ${option("layout")} out`,
		});
	}
	const plots = view.plot === true ? plotTexts(results, page) : [];
	const blocks = [
		...(isSynthetic(results) ? [page.chalk.yellow(locale.text("note.synthetic-data"))] : []),
		...(plots.length > 0
			? plots
			: parts.map((part) =>
					"board" in part ? boardText(part.board, page) : sectionText(part.section, columns, results, page),
				)),
		...(showsComparisons(results) ? [wordsText(results, page)].filter((text) => text !== "") : []),
		footerText(results, columns, page, plots.length > 0 || haveIntervals(parts, columns, view.layout)),
	];
	return `${blocks.join("\n\n")}\n`;
}

function sectionText(section: Section, all: readonly Column[], results: ResultSet, page: Page): string {
	const { locale, width, chalk } = page;
	const { title, base } = section;
	const columns = shownColumns(section, all).map(plainColumn);
	const only = columns.length === 1 ? columns[0] : undefined;
	const items = { ...section, rows: section.rows.map((row) => ({ ...row, label: plain(row.label) })) };
	const under = [locale.text("table.base", { base }), ...(only === undefined ? [] : [only.label])];
	return [
		...fold(plain(title), width).map((line) => chalk.bold(line)),
		...under
			.filter((line) => line !== "")
			.flatMap((line) => fold(plain(line), width))
			.map((line) => chalk.dim(line)),
		only === undefined ? groupsText(items, columns, results, page) : singleText(items, only.key, page),
	].join("\n");
}

/** Several groups in the chosen layout; the columns of a grid are not groups. */
function groupsText(section: Section, columns: readonly Column[], results: ResultSet, page: Page): string {
	if (section.columns !== undefined) return pivotText(section, columns, page);
	const { layout = usualLayout(columns, results), chalk, width } = page;
	const under = (common: string) => (common === "" ? [] : fold(common, width).map((line) => chalk.dim(line)));
	if (layout === "columns") {
		const { common, own } = apart(columns);
		return [...under(common), pivotText(section, own, page)].join("\n");
	}
	if (layout === "rows") {
		const turned = transposed(section, withShortLevels(columns, results), results);
		return [...under(turned.common), pivotText(turned, turned.columns, page)].join("\n");
	}
	return columns
		.map(({ key, label }) =>
			[...fold(label, width).map((line) => chalk.underline(line)), singleText(section, key, page)].join("\n"),
		)
		.join("\n\n");
}

/**
 * Shortens levels of education to the name in brackets ("ISCED 2" for "Lower secondary (ISCED 2)") if groups are rows:
 * next to a system's name the long form would be cut and double the height of a table of all systems.
 */
function withShortLevels(columns: readonly Column[], { estimates }: ResultSet): Column[] {
	const at = Object.keys(estimates[0]?.group ?? {}).indexOf("population");
	const short = (value: string, place: number) =>
		place === at ? (/\(([^()]+ \d)\)$/.exec(value)?.[1] ?? value) : value;
	const isOne = new Set(columns.map(({ values }) => values[at])).size <= 1;
	return isOne ? [...columns] : columns.map((column) => ({ ...column, values: column.values.map(short) }));
}

function wordsText(results: ResultSet, { locale, width, chalk }: Page): string {
	const lines = readings(results, locale).flatMap((line) => hanging(line, width));
	if (lines.length === 0) return "";
	return [chalk.bold(locale.text("compare.in-words")), ...lines].join("\n");
}

/** Text from a survey file must not control the terminal. */
function plainColumn({ key, label, values }: Column): Column {
	return { key, label: plain(label), values: values.map(plain) };
}
