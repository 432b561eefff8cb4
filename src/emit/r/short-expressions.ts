import type {
	Category,
	Codes,
	Compared,
	Expression,
	NumberColumn,
} from "../../codebook/meaning/expression.js";
import { answerSaid, compared, reasonOf } from "../../codebook/meaning/semantics.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { argument, call, number, text, texts, vector } from "./write.js";

/** Whether R accepts a column's name unchanged. */
export function isName(column: string): boolean {
	return /^[A-Za-z][A-Za-z0-9._]*$/.test(column);
}

/** Whether codes are numbers in the spelling that readers of data frames give them. */
function areNumbers(codes: readonly string[]): boolean {
	return codes.every((code) => /^-?(0|[1-9]\d*)$/.test(code));
}

/** One code per cell, all of them numbers, and neither an empty cell nor an unknown code is an answer. */
export function isPlain(of: Expression | undefined): of is Codes {
	if (of?.is !== "codes" || of.separator !== undefined || of.others !== undefined) return false;
	const emptySays = typeof of.empty === "string" ? of.empty : of.empty.asked;
	return emptySays === "omitted" && isName(of.column) && areNumbers(Object.keys(of.codes));
}

/** The codes of a column that say one of some. */
export function codesThat(of: Codes, ...wanted: string[]): string | null {
	const codes = Object.entries(of.codes).flatMap(([code, says]) =>
		wanted.includes(answerSaid(says)) ? [code] : [],
	);
	return codes.length === 0 ? null : vector(codes);
}

/**
 * The answers that an expression gives, over a data frame `d` whose codes are numbers, by the functions that scripts have;
 * those with names are made before it. Null where it is more than codes, bounds and what is made of them.
 */
export class ShortAnswers {
	/** Named answers, in the order in which they are to be made. */
	readonly made = new Map<string, string>();

	constructor(private readonly plan: Plan) {}

	/** @throws TooLong where a few lines cannot say it. */
	of(expression: Expression): string {
		switch (expression.is) {
			case "named":
				return this.named(expression.name);
			case "codes":
				return call("answer_in", `d$${expression.column}`, ...argumentsOf(expression));
			case "any-of":
				return call("any_of", this.list(expression.of));
			case "all-of":
				return call("all_of", this.list(expression.of));
			case "at-least":
				return call("at_least", number(expression.least), this.list(expression.of));
			case "not":
				return call("negated", this.of(expression.of));
			case "routed-as-no":
				return call("routed_as_no", this.of(expression.of));
			case "administered":
				return call("administered", this.of(expression.of));
			case "widened":
			case "restricted":
				return call(expression.is, this.of(expression.of), this.of(expression.gate));
			case "jointly":
				return call("jointly", this.of(expression.of), this.list(expression.with));
			case "in":
				return isOneOf(expression.of, expression.values);
			case "count-of":
				return call("count_of", this.list(expression.of));
			case "compared":
				return call("compared", this.of(expression.of), text(expression.by), number(expression.bound));
			case "number":
				return plainNumber(expression);
			default:
				throw new TooLong();
		}
	}

	private named(name: string): string {
		const own = this.plan.expressions[name] as Expression;
		if (own.is === "codes") return this.of(own);
		if (!this.made.has(name)) this.made.set(name, this.of(own));
		return `answers[[${text(name)}]]`;
	}

	private list(of: readonly Expression[]): string {
		const parts = of.map((one) =>
			one.is === "named" ? (this.plan.expressions[one.name] as Expression) : one,
		);
		const codes = parts.filter((part) => part.is === "codes");
		const alike = new Set(codes.map((one) => argumentsOf(one).join()));
		if (codes.length === parts.length && alike.size === 1) {
			const columns = texts(codes.map(({ column }) => column));
			return call("lapply", `d[${columns}]`, "answer_in", ...argumentsOf(codes[0] as Codes));
		}
		return call("list", ...of.map((one) => this.of(one)));
	}
}

/** A few lines cannot say it. */
export class TooLong extends Error {}

function argumentsOf(of: Codes): (string | null)[] {
	if (!isPlain(of) || of.empty !== "omitted") throw new TooLong();
	return [
		argument("yes", codesThat(of, "yes") ?? "NULL"),
		argument("no", codesThat(of, "no") ?? "NULL"),
		argument("routed", codesThat(of, "not-applicable")),
		argument("off", codesThat(of, "not-administered")),
	];
}

