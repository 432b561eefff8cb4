import { groupBy } from "../../base/group-by.js";
import { Margins, responseOf } from "../../estimate/margin.js";
import { groupKey } from "../../results/group-key.js";
import type { Note } from "../../results/result-set.js";
import { loadLocale } from "../../wording/locale.js";
import { type Sample, tabulatedItems } from "../survey/sample.js";
import { makeNote } from "./notes.js";

/**
 * Teachers who skipped a question and count as no although no answer explains it: by topic, in the group with most of
 * them.
 */
export function routingNotes(sample: Sample): Note[] {
	const { groups, tabulated, settings } = sample;
	// Protected results must not reveal such counts.
	if (settings.protect) return [];
	const margins = new Margins(tabulated.estimator.terms);
	const found = tabulatedItems(sample).flatMap(({ topic, tabulated: own, routed }) =>
		groups.flatMap(({ group, cell }) => {
			if (routed === undefined) return [];
			const of = responseOf(margins.of(cell, own.index, own.states)).valid;
			const rows = of - responseOf(margins.of(cell, routed, own.states)).valid;
			return rows > 0 ? [{ topic, group, rows, of }] : [];
		}),
	);
	if (found.length === 0) return [];
	const alike = groupBy(found, ({ topic, group }) => JSON.stringify([topic, groupKey(group)]));
	const items = [...alike.values()].map((all) => {
		const { topic, group, rows, of } = all.toSorted((a, b) => b.rows - a.rows)[0] as (typeof all)[number];
		return `${[topic, ...Object.values(group)].join(" ")}: ${rows} / ${of}`;
	});
	return [makeNote(loadLocale(settings.language))("routed-without-answer", { items: items.join("; ") })];
}
