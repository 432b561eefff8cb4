import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import type { Disclosure } from "../../results/about-files.js";
import type { Locale } from "../../wording/locale.js";
import { numberText } from "../../wording/numbers.js";
import { fold } from "../text/text-width.js";
import type { View } from "../view.js";

/** What can be worked out from results, for the terminal. */
export function renderDisclosures(found: readonly Disclosure[], { locale, width }: View): string {
	if (found.length === 0) return `${locale.text("protect.safe")}\n`;
	const groups = groupBy(found, ({ group }) => whoseOf(group, locale));
	return [...groups]
		.flatMap(([whose, rows]) => [
			...fold(whose, width),
			...rows.flatMap((row) => fold(lineOf(row, locale), width - 4).map((line) => `    ${line}`)),
			"",
		])
		.slice(0, -1)
		.map((line) => `${line}\n`)
		.join("");
}

function whoseOf(group: Disclosure["group"], locale: Locale): string {
	const values = Object.entries(group).map(([id, value]) =>
		value === "" ? locale.text("protect.without", { breakdown: id }) : `${id}=${value}`,
	);
	return plain(values.join(", "));
}

function lineOf({ topic, item, base, between }: Disclosure, locale: Locale): string {
	const what = plain(`${topic}:${item} (${base})`);
	if (between === null) return locale.text("protect.exact", { what });
	const [low, high] = between.map((value) => numberText(value, 1, locale)) as [string, string];
	return locale.text("protect.between", { what, low, high });
}
