import { valueName } from "../results/labels.js";
import type { ResultSet, Synthesis, SynthesisSubject } from "../results/result-set.js";
import type { Locale } from "./locale.js";
import { modelName, ofTopic } from "./model-names.js";

/** What a synthesis is of: an outcome and a term, or an item and what is compared. */
export function synthesisLabel(of: SynthesisSubject, results: ResultSet, locale: Locale): string {
	const own = rowLabel(of, results, locale);
	return of.kind === "coefficient" ? `${outcomeLabel(of, results)}: ${own}` : own;
}

/** With its topic where the term has the same name: what is needed, and what was learnt. */
export function outcomeLabel({ label, termLabel, topic }: SynthesisSubject, results: ResultSet): string {
	return label === termLabel ? ofTopic(topic, label, results) : label;
}

/** The same beside its outcome: the term, or the item and what is compared. */
export function rowLabel(of: SynthesisSubject, results: ResultSet, locale: Locale): string {
	if (of.kind === "coefficient") {
		const term = of.termLabel ?? of.term ?? "";
		return of.model === undefined ? term : `${term} (${modelName(of.model, results, locale)})`;
	}
	if (of.between === undefined) return of.label;
	const { variable, a, b } = of.between;
	return `${of.label}: ${valueName(variable, a, results)} − ${valueName(variable, b, results)}`;
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
