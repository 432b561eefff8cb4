import type { Comparison, ComparisonKind } from "../../results/result-set.js";
import { isShown } from "../../wording/difference-text.js";
import type { Locale } from "../../wording/locale.js";

/** How the standard errors of some differences were made, in the order in which kinds first appear. */
export function kindsOf(rows: readonly Comparison[]): ComparisonKind[] {
	return [...new Set(rows.filter(isShown).map(({ kind }) => kind))];
}

/** One letter for a column. */
export function kindCode(kind: ComparisonKind, locale: Locale): string {
	return locale.text(`compare.kind-code.${kind}`);
}

/** What is said of the kinds below a table: the one there is in words, several as a legend of their letters. */
export function kindLines(kinds: readonly ComparisonKind[], locale: Locale): string[] {
	const words = (kind: ComparisonKind) => locale.text(`compare.kind.${kind}`);
	const [only] = kinds;
	if (only === undefined) return [];
	if (kinds.length === 1) return [`${locale.text("compare.kind")}: ${words(only)}`];
	const legend = kinds.map((kind) => `${kindCode(kind, locale)} ${words(kind)}`);
	return [`${locale.text("compare.kind")}: ${legend.join(" · ")}`];
}
