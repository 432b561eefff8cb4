import type { Comparison, ComparisonKind } from "../../results/result-set.js";
import { isShown } from "../../wording/difference-text.js";
import type { Locale } from "../../wording/locale.js";

/** How the standard errors of differences were computed, in order of first appearance. */
export function kindsOf(rows: readonly Comparison[]): ComparisonKind[] {
	return [...new Set(rows.filter(isShown).map(({ kind }) => kind))];
}

/** One letter for a column. */
export function kindCode(kind: ComparisonKind, locale: Locale): string {
	return locale.text(`compare.kind-code.${kind}`);
}

/** Lines below a table on these kinds: a single one in words, several as a legend of letters. */
export function kindLines(kinds: readonly ComparisonKind[], locale: Locale): string[] {
	const words = (kind: ComparisonKind) => locale.text(`compare.kind.${kind}`);
	const [only] = kinds;
	if (only === undefined) return [];
	if (kinds.length === 1) return [`${locale.text("compare.kind")}: ${words(only)}`];
	const legend = kinds.map((kind) => `${kindCode(kind, locale)} ${words(kind)}`);
	return [`${locale.text("compare.kind")}: ${legend.join(" · ")}`];
}
