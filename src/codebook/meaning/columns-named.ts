import type { Expression, Named } from "./expression.js";

/** Expressions by name, as a plan has them. */
export type Expressions = Readonly<Record<string, Expression>>;

/** The expression behind a name. */
export function resolved(expression: Expression, named: Expressions): Exclude<Expression, Named> {
	return expression.is === "named" ? resolved(named[expression.name] as Expression, named) : expression;
}

/**
 * The columns that expressions are made of, each once: those of what is asked, then those that only decide of whom it is
 * asked.
 * @param named What they refer to by name.
 */
export function columnsNamed(expressions: readonly Expression[], named: Expressions): string[] {
	const columns = new Set<string>();
	const seen = new Set<string>();
	const gates: Expression[] = [];
	const visit = (expression: Expression): void => {
		if (expression.is === "named") {
			if (seen.has(expression.name)) return;
			seen.add(expression.name);
			visit(named[expression.name] as Expression);
			return;
		}
		if ("column" in expression) columns.add(expression.column);
		if (expression.is === "possible-forms") for (const { column } of expression.evidence) columns.add(column);
		if (expression.is === "restricted" || expression.is === "widened") gates.push(expression.gate);
		partsOf(expression).forEach(visit);
	};
	expressions.forEach(visit);
	for (let gate = gates.shift(); gate !== undefined; gate = gates.shift()) visit(gate);
	return [...columns];
}

/** The expressions that one is made of, but for its gate. */
function partsOf(expression: Expression): readonly Expression[] {
	if (expression.is === "codes") {
		const { empty } = expression;
		if (typeof empty === "string") return [];
		return [empty.elsewhere, empty.offForm, empty.gate].filter((part) => part !== undefined);
	}
	const own = "of" in expression ? [expression.of].flat() : [];
	return expression.is === "jointly" ? [...own, ...expression.with] : own;
}
