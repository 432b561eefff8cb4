import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import type { Codebook, Text } from "../definition/schema.js";
import type { NumberExpression } from "../meaning/expression.js";
import type { SelectedItem } from "../meaning/select-items.js";
import { MEASURES } from "../meaning/select-measures.js";
import { planMeasures } from "./plan-measures.js";
import { type PlannedVariable, PlannedVariables } from "./planned-variables.js";
import { checkBase, type Question, type Scope } from "./scope.js";

/** The numerator and the denominator of a ratio, by the names of variables. */
type RatioNames = readonly [string, string];

/**
 * What is read for means, ratios, or both. Where ratios are asked for, means are only of what is named.
 * @throws UserError for unknown variables.
 */
export function planMeans(
	codebook: Codebook,
	header: Header,
	settings: Parameters<typeof planMeasures>[2] & { ratios: readonly RatioNames[] },
): ReturnType<typeof planMeasures> {
	const { ratios, variables } = settings;
	if (ratios.length === 0) return planMeasures(codebook, header, settings);
	const own = planRatios(codebook, header, ratios, settings);
	if (variables.length === 0) return { ...own, measures: [] };
	const first = planMeasures(codebook, header, settings);
	const from = first.plan.variables.length;
	const items = own.items.map((item) => ({ ...item, per: from + (item.per as number) }));
	return {
		...first,
		items: [...first.items, ...items],
		plan: {
			...first.plan,
			expressions: { ...first.plan.expressions, ...own.plan.expressions },
			variables: [...first.plan.variables, ...own.plan.variables],
			undeclared: [...new Set([...first.plan.undeclared, ...own.plan.undeclared])],
		},
	};
}

/**
 * Ratios of numbers and of items, whose yes is 1 and whose no is 0, each over the teachers who have both.
 * @returns Numerators in the order of the items, then the denominators.
 * @throws UserError for unknown variables, variables with levels, and pairs that no teacher was asked together.
 */
function planRatios(
	codebook: Codebook,
	header: Header,
	ratios: readonly RatioNames[],
	settings: Scope,
): Question {
	checkBase(codebook, settings.base);
	const known = new PlannedVariables(codebook, header, { base: settings.base, yes: null });
	const parts = ratios.map(
		(names) => names.map((name) => known.outcome(name)) as [PlannedVariable, PlannedVariable],
	);
	const question = known.question(settings);
	const expressions = { ...question.plan.expressions };
	const define = (one: PlannedVariable, beside: PlannedVariable) => {
		const name = `${one.key} beside ${beside.key}`;
		const of = numberOf(one, question);
		// Whatever the other's value is, it has one.
		expressions[name] = {
			is: "jointly",
			of,
			with: [{ is: "in", of: numberOf(beside, question), values: [] }],
		};
		return name;
	};
	const items = parts.map(([a, b], place): SelectedItem => {
		known.checkAsked([a, b]);
		if (a.key === b.key) throw ofItself(a.key);
		const labels = [a, b].map((part) => question.items[part.place]?.label) as [Text, Text];
		return {
			...{ topic: MEASURES, key: `${a.key}/${b.key}`, base: known.baseOf([a, b]) },
			...{ label: dividedBy(...labels), per: ratios.length + place },
		};
	});
	const variables = [...parts.map(([a, b]) => define(a, b)), ...parts.map(([a, b]) => define(b, a))];
	return { plan: { ...question.plan, expressions, variables }, items, absent: [] };
}

/** A variable as a number. */
function numberOf({ kind, place }: PlannedVariable, { plan }: Question): NumberExpression {
	const named = { is: "named", name: plan.variables[place] as string } as const;
	return kind === "answer" ? { is: "count-of", of: [named] } : named;
}

/** "Years at this school / years in total", in the languages that one of both is named in. */
function dividedBy(a: Text, b: Text): Text {
	const languages = Object.keys({ ...a, ...b }) as (keyof Text)[];
	return Object.fromEntries(languages.map((one) => [one, `${a[one] ?? a.en} / ${b[one] ?? b.en}`])) as Text;
}

function ofItself(key: string): UserError {
	return new UserError(say`${option("ratio", `${key}/${key}`)} is always 1`, {
		code: "option",
		hint: "name two different variables",
	});
}
