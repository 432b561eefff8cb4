import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import type { ResultDifference } from "../../results/differences.js";
import type { Locale } from "../../wording/locale.js";
import { fold } from "../text/text-width.js";
import type { View } from "../view.js";

/** Possible causes come first. */
const ORDER: readonly ResultDifference["what"][] = [
	...(["file", "data", "codebook", "tool", "design", "settings"] as const),
	...(["row", "status", "number", "text", "note"] as const),
];

/**
 * All differences between two results, as a page for the terminal.
 * @param unchecked What the check cannot establish.
 */
export function renderDifferences(
	found: readonly ResultDifference[],
	view: View,
	unchecked: readonly { what: string; file: string | null }[] = [],
): string {
	const { locale, width } = view;
	const line = (text: string) => fold(plain(text), width);
	const isInside = unchecked.some(({ what }) => what === "inside");
	const lines =
		found.length === 0 && isInside
			? line(locale.text("verify.consistent"))
			: [
					...linesOf(found, view),
					...unchecked.flatMap(({ what, file }) => line(locale.text(`verify.${what}`, { file: file ?? "" }))),
				];
	return lines.map((one) => `${one}\n`).join("");
}

function linesOf(found: readonly ResultDifference[], { locale, width }: View): string[] {
	if (found.length === 0) return [locale.text("verify.same")];
	const groups = groupBy(found, ({ what }) => what);
	return ORDER.flatMap((what) => {
		const rows = groups.get(what) ?? [];
		if (rows.length === 0) return [];
		const lines = rows.flatMap((row) => fold(lineOf(row, locale), width - 4).map((line) => `    ${line}`));
		return [`${locale.text(`verify.${what}`)}: ${rows.length}`, ...lines];
	});
}

function lineOf({ where, field, first, second, apart }: ResultDifference, locale: Locale): string {
	const what = plain(field === null ? where : `${where} ${field}`);
	return `${what}: ${howOf({ first, second, apart }, field, locale)}`;
}

function howOf(
	{ first, second, apart }: Pick<ResultDifference, "first" | "second" | "apart">,
	field: string | null,
	locale: Locale,
): string {
	if (field === null && second === null) return locale.text("verify.first-only");
	if (field === null && first === null) return locale.text("verify.second-only");
	const words = { first: written(first), second: written(second) };
	if (apart === null) return locale.text("verify.against", words);
	return locale.text("verify.apart", { ...words, apart: apart.toExponential(1) });
}

function written(value: unknown): string {
	return plain(typeof value === "string" ? value : JSON.stringify(value ?? null));
}
