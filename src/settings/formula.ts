import { UserError } from "../base/errors.js";

/** A variable of a model; `null` means that its type decides whether it is a factor or a number. */
export interface NamedVariable {
	name: string;
	as: "factor" | "number" | null;
}

/** One variable, or the variables of an interaction. */
export type TermSpec = readonly NamedVariable[];

/** A model as requested: its terms, and its name if it has one. */
export interface ModelFormula {
	name: string | null;
	terms: readonly TermSpec[];
}

/** Joins the variables of an interaction in the names of terms. */
export const TIMES = " * ";

/** Name of a term, such as `gender` or `gender * age`. */
export function termName(term: TermSpec): string {
	return term.map(({ name }) => name).join(TIMES);
}

/**
 * Reads a model such as `background: gender, age * number(TT3G11B)`; the text before a colon and a blank is its name.
 * As in R, an interaction implies its lower-order terms; terms are sorted by order.
 * @throws UserError where the text is not a list of terms, or names a variable both as factor and as number.
 * @example parseModel("gender,focus:ict"); // two terms, no name
 */
export function parseModel(text: string): ModelFormula {
	const [, name, rest] = /^([^:,*()]+):\s+(.*)$/s.exec(text) ?? [undefined, null, text];
	return { name: name?.trim() ?? null, terms: parseTerms(rest as string) };
}

/**
 * Reads a list of terms such as `a, b * c, factor(COLUMN)`.
 * @throws UserError as parseModel.
 */
export function parseTerms(text: string): TermSpec[] {
	const products = text.split(",").filter((part) => part.trim() !== "");
	if (products.length === 0) {
		throw new UserError(`"${text}" names no predictors`, {
			hint: 'write them with commas, such as "gender,age"',
		});
	}
	const terms = new Map<string, TermSpec>();
	const known = new Map<string, NamedVariable>();
	for (const product of products) {
		const factors = product.split("*").map((part) => agree(parseVariable(part.trim(), product), known));
		const repeated = factors.find((one, place) => factors.findIndex(({ name }) => name === one.name) < place);
		if (repeated !== undefined) {
			throw new UserError(`"${product.trim()}" multiplies ${repeated.name} by itself`, {
				hint: "name different variables on both sides of *",
			});
		}
		// The order of the factors in an interaction does not matter.
		const order = [...known.values()];
		factors.sort((a, b) => order.indexOf(a) - order.indexOf(b));
		for (const term of subsets(factors)) {
			const key = JSON.stringify(term.map(({ name }) => name));
			if (!terms.has(key)) terms.set(key, term);
		}
	}
	return [...terms.values()].sort((a, b) => a.length - b.length);
}

function parseVariable(text: string, product: string): NamedVariable {
	const [, as, inside] = /^(factor|number)\((.*)\)$/.exec(text) ?? [];
	const name = (inside ?? text).trim();
	if (name === "" || /[()]/.test(name)) {
		throw new UserError(`"${product.trim()}" is not a term of a model`, {
			hint: "write a name, factor(COLUMN), number(COLUMN), or two of them with *",
		});
	}
	if (/^[\w:-]+(\s*[+~]\s*[\w:-]+)+$/.test(name)) {
		const words = name.split(/\s*[+~]\s*/);
		throw new UserError(`"${product.trim()}" is written as R writes it`, {
			hint: `separate predictors with commas: ${words.join(", ")}`,
		});
	}
	return { name, as: (as as "factor" | "number" | undefined) ?? null };
}

/** A variable has one type throughout a model, even if only one mention states it. */
function agree(variable: NamedVariable, known: Map<string, NamedVariable>): NamedVariable {
	const before = known.get(variable.name);
	if (before === undefined) {
		known.set(variable.name, variable);
		return variable;
	}
	if (variable.as !== null && before.as !== null && variable.as !== before.as) {
		throw new UserError(`${variable.name} stands both as factor and as number`, { hint: "use one of them" });
	}
	before.as ??= variable.as;
	return before;
}

/** Every non-empty subset, in binary order: a, b, a·b, c, a·c, … */
function subsets<T>(all: readonly T[]): T[][] {
	return Array.from({ length: 2 ** all.length - 1 }, (_, index) =>
		all.filter((_, place) => (((index + 1) >> place) & 1) === 1),
	);
}
