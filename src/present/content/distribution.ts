import { groupBy } from "../../base/group-by.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { isMeasure } from "../../wording/statistic-names.js";
import { type Section, sectionOf } from "./sections.js";

/**
 * Splits the percentages of a section with measures: values of a count (`types-0`, `types-1` …) get their own table,
 * the rest form a table of items.
 */
export function percentSections(part: readonly Estimate[], results: ResultSet, locale: Locale): Section[] {
	const counts = new Map(
		part.filter(({ statistic }) => isMeasure(statistic)).map(({ item, label }) => [item, label]),
	);
	const percentages = part.filter(({ statistic }) => !isMeasure(statistic));
	return [...groupBy(percentages, ({ item }) => countOf(item, counts) ?? "")].map(([count, rows]) => {
		const section = sectionOf(rows, results);
		const label = counts.get(count);
		return label === undefined ? section : distribution(section, label, locale);
	});
}

/** The count an item is a value of. */
function countOf(item: string, counts: ReadonlyMap<string, string>): string | undefined {
	const [, count = ""] = /^(.+)-\d+$/.exec(item) ?? [];
	return counts.has(count) ? count : undefined;
}

/** Rows are labelled "Number of kinds: 3"; the common part goes into the title. */
function distribution({ base, rows }: Section, label: string, locale: Locale): Section {
	const shared = `${label}: `;
	return {
		title: locale.text("means.distribution", { label }),
		base,
		head: locale.text("means.value"),
		rows: rows.map((row) => ({
			...row,
			label: row.label.startsWith(shared) ? row.label.slice(shared.length) : row.label,
		})),
	};
}
