import type { Labels } from "../results/result-set.js";
import type { Locale } from "../wording/locale.js";

/** Of the result sets of administrative counts, which no codebook names. */
export const COUNTS_CODEBOOK = "administrative-counts";

/** What results of counts call themselves and their parts in a language; names of programmes are the file's own. */
export function reachWords(locale: Locale): { title: string; labels: Labels } {
	return {
		title: locale.text("reach.survey"),
		labels: {
			topics: { reach: { label: locale.text("reach.topic"), title: locale.text("reach.title") } },
			bases: { eligible: locale.text("reach.base") },
			groups: { year: { label: locale.text("reach.year"), values: {} } },
		},
	};
}
