import { Chalk } from "chalk";
import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import type { Finding } from "../../results/about-files.js";
import type { Locale } from "../../wording/locale.js";
import { fold } from "../text/text-width.js";
import type { View } from "../view.js";

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

/** Number of findings of one kind listed individually; programs get all. */
const TOLD = 20;

/** Findings for people: severity, code, subject and place, followed by the remedy for each kind. */
export function findingLines(findings: readonly Finding[], { locale, width, color }: View): string[] {
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const paint = { error: chalk.red, warning: chalk.yellow };
	const indented = (text: string, first: string, next: string) =>
		fold(text, width - next.length).map((line, index) => `${index === 0 ? first : next}${line}`);
	const kinds = groupBy(findings, (one) => `${one.severity} ${one.code} ${hint(one, locale)}`);
	return [...kinds.values()].flatMap((alike) => {
		const { severity, code } = alike[0] as Finding;
		const told = alike.slice(0, TOLD).map((finding) => message(finding, locale));
		const count = alike.length - told.length;
		return [
			`${paint[severity](locale.text(`check.${severity}`))} ${chalk.dim(code)}`,
			...told.flatMap((text) => indented(text, "    ", "      ")),
			...(count > 0 ? [`    ${locale.text("inspect.more", { count })}`] : []),
			...indented(hint(alike[0] as Finding, locale), "  → ", "    "),
		];
	});
}

/** How many errors and warnings there are. */
export function sumLine({ errors, warnings }: { errors: number; warnings: number }, locale: Locale): string {
	return locale.text("check.sum", { errors: locale.number(errors, 0), warnings: locale.number(warnings, 0) });
}

function message(finding: Finding, locale: Locale): string {
	const { code, more, rows } = finding;
	const repeatsNoPlace = code === "duplicate-id" && finding.first === undefined;
	const key = more ? "more" : repeatsNoPlace ? "duplicate-id-table" : code;
	const text = locale.text(`check.${key}`, valuesOf(finding, locale));
	const [country] = Object.values(finding.group ?? {});
	const where = rows === undefined ? "" : ` (${whereText(rows, finding, locale)})`;
	return plain(`${country === undefined ? "" : `${country}: `}${text}${where}`);
}

function whereText(rows: number, finding: Finding, locale: Locale): string {
	// Table rows have no position.
	if (finding.line === undefined && finding.row === undefined)
		return locale.text("check.rows", { rows: locale.number(rows, 0) });
	const place = placeText(finding, locale);
	return rows === 1 ? place : locale.text("check.where", { rows: locale.number(rows, 0), place });
}

function hint(finding: Finding, locale: Locale): string {
	return plain(locale.text(`hint.${finding.code}`, valuesOf(finding, locale)));
}

function valuesOf({ column, text = "", expected = "", first = 0, row, rows = 1 }: Finding, locale: Locale) {
	const before = placeText(row === undefined ? { line: first } : { row: first }, locale);
	return {
		column: column === "" ? locale.text("check.file") : column.replace(/\s+/g, " "),
		text,
		expected,
		rows,
		first: before,
	};
}

function placeText({ line, row }: Pick<Finding, "line" | "row">, locale: Locale): string {
	if (row !== undefined) return locale.text("check.row", { row });
	return locale.text("check.line", { line: line ?? 0 });
}
