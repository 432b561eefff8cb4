import { Chalk } from "chalk";
import type { ResultSet } from "../results.js";
import { footerText } from "./footer.js";
import type { Page } from "./grid.js";
import { pivotText } from "./pivot.js";
import { type Column, columnsOf, isSynthetic, percentText, type Section, sectionsOf } from "./sheet.js";
import { singleText } from "./single.js";
import { fold, plain } from "./text.js";
import type { View } from "./view.js";

const LEAST_WIDTH = 40;

/** Tables for the terminal: one a topic; many groups are cut into tables that fit the width. */
export function renderTable(results: ResultSet, view: View): string {
	const page: Page = {
		...view,
		width: Math.max(LEAST_WIDTH, view.width),
		chalk: new Chalk({ level: view.color ? 1 : 0 }),
		level: percentText(results.settings.level as number, view.locale),
	};
	const columns = columnsOf(results).map(plainColumn);
	const blocks = [
		...(isSynthetic(results) ? [page.chalk.yellow(view.locale.text("note.synthetic-data"))] : []),
		...sectionsOf(results).map((section) => sectionText(section, columns, page)),
		footerText(results, columns, page),
	];
	return `${blocks.join("\n\n")}\n`;
}

function sectionText({ title, base, rows }: Section, columns: readonly Column[], page: Page): string {
	const { locale, width, chalk } = page;
	const only = columns.length === 1 ? columns[0] : undefined;
	const items = rows.map((row) => ({ ...row, label: plain(row.label) }));
	const under = [locale.text("table.base", { base }), ...(only === undefined ? [] : [only.label])];
	return [
		...fold(plain(title), width).map((line) => chalk.bold(line)),
		...under
			.filter((line) => line !== "")
			.flatMap((line) => fold(plain(line), width))
			.map((line) => chalk.dim(line)),
		only === undefined ? pivotText(items, columns, page) : singleText(items, only.key, page),
	].join("\n");
}

/** What stands in a survey file must not steer the terminal. */
function plainColumn({ key, label, values }: Column): Column {
	return { key, label: plain(label), values: values.map(plain) };
}
