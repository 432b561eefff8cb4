import type { Comparison, ResultSet } from "../results/result-set.js";
import { isSignificant } from "../results/significance.js";
import { readingOf } from "../wording/comparison-sentence.js";
import { isShown } from "../wording/difference-text.js";
import type { Locale } from "../wording/locale.js";

const MOST = 12;

/** The first comparisons in sentences: significant ones, then the others, then those without a difference. */
export function readings(results: ResultSet, locale: Locale): string[] {
	const rank = (row: Comparison) => (isShown(row) ? (isSignificant(row, results.settings) ? 0 : 1) : 2);
	const { comparisons } = results;
	const ordered = [0, 1, 2].flatMap((wanted) => comparisons.filter((row) => rank(row) === wanted));
	const shown = ordered.slice(0, MOST).map((row) => readingOf(row, results, locale));
	return ordered.length <= MOST
		? shown
		: [...shown, locale.text("compare.more", { count: ordered.length - MOST })];
}
