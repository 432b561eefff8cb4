import { legible } from "../../base/escape.js";
import type { CodebookCheck, Diagnosis } from "../../results/about-files.js";
import { fold } from "../text/text-width.js";
import type { View } from "../view.js";
import { findingLines, sumLine } from "./findings.js";

/** A codebook checked against a file, as a page for the terminal. */
export function renderCodebookCheck(check: CodebookCheck, view: View): string {
	return page(check, "check.fits", view);
}

/** Everything that is wrong with a file, as a page for the terminal. */
export function renderDiagnosis(diagnosis: Diagnosis, view: View): string {
	return page(diagnosis, "check.healthy", view);
}

function page(
	{ file, rows, codebook, findings, ...counts }: CodebookCheck | Diagnosis,
	none: string,
	view: View,
): string {
	const { locale, width } = view;
	const head = [
		`${legible(file)}: ${locale.text("check.rows", { rows: locale.number(rows, 0) })}`,
		...(codebook === null ? [] : [`${codebook.title} (${codebook.id})`]),
	];
	const lines = findingLines(findings, view);
	return `${[
		...head.flatMap((line) => fold(line, width)),
		"",
		...lines,
		...(lines.length === 0 ? [] : [""]),
		findings.length === 0 ? locale.text(none) : sumLine(counts, locale),
	].join("\n")}\n`;
}
