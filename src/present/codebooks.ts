import { Chalk } from "chalk";
import type { Locale } from "../locale.js";
import type { CheckFinding, CodebookCheck, ListedCodebook } from "../results.js";
import { fold, pad, widthOf } from "./text.js";
import type { View } from "./view.js";

/** A codebook held against a file, as a page for the terminal. */
export function renderCodebookCheck(check: CodebookCheck, { locale, width, color }: View): string {
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const { file, rows, codebook, errors, warnings, findings } = check;
	const head = [
		`${file}: ${locale.text("check.rows", { rows: locale.number(rows, 0) })}`,
		`${codebook.title} (${codebook.id})`,
	];
	const paint = { error: chalk.red, warning: chalk.yellow };
	const lines = findings.flatMap((finding) => {
		const mark = locale.text(`check.${finding.severity}`);
		const [first = "", ...rest] = fold(`${mark}: ${sentence(finding, locale)}`, width - 2);
		const painted = first.replace(mark, paint[finding.severity](mark));
		return [painted, ...rest.map((line) => `  ${line}`)];
	});
	const sum =
		findings.length === 0 ? locale.text("check.fits") : locale.text("check.sum", { errors, warnings });
	return `${[...head.flatMap((line) => fold(line, width)), "", ...lines, ...(lines.length === 0 ? [] : [""]), sum].join("\n")}\n`;
}

function sentence({ code, column, text = "", rows = 0, line = 0 }: CheckFinding, locale: Locale): string {
	const name = column.replace(/\s+/g, " ");
	return locale.text(`check.${code}`, { column: name, text, rows: locale.number(rows, 0), line });
}

/** The shipped codebooks, a line each. */
export function renderCodebookList(list: readonly ListedCodebook[], { locale }: View): string {
	const rows = list.map(({ id, cycle, items, title }) => [
		id,
		String(cycle),
		locale.text("check.items", { items }),
		title,
	]);
	const widths = [0, 1, 2].map((place) => Math.max(...rows.map((row) => widthOf(row[place] as string))));
	return rows
		.map(
			(row) =>
				`${row
					.map((cell, place) => pad(cell, widths[place] ?? 0))
					.join("  ")
					.trimEnd()}\n`,
		)
		.join("");
}
