import type { NoAnswer } from "../definition/schema.js";
import type { EmptyCell } from "./expression.js";

/**
 * What the expressions of a plan mean, for one row. Everything else follows from this: the loops that recode blocks of rows
 * make their tables of these functions, and what is emitted as a script or a query says the same.
 *
 * Answers have three values and more: beside yes and no a row may have no answer, and the reason decides whether it
 * is in the denominator. *Missing* stays in it (the teacher was asked, but the answer is unknown); *not applicable*
 * and *not administered* leave it. The logic is Kleene's strong three-valued logic: one yes decides that any of a
 * list is a yes, whatever else is missing; a no takes a list that is answered throughout. What was not administered
 * to a teacher is no part of the teacher's list.
 *
 * What the text of a single cell says is in cells.ts. An unknown code counts as missing wherever an expression is
 * made of it; the run refuses it or says so.
 */
export type Answer = "yes" | "no" | Reason;

/** Why a row has no value. */
export type Reason = "missing" | "not-applicable" | "not-administered";

/** An unknown code of a column. */
export type Unknown = "unknown";

/** The codebook's name of the reason. */
export function reasonOf(noAnswer: NoAnswer): Reason {
	return noAnswer === "not-applicable" || noAnswer === "not-administered" ? noAnswer : "missing";
}

/** Meaning of a code. */
export function answerSaid(says: "yes" | "no" | NoAnswer): Answer {
	return says === "yes" || says === "no" ? says : reasonOf(says);
}

function isAnswered(answer: Answer): boolean {
	return answer === "yes" || answer === "no";
}

/** Why a list has no answer: the reason that all its parts share; missing where one of them is. */
function reasonOfList(parts: readonly Answer[]): Reason {
	if (parts.every((part) => part === "not-administered")) return "not-administered";
	const routed = parts.every((part) => part === "not-applicable" || part === "not-administered");
	return routed ? "not-applicable" : "missing";
}

function countIn(parts: readonly Answer[], wanted: Answer): number {
	return parts.filter((part) => part === wanted).length;
}

/**
 * Whether enough of a list are a yes: where they are, or where they cannot be however the open ones are answered.
 * @example atLeast(1, ["no", "missing"]) // "missing"
 * @example atLeast(1, ["no", "not-administered"]) // "no"
 * @example atLeast(3, ["yes", "no", "no", "missing"]) // "no"
 */
export function atLeast(least: number, parts: readonly Answer[]): Answer {
	const [yes, no] = [countIn(parts, "yes"), countIn(parts, "no")];
	const open = countIn(parts, "missing") + countIn(parts, "not-applicable");
	if (yes >= least) return "yes";
	return yes + no > 0 && yes + open < least ? "no" : reasonOfList(parts);
}

/** Whether one of a list is a yes. */
export function anyOf(parts: readonly Answer[]): Answer {
	return atLeast(1, parts);
}

/** Whether all of a list that were administered are a yes: one no decides. */
export function allOf(parts: readonly Answer[]): Answer {
	return not(anyOf(parts.map(not)));
}

/** The number of yes where all of a list that were administered are answered. */
export function countOf(parts: readonly Answer[]): number | Reason {
	const asked = parts.filter((part) => part !== "not-administered");
	return asked.length > 0 && asked.every(isAnswered) ? countIn(parts, "yes") : reasonOfList(parts);
}

export function not(answer: Answer): Answer {
	if (answer === "yes") return "no";
	return answer === "no" ? "yes" : answer;
}

/** Teachers who skipped the question count as no. */
export function routedAsNo(answer: Answer): Answer {
	return answer === "not-applicable" ? "no" : answer;
}

/** Whether the question was administered, whatever was answered; where it was not, the reason stays. */
export function administered(answer: Answer): Answer {
	return answer === "not-administered" ? answer : "yes";
}

/** Routed teachers join as a no where the gate's own answer is no; who was not asked the gate stays out. */
export function widened(answer: Answer, gate: Answer): Answer {
	if (answer !== "not-applicable" || gate === "not-applicable") return answer;
	return gate === "no" ? "no" : "missing";
}

/** Teachers whose gate is not yes leave; where the gate is missing, so is the value. */
export function restricted<Value>(value: Value | Reason, gate: Answer): Value | Reason {
	if (value === "not-administered" || gate === "yes") return value;
	return gate === "no" || gate === "not-applicable" ? "not-applicable" : "missing";
}

/** A value where all of some answers are there; else the weightiest reason among them. */
export function jointly<Value>(value: Value | Reason, others: readonly Answer[]): Value | Reason {
	const all = others.reduce(together, "yes");
	return isAnswered(all) ? value : (all as Reason);
}

/** Yes where both are answered, else why they are not. */
export function together(a: Answer, b: Answer): Answer {
	if (isAnswered(a) && isAnswered(b)) return "yes";
	for (const reason of ["not-administered", "not-applicable"] as const) {
		if (a === reason || b === reason) return reason;
	}
	return "missing";
}

/** Whether a value is one of some; what has none keeps its reason. */
export function isIn(name: { value: string } | Reason, values: readonly string[]): Answer {
	if (typeof name === "string") return name;
	return values.includes(name.value) ? "yes" : "no";
}

/** Whether a number lies on one side of a bound. */
export function compared(number: number | Reason, by: "<" | "<=" | ">" | ">=", bound: number): Answer {
	if (typeof number === "string") return number;
	const holds = { "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound };
	return holds[by] ? "yes" : "no";
}

/** The first band a number is in; missing where it is in none. Ends are included. */
export function bandOf(
	number: number | Reason,
	bands: readonly { value: string; from?: number; to?: number }[],
): { value: string } | Reason {
	if (typeof number === "string") return number;
	const band = bands.find(({ from = -Infinity, to = Infinity }) => number >= from && number <= to);
	return band === undefined ? "missing" : { value: band.value };
}

/**
 * What an empty cell says, and what it was told by: the teacher's population or form does not have the question, or
 * the teacher skipped it; otherwise what an empty cell of a teacher who was asked means.
 */
export function emptyCell(
	{ elsewhere, offForm, gate }: { elsewhere?: Answer; offForm?: Answer; gate?: Answer },
	asked: EmptyCell["asked"],
): { answer: Answer; by?: "population" | "form" | "routing" } {
	if (elsewhere === "yes") return { answer: "not-administered", by: "population" };
	if (offForm === "yes") return { answer: "not-administered", by: "form" };
	if (gate === "no" || gate === "not-applicable") return { answer: "not-applicable", by: "routing" };
	if (gate !== undefined && gate !== "yes") return { answer: "missing" };
	return { answer: asked === "no" ? "no" : "missing" };
}

/** Yes where none of the forms that are possible is among some. */
export function offForm(possible: readonly string[], forms: readonly string[]): Answer {
	return possible.some((form) => forms.includes(form)) ? "no" : "yes";
}

/** The forms that all evidence leaves possible; where it contradicts itself nothing is known, and all are. */
export function possibleForms(
	all: readonly string[],
	evidence: readonly (readonly string[])[],
): readonly string[] {
	const possible = all.filter((form) => evidence.every((forms) => forms.includes(form)));
	return possible.length === 0 ? all : possible;
}
