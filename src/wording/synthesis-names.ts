import { valueName } from "../results/labels.js";
import type { ResultSet, Synthesis, SynthesisSubject } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** What a synthesis is of: an outcome and a term, or an item and what is compared. */
export function synthesisLabel(of: SynthesisSubject, results: ResultSet): string {
	return of.kind === "coefficient" ? `${of.label}: ${termLabel(of)}` : rowLabel(of, results);
}

/** The same beside its outcome: the term, or the item and what is compared. */
export function rowLabel(of: SynthesisSubject, results: ResultSet): string {
	if (of.kind === "coefficient") return termLabel(of);
	if (of.between === undefined) return of.label;
	const { variable, a, b } = of.between;
	return `${of.label}: ${valueName(variable, a, results)} − ${valueName(variable, b, results)}`;
}

function termLabel({ termLabel: label, term = "", model }: SynthesisSubject): string {
	return `${label ?? term}${model === undefined ? "" : ` (${model})`}`;
}

/** All systems, or which of them. */
export function subgroupLabel(
	{ moderator }: Pick<Synthesis, "moderator">,
	results: ResultSet,
	locale: Locale,
): string {
	if (moderator === undefined) return locale.text("synthesis.all");
	const name = valueName(MODERATOR, moderator.variable, results);
	return locale.text(`synthesis.${moderator.level}`, { moderator: name });
}

/** Names of averages whose members are set against others stand under this. */
const MODERATOR = "moderator";
