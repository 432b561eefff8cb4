import { columnsNamed } from "../meaning/columns-named.js";
import type { Expression } from "../meaning/expression.js";
import type { Plan } from "./plan.js";

/** The columns a plan is made of, but for those of the design: what is tabulated first, then groups and conditions. */
export function columnsOfPlan({ expressions, variables, groups, conditions, school }: Plan): string[] {
	const asked: Expression[] = variables.map((name) => ({ is: "named", name }));
	const whose = [...groups.map(({ of }) => of), ...conditions.map(({ holds }) => holds)];
	return [...new Set([...columnsNamed([...asked, ...whose], expressions), ...school])];
}
