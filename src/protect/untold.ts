import { UserError } from "../base/errors.js";
import { option, say, type Words } from "../base/say.js";
import type { Codebook } from "../codebook/definition/schema.js";
import type { ResultSet } from "../results/result-set.js";
import { type Formula, parseDefinition, parseFormula } from "../settings/definition.js";

/** The number of kinds, which does not describe who a teacher is. */
const KINDS = "types";

/**
 * Whether a definition describes who a teacher is, by a group's value or a number: its figure then belongs to that
 * group, and no sum links it to the others.
 */
function saysWho(formula: Formula): boolean {
	if (formula.is === "item") return false;
	if (formula.is === "value") return true;
	if (formula.is === "compared") return formula.name.toLowerCase() !== KINDS;
	return [formula.of].flat().some(saysWho);
}

/**
 * Your own definitions where protection is asked for.
 * @throws UserError for one that uses a group's value or a number.
 */
export function rejectUntold(texts: readonly string[]): void {
	const found = whoSaid(texts);
	if (found !== undefined) throw untold(say`${option("define", `"${found}"`)}`);
}

/**
 * Items that a codebook defines, where results with them are to be protected.
 * @throws UserError for one that uses a group's value or a number.
 */
export function rejectUntoldItems(all: readonly ResultSet[], { topics }: Codebook): void {
	const used = new Set(all.flatMap(namesIn));
	for (const { derived = {} } of Object.values(topics)) {
		for (const [key, { define }] of Object.entries(derived)) {
			if (define === undefined || !used.has(key) || !saysWho(parseFormula(define))) continue;
			throw untold({ library: `the item ${key}`, commandLine: `the item ${key}` });
		}
	}
}

/**
 * Saved results, whose definitions are read again.
 * @throws UserError for results with a definition that uses a group's value or a number.
 */
export function rejectUntoldResults(all: readonly ResultSet[]): void {
	for (const { settings } of all) {
		const found = whoSaid(settings.define ?? []);
		if (found === undefined) continue;
		throw new UserError(
			`these results have the item "${found}", which uses a group or a number: what follows from it cannot be checked`,
			{ hint: "make the results again without it, or with the group as a breakdown" },
		);
	}
}

function whoSaid(texts: readonly string[]): string | undefined {
	return texts.find((text) => {
		const definition = parseDefinition(text);
		return "formula" in definition && saysWho(definition.formula);
	});
}

/** Everything that results refer to: items, breakdowns, conditions and predictors. */
function namesIn({ estimates, models = [], relations = [], settings }: ResultSet): string[] {
	const rows = [...estimates, ...models.map(({ outcome, group }) => ({ item: outcome.item, group }))];
	return [
		...rows.flatMap(({ item, group }) => [item, ...Object.keys(group)]),
		...relations.flatMap(({ a, b, group }) => [a.item, b.item, ...Object.keys(group)]),
		...models.flatMap(({ coefficients }) => coefficients.flatMap(({ term }) => term.split(/ \* |[:=]/))),
		...(settings.where ?? []).flatMap((text) => text.toLowerCase().split(/[\s=:]+/)),
	];
}

function untold(what: Words): UserError {
	return new UserError(
		say`${what} uses a group or a number, and protection cannot check what follows from it`,
		{
			code: "option",
			hint: say`define it of items alone, ask for the group as a breakdown, or leave out ${option("protect")}`,
		},
	);
}
