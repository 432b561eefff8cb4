import { categoryReader, codesReader, numberReader } from "../meaning/cells.js";
import { type Expressions, resolved } from "../meaning/columns-named.js";
import type { AnswerExpression, Expression, PossibleForms } from "../meaning/expression.js";
import * as semantics from "../meaning/semantics.js";
import { canonicalCode } from "../meaning/states.js";
import { type Valued, valued } from "./value-states.js";

/** The text of a row's cell in a column. */
export type CellReader = (column: string) => string;

/** The value of an expression for one row, computed from semantics.ts alone, without blocks. */
export function valueOfRow(expression: Expression, cells: CellReader, named: Expressions): Valued {
	const whole = (part: Expression) => valueOfRow(part, cells, named);
	const answer = (part: AnswerExpression) => answerOf(whole(part));
	const known = (value: Valued | semantics.Unknown) => (value === "unknown" ? "missing" : value);
	switch (expression.is) {
		case "named":
			return whole(named[expression.name] as Expression);
		case "codes": {
			const found = readerOf(expression, codesReader)(cells(expression.column));
			const { empty } = expression;
			if (found !== "empty" || typeof empty === "string")
				return fromAnswer(found === "empty" ? "unknown" : found);
			const told = (part: AnswerExpression | undefined) => part && answer(part);
			const about = {
				elsewhere: told(empty.elsewhere),
				offForm: told(empty.offForm),
				gate: told(empty.gate),
			};
			const given = Object.fromEntries(Object.entries(about).filter(([, is]) => is !== undefined));
			return fromAnswer(semantics.emptyCell(given, empty.asked).answer);
		}
		case "number": {
			const found = readerOf(expression, numberReader)(cells(expression.column));
			return known(typeof found === "number" ? { value: found } : found);
		}
		case "category":
			return known(readerOf(expression, categoryReader)(cells(expression.column)));
		case "any-of":
			return fromAnswer(semantics.anyOf(expression.of.map(answer)));
		case "all-of":
			return fromAnswer(semantics.allOf(expression.of.map(answer)));
		case "at-least":
			return fromAnswer(semantics.atLeast(expression.least, expression.of.map(answer)));
		case "count-of": {
			const count = semantics.countOf(expression.of.map(answer));
			return typeof count === "number" ? { value: count } : count;
		}
		case "not":
			return fromAnswer(semantics.not(answer(expression.of)));
		case "routed-as-no":
			return fromAnswer(semantics.routedAsNo(answer(expression.of)));
		case "administered":
			return fromAnswer(semantics.administered(answer(expression.of)));
		case "widened":
			return fromAnswer(semantics.widened(answer(expression.of), answer(expression.gate)));
		case "restricted":
			return semantics.restricted(whole(expression.of), answer(expression.gate));
		case "jointly":
			return semantics.jointly(whole(expression.of), expression.with.map(answer));
		case "in": {
			const value = whole(expression.of);
			const name = typeof value === "string" ? value : { value: String(value.value) };
			return fromAnswer(semantics.isIn(name, expression.values));
		}
		case "compared":
			return fromAnswer(semantics.compared(numberOf(whole(expression.of)), expression.by, expression.bound));
		case "band":
			return semantics.bandOf(numberOf(whole(expression.of)), expression.bands);
		case "off-form": {
			const forms = resolved(expression.of, named) as PossibleForms;
			return fromAnswer(semantics.offForm(formsOf(forms, cells), expression.forms));
		}
		case "possible-forms":
			throw new Error("is no value");
	}
}

/** Readers of expressions, as they are made once and asked row by row. */
const readers = new WeakMap<Expression, (text: string) => unknown>();

function readerOf<E extends Expression, Value>(
	expression: E,
	make: (of: E) => (text: string) => Value,
): (text: string) => Value {
	const reader = readers.get(expression) ?? make(expression);
	readers.set(expression, reader);
	return reader as (text: string) => Value;
}

function formsOf({ all, evidence }: PossibleForms, cells: CellReader): readonly string[] {
	const told = evidence.map(({ column, codes }) => {
		const code = canonicalCode(cells(column));
		return Object.hasOwn(codes, code) ? (codes[code] as readonly string[]) : all;
	});
	return semantics.possibleForms(all, told);
}

function fromAnswer(answer: semantics.Answer | semantics.Unknown): Valued {
	return answer === "unknown" ? "missing" : valued(answer);
}

function answerOf(value: Valued): semantics.Answer {
	return typeof value === "string" ? value : (value.value as "yes" | "no");
}

function numberOf(value: Valued): number | semantics.Reason {
	return typeof value === "string" ? value : (value.value as number);
}
