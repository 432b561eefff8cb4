import type {
	BandOf,
	Category,
	Codes,
	EmptyCell,
	Expression,
	NoAnswers,
	NumberColumn,
	Possible,
	PossibleForms,
	Range,
} from "../../codebook/meaning/expression.js";
import { answerSaid, reasonOf } from "../../codebook/meaning/semantics.js";
import { argument, call, named, number, text, texts, vector } from "./write.js";

/** An expression of a plan as R, over `data` and `answers` (the expressions with names). */
export function expressionAsR(expression: Expression): string {
	switch (expression.is) {
		case "named":
			return `answers[[${text(expression.name)}]]`;
		case "codes":
			return codes(expression);
		case "any-of":
			return call("any_of", list(expression.of));
		case "all-of":
			return call("all_of", list(expression.of));
		case "count-of":
			return call("count_of", list(expression.of));
		case "at-least":
			return call("at_least", number(expression.least), list(expression.of));
		case "not":
			return call("negated", expressionAsR(expression.of));
		case "routed-as-no":
			return call("routed_as_no", expressionAsR(expression.of));
		case "administered":
			return call("administered", expressionAsR(expression.of));
		case "widened":
		case "restricted":
			return call(expression.is, expressionAsR(expression.of), expressionAsR(expression.gate));
		case "jointly":
			return call("jointly", expressionAsR(expression.of), list(expression.with));
		case "in":
			return call("is_in", expressionAsR(expression.of), texts(expression.values));
		case "compared":
			return call("compared", expressionAsR(expression.of), text(expression.by), number(expression.bound));
		case "band":
			return call("band_of", expressionAsR(expression.of), bandTable(expression.bands));
		case "number":
			return numberColumn(expression);
		case "category":
			return category(expression);
		case "off-form":
			return call("off_form", expressionAsR(expression.of), texts(expression.forms));
		case "possible-forms":
			return possibleForms(expression);
	}
}

function list(of: readonly Expression[]): string {
	return `list(${of.map(expressionAsR).join(", ")})`;
}

function column(name: string): string {
	return `data[[${text(name)}]]`;
}

function codes({ column: name, codes: known, empty, separator, others }: Codes): string {
	const says = Object.entries(known).map(([code, answer]) => [code, answerSaid(answer)] as const);
	return call(
		separator === undefined ? "says" : "says_list",
		column(name),
		named(says),
		separator === undefined ? null : text(separator),
		empty === "omitted" ? null : argument("empty", emptyCell(empty)),
		argument("others", others && text(others)),
	);
}

function emptyCell(empty: Codes["empty"]): string {
	if (empty === "no") return text("no");
	if (empty === "omitted") return text("missing");
	const { elsewhere, offForm, gate, asked }: EmptyCell = empty;
	return call(
		"why_empty",
		text(asked === "no" ? "no" : "missing"),
		argument("elsewhere", elsewhere && expressionAsR(elsewhere)),
		argument("off_form", offForm && expressionAsR(offForm)),
		argument("gate", gate && expressionAsR(gate)),
	);
}

function missing({ codes: known, range }: NoAnswers): (string | null)[] {
	const reasons = Object.entries(known).map(([code, why]) => [code, reasonOf(why)] as const);
	return [
		reasons.length === 0 ? null : argument("missing", named(reasons)),
		argument("range", range && ends(range)),
	];
}

function can(possible: Possible | undefined): (string | null)[] {
	if (possible === undefined) return [];
	if (possible.codes !== undefined) return [argument("only", texts(possible.codes))];
	return [argument("possible", ends(possible))];
}

function ends({ from = -Infinity, to = Infinity }: Range): string {
	return vector([number(from), number(to)]);
}

function numberColumn({ column: name, missing: none, possible }: NumberColumn): string {
	return call("number_in", column(name), ...missing(none), ...can(possible));
}

function category({
	column: name,
	missing: none,
	possible,
	pattern,
	codes: known,
	bands,
	others,
}: Category): string {
	return call(
		"category_in",
		column(name),
		...missing(none),
		...can(possible),
		argument("pattern", pattern && text(pattern)),
		Object.keys(known).length === 0 ? null : argument("codes", named(Object.entries(known))),
		bands.length === 0 ? null : argument("bands", bandTable(bands)),
		others === "unknown" ? null : argument("others", text(others)),
	);
}

function bandTable(bands: readonly BandOf[]): string {
	const of = (name: string, values: readonly string[]) => `${name} = ${vector(values)}`;
	return call(
		"data.frame",
		of(
			"value",
			bands.map(({ value }) => text(value)),
		),
		of(
			"from",
			bands.map(({ from = -Infinity }) => number(from)),
		),
		of(
			"to",
			bands.map(({ to = Infinity }) => number(to)),
		),
	);
}

function possibleForms({ all, evidence }: PossibleForms): string {
	const told = evidence.map(({ column: name, codes: leaves }) => {
		const forms = Object.entries(leaves).map(([code, left]) => `${text(code)} = ${texts(left)}`);
		return `list(code = ${call("spelt", column(name))}, leaves = list(${forms.join(", ")}))`;
	});
	return call("possible_forms", texts(all), `list(${told.join(",\n  ")})`);
}
