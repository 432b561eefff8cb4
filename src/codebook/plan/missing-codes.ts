import type { Codes, Expression, NoAnswers, Range } from "../meaning/expression.js";
import type { Plan } from "./plan.js";

/** How lists of codes name the empty cell. */
const EMPTY = "(empty)";

/**
 * What a plan counts as no answer: the codes of all columns it reads, by why they are none.
 * @example missingCodes(plan) // { omitted: ["(empty)", "9"], "not-reached": ["7"] }
 */
export function missingCodes({ expressions, groups, conditions }: Plan): Record<string, string[]> {
	const found = new Map<string, Set<string>>();
	const add = (reason: string, code: string) =>
		found.set(reason, (found.get(reason) ?? new Set<string>()).add(code));
	const walk = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		if (isExpression(value)) for (const [code, reason] of codesOf(value)) add(reason, code);
		for (const part of Object.values(value)) walk(part);
	};
	walk([expressions, groups, conditions]);
	return Object.fromEntries([...found].sort().map(([reason, codes]) => [reason, [...codes].sort()]));
}

function isExpression(value: object): value is Expression {
	return "is" in value;
}

function codesOf(expression: Expression): [code: string, reason: string][] {
	if (expression.is === "codes") return ofAnswers(expression);
	return expression.is === "number" || expression.is === "category" ? ofValues(expression.missing) : [];
}

function ofAnswers({ codes, empty }: Codes): [string, string][] {
	const written = Object.entries(codes).filter(([, says]) => says !== "yes" && says !== "no");
	const isOmitted = empty === "omitted" || (empty !== "no" && empty.asked === "omitted");
	return [...written, ...(isOmitted ? [[EMPTY, "omitted"] as [string, string]] : [])];
}

function ofValues({ codes, range }: NoAnswers): [string, string][] {
	return [
		...Object.entries(codes),
		[EMPTY, "omitted"],
		...(range === undefined ? [] : [[rangeText(range), "omitted"] as [string, string]]),
	];
}

function rangeText({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Range): string {
	return `${from} to ${to}`;
}