/** Whether a column's code stands for one of some values, as an answer. */
function isOneOf(of: Expression, values: readonly string[]): string {
	if (of.is !== "category" || !isCodesOnly(of)) throw new TooLong();
	const codes = Object.keys(of.codes);
	const isWanted = (code: string) => values.includes(of.codes[code] as string);
	const missing = Object.keys(of.missing.codes);
	const why = (reason: string) =>
		missing.filter((code) => reasonOf(of.missing.codes[code] as "omitted") === reason);
	const some = (found: readonly string[]) => (found.length === 0 ? null : vector(found));
	return call(
		"answer_in",
		`d$${of.column}`,
		argument("yes", vector(codes.filter(isWanted), "NULL")),
		argument(
			"no",
			vector(
				codes.filter((code) => !isWanted(code)),
				"NULL",
			),
		),
		argument("routed", some(why("not-applicable"))),
		argument("off", some(why("not-administered"))),
	);
}

function isCodesOnly({ column, pattern, codes, bands, others, missing }: Category): boolean {
	const known = [...Object.keys(codes), ...Object.keys(missing.codes)];
	const isOpen = pattern !== undefined || bands.length > 0 || others !== "unknown";
	return !isOpen && isName(column) && areNumbers(known);
}

/** A number unless its code is missing, with why it is. */
function plainNumber({ column, missing, possible }: NumberColumn): string {
	const codes = Object.entries(missing.codes);
	const isMore = missing.range !== undefined || possible !== undefined;
	if (isMore || !isName(column) || !areNumbers(codes.map(([code]) => code))) throw new TooLong();
	const why = (reason: string) => codes.filter(([, said]) => reasonOf(said) === reason).map(([code]) => code);
	return call(
		"value_in",
		`d$${column}`,
		...(["missing", "not-applicable", "not-administered"] as const).map((reason, place) =>
			argument(
				["missing", "routed", "off"][place] as string,
				why(reason).length === 0 ? null : vector(why(reason)),
			),
		),
	);
}

/** A condition as R users write it; null if it needs the functions of scripts. */
export function holdsInR(holds: Expression): string | null {
	if (holds.is === "compared") return isOnSide(holds);
	if (holds.is !== "in") return null;
	const parts = holds.values.map((value) => isInGroup(holds.of, value));
	if (!parts.every((part) => part !== null)) return null;
	return parts.length === 1 ? (parts[0] as string) : `(${parts.join(" | ")})`;
}

/** That a number lies on one side of a bound; numbers that are missing or cannot be are only named where they would, too. */
function isOnSide({ of, by, bound }: Compared): string | null {
	if (of.is !== "number" || of.missing.range !== undefined || of.possible?.codes !== undefined) return null;
	const { column, missing, possible = {} } = of;
	if (!isName(column) || !areNumbers(Object.keys(missing.codes))) return null;
	const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = possible;
	const isBelow = by.startsWith("<");
	const end = isBelow ? from : to;
	const isWithin = (code: string) =>
		compared(Number(code), by, bound) === "yes" && (isBelow ? Number(code) >= from : Number(code) <= to);
	const lost = Object.keys(missing.codes).filter(isWithin);
	return [
		`${column} ${by} ${number(bound)}`,
		...(Number.isFinite(end) ? [`${column} ${isBelow ? ">=" : "<="} ${number(end)}`] : []),
		...(lost.length === 0 ? [] : [`!${column} %in% ${vector(lost)}`]),
	].join(" & ");
}

/** The test that a column has one of some values; by default any that the codebook knows. */
export function isInGroup(of: Expression, value: string | undefined): string | null {
	if (of.is !== "category" || of.pattern !== undefined || !isName(of.column)) return null;
	const { column, codes, others } = of;
	const known = Object.keys(codes).filter((code) => value === undefined || codes[code] === value);
	if (!areNumbers(known)) return null;
	if (value === undefined) return isCodesOnly(of) ? `${column} %in% ${vector(known)}` : null;
	if (known.length > 0) return `${column} %in% ${vector(known)}`;
	if (of.bands.length > 0) return isInBand(of, value);
	if (others === "unknown") return null;
	return `${others === "upper-case" ? `toupper(${column})` : column} == ${text(value)}`;
}

/** Null where codes that are not answers may lie in the band. */
function isInBand({ column, missing, bands }: Category, value: string): string | null {
	const band = bands.find((one) => one.value === value);
	if (band === undefined || missing.range !== undefined) return null;
	const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = band;
	const isWithin = (code: string) => Number(code) >= from && Number(code) <= to;
	if (Object.keys(missing.codes).some(isWithin)) return null;
	const ends = [
		...(Number.isFinite(from) ? [`${column} >= ${from}`] : []),
		...(Number.isFinite(to) ? [`${column} <= ${to}`] : []),
	];
	return ends.length === 0 ? null : ends.join(" & ");
}
