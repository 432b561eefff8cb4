import { entryOf } from "../base/entry-of.js";
import type { Codebook } from "../codebook/definition/schema.js";
import type { ResultSet } from "../results/result-set.js";
import { type Formula, parseDefinition, parseFormula } from "../settings/definition.js";

/** Items of results that are made of others, by their keys: defined with a question, or by the codebook. */
export function formulasOf(
	{ settings, estimates }: ResultSet,
	codebook: Codebook | undefined,
): ReadonlyMap<string, Formula> {
	const own = (settings.define ?? []).map((text) => parseDefinition(text));
	const derived = estimates.flatMap(({ topic, item }): [string, Formula][] => {
		const { define } = entryOf(entryOf(codebook?.topics, topic)?.derived, item) ?? {};
		return define === undefined ? [] : [[item, parseFormula(define)]];
	});
	return new Map([
		...derived,
		...own.flatMap((one): [string, Formula][] => ("formula" in one ? [[one.name, one.formula]] : [])),
	]);
}
