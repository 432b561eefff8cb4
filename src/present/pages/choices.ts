import type { Choices } from "../../base/suggest.js";
import type { Locale } from "../../wording/locale.js";
import { cut, GAP, pad, widthOf } from "../text/text-width.js";

/** Number of lines that can be read at a glance. */
const LINES = 40;
/** If there are more names, the number of closest matches to show. */
const NEAREST = 12;

/**
 * Names in columns across the terminal, with their labels if known. If they do not fit on a screen, shows the labelled
 * ones or the closest matches, and the command that lists all.
 */
export function renderChoices(
	{ names, nearest, labels, listedBy }: Choices,
	{ locale, width }: { locale: Locale; width: number },
): string {
	const called = (name: string) => {
		const label = labels.get(name);
		return label?.[locale.language] ?? label?.en;
	};
	const all = inColumns(names, called, width);
	if (all.length <= LINES) return `${all.join("\n")}\n`;
	// Labelled names are useful by themselves; the rest are codes of columns.
	const named = names.filter((name) => labels.has(name));
	const shown = named.length > 0 && named.length <= LINES ? named : nearest.slice(0, NEAREST);
	const some = inColumns(shown, called, width);
	const rest = locale.text("choices.more", { count: locale.number(names.length - shown.length, 0) });
	const where = listedBy === undefined ? "" : `: ${listedBy}`;
	return `${[...some, `${GAP}${rest}${where}`].join("\n")}\n`;
}

function inColumns(
	names: readonly string[],
	called: (name: string) => string | undefined,
	width: number,
): string[] {
	const widest = Math.max(...names.map(widthOf));
	if (names.some((name) => called(name) !== undefined)) {
		return names.map(
			(name) => `${GAP}${cut(pad(name, widest) + GAP + (called(name) ?? ""), width - 2).trimEnd()}`,
		);
	}
	const columns = Math.max(1, Math.floor(width / (widest + GAP.length)));
	const lines = Math.ceil(names.length / columns);
	// Fills column by column, the order in which lists are read.
	return Array.from({ length: lines }, (_, line) =>
		names
			.filter((_, place) => place % lines === line)
			.map((name) => GAP + pad(name, widest))
			.join("")
			.trimEnd(),
	);
}
