import { UserError } from "../../base/errors.js";
import type { Codebook } from "../definition/schema.js";
import type { Expressions } from "../meaning/columns-named.js";
import type { Expression } from "../meaning/expression.js";
import { knownVariable } from "../variables/library.js";
import { idOf, type Question } from "./scope.js";

/** Forms of a questionnaire that something stands on; null where all have it. */
type Forms = readonly string[] | null;

/**
 * Refuses what no teacher was asked: an item beside a condition, a group or another item that stand on other forms.
 * @param together Also items among themselves, as differences between them are of the same teachers.
 * @throws UserError that names both and their forms.
 */
export function rejectNeverAsked(codebook: Codebook, { plan, items }: Question, together = false): void {
	const stands = standingOn(codebook, plan.expressions);
	const scope = [
		...plan.conditions.map(({ text, holds }) => ({ name: text, forms: stands(holds) })),
		...plan.groups
			.filter(({ role }) => role === "asked" || role === "compared")
			.map(({ id, of }) => ({ name: id, forms: stands(of) })),
	];
	const asked = items.map((item, place) => {
		const name = plan.variables[place] as string;
		return { name: idOf(item), forms: stands({ is: "named", name }) };
	});
	for (const one of asked) {
		if (one.forms?.length === 0) throw neverAsked(`all that ${one.name} is made of`);
		agree([one, ...scope]);
	}
	if (together) agree(asked);
}

/** @throws UserError where some of them leave no form. */
function agree(all: readonly { name: string; forms: Forms }[]): void {
	let common: Forms = null;
	for (const one of all) {
		const left: Forms = both(common, one.forms);
		if (left?.length === 0) {
			const other = all.find(({ forms }) => both(forms, one.forms)?.length === 0) ?? (all[0] as typeof one);
			throw neverAsked(`both ${told(other)} and ${told(one)}`);
		}
		common = left;
	}
}

function told({ name, forms }: { name: string; forms: Forms }): string {
	return forms === null
		? name
		: `${name} (${forms.length > 1 ? "forms" : "form"} ${forms.join(", ").toUpperCase()})`;
}

function neverAsked(what: string): UserError {
	return new UserError(`no teacher was asked ${what}: they stand on different forms of the questionnaire`, {
		hint: "ask for what stands on the same form, or on all",
	});
}

function both(a: Forms, b: Forms): Forms {
	if (a === null || b === null) return a ?? b;
	return a.filter((form) => b.includes(form));
}

function either(all: readonly Forms[]): Forms {
	return all.includes(null) ? null : [...new Set(all.flatMap((forms) => forms ?? []))];
}

/** The forms that an expression has a value on. */
function standingOn(codebook: Codebook, named: Expressions): (expression: Expression) => Forms {
	const ofColumn = columnForms(codebook);
	const stands = (expression: Expression): Forms => {
		switch (expression.is) {
			case "named":
				return stands(named[expression.name] as Expression);
			case "codes":
			case "number":
			case "category":
				return ofColumn(expression.column);
			case "any-of":
			case "all-of":
			case "at-least":
			case "count-of":
				return either(expression.of.map(stands));
			case "restricted":
			case "widened":
				return both(stands(expression.of), stands(expression.gate));
			case "jointly":
				return expression.with.map(stands).reduce(both, stands(expression.of));
			case "off-form":
			case "possible-forms":
				return null;
			default:
				return stands(expression.of);
		}
	};
	return stands;
}

/** Forms by column, where they were seen and not inferred. */
function columnForms(codebook: Codebook): (column: string) => Forms {
	const items = Object.values(codebook.topics).flatMap(({ forms, items: own }) =>
		Object.values(own).map(({ variable }) => [variable.toUpperCase(), forms ?? null] as const),
	);
	const known = new Map<string, Forms>(items);
	return (column) => {
		const own = known.get(column.toUpperCase());
		if (own !== undefined) return own;
		const { forms = null, formsInferred } = knownVariable(codebook, column) ?? {};
		return formsInferred ? null : forms;
	};
}
