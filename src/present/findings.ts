import { Chalk } from "chalk";
import type { Locale } from "../locale.js";
import type { Finding } from "../results.js";
import { fold, plain } from "./text.js";
import type { View } from "./view.js";

/** A finding with what it means and what to do about it, in a language. */
export interface WordedFinding extends Finding {
	message: string;
	hint: string;
}

/** Findings for programs. */
export function worded(findings: readonly Finding[], locale: Locale): WordedFinding[] {
	return findings.map((finding) => ({
		...finding,
		message: message(finding, locale),
		hint: hint(finding, locale),
	}));
}

/** Findings for people: how grave, which code, what and where, and below it what to do. */
export function findingLines(findings: readonly Finding[], { locale, width, color }: View): string[] {
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const paint = { error: chalk.red, warning: chalk.yellow };
	const indented = (text: string, before: string) =>
		fold(text, width - 4).map((line, index) => `${index === 0 ? before : "    "}${line}`);
	return findings.flatMap((finding) => {
		const { severity, code } = finding;
		return [
			`${paint[severity](locale.text(`check.${severity}`))} ${chalk.dim(code)}`,
			...indented(message(finding, locale), "    "),
			...indented(hint(finding, locale), "  → "),
		];
	});
}

/** How many errors and warnings there are. */
export function sumLine({ errors, warnings }: { errors: number; warnings: number }, locale: Locale): string {
	return locale.text("check.sum", { errors: locale.number(errors, 0), warnings: locale.number(warnings, 0) });
}

function message(finding: Finding, locale: Locale): string {
	const { code, more, rows } = finding;
	const text = locale.text(more ? "check.more" : `check.${code}`, valuesOf(finding, locale));
	const [country] = Object.values(finding.group ?? {});
	const where =
		rows === undefined
			? ""
			: ` (${locale.text("check.where", { rows: locale.number(rows, 0), place: placeText(finding, locale) })})`;
	return plain(`${country === undefined ? "" : `${country}: `}${text}${where}`);
}

function hint(finding: Finding, locale: Locale): string {
	return plain(locale.text(`hint.${finding.code}`, valuesOf(finding, locale)));
}

function valuesOf({ column, text = "", expected = "", first = 0, row }: Finding, locale: Locale) {
	const before = placeText(row === undefined ? { line: first } : { row: first }, locale);
	return {
		column: column === "" ? locale.text("check.file") : column.replace(/\s+/g, " "),
		text,
		expected,
		first: before,
	};
}

function placeText({ line, row }: Pick<Finding, "line" | "row">, locale: Locale): string {
	if (row !== undefined) return locale.text("check.row", { row });
	return locale.text("check.line", { line: line ?? 0 });
}
