import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import type { Codebook } from "../definition/schema.js";
import { type Breakdown, resolveBreakdown } from "./breakdown.js";
import { canonicalCode } from "./states.js";

const OPERATORS = ["<=", ">=", "!=", "=", "<", ">"] as const;
type Operator = (typeof OPERATORS)[number];

const CONDITION = /^\s*([^<>=!]+?)\s*(<=|>=|!=|=|<|>)\s*(.*)$/;

/** What a condition is about, as it is written there. */
export function conditionName(text: string): string {
	return CONDITION.exec(text)?.[1] ?? "";
}

/** One `--where`: rows stay whose value is among (or not among) some, or lies on one side of a number. */
export interface Condition {
	text: string;
	breakdown: Breakdown;
	operator: Operator;
	values: readonly string[];
	holds(code: string): boolean;
}

/**
 * `country=KAZ,FRA`, `experience<=5`, `TT3G02>=50`, `gender!=male`.
 * @throws UserError where there is no operator, the name or a value is unknown, or < is asked of codes.
 */
export function resolveCondition(codebook: Codebook, header: Header, text: string): Condition {
	const match = CONDITION.exec(text);
	if (match === null) {
		throw new UserError(`"${text}" is no condition`, { hint: "write NAME=VALUE,VALUE or NAME<=NUMBER" });
	}
	const [, name = "", operator = "=", right = ""] = match;
	const breakdown = resolveBreakdown(codebook, header, name);
	const common = { text: text.trim(), breakdown, operator: operator as Operator };
	if (operator === "=" || operator === "!=") {
		const values = right.split(",").map((value) => knownValue(breakdown, value.trim(), text));
		const wanted = operator === "=";
		const holds = (code: string) => {
			const value = breakdown.classify(code);
			return typeof value === "string" && values.includes(value) === wanted;
		};
		return { ...common, values, holds };
	}
	return {
		...common,
		values: [right.trim()],
		holds: comparison(breakdown, operator as Operator, right, text),
	};
}

function knownValue(breakdown: Breakdown, value: string, text: string): string {
	const { values, id } = breakdown;
	if (value === "") throw new UserError(`"${text}" names no value`, { hint: `write ${id}=VALUE` });
	if (values === null) return breakdown.classify(canonicalCode(value)) ?? value;
	const known = values.find((other) => other === value.toLowerCase());
	if (known !== undefined) return known;
	throw new UserError(`${id} has no value "${value}"`, { hint: didYouMean(value, values) });
}

function comparison(
	breakdown: Breakdown,
	operator: Operator,
	right: string,
	text: string,
): (code: string) => boolean {
	const { id, values, numeric } = breakdown;
	const bound = Number(right.trim().replace(",", "."));
	if (!numeric) {
		throw new UserError(`"${text}" compares ${id}, which is no number`, {
			hint: `use = with ${values === null ? "its values" : values.join(", ")}`,
		});
	}
	if (right.trim() === "" || Number.isNaN(bound)) {
		throw new UserError(`"${text}" needs a number after ${operator}`, { hint: `write ${id}${operator}5` });
	}
	return (code) => {
		const value = breakdown.isMissing(code) ? Number.NaN : Number(code);
		if (operator === "<=") return value <= bound;
		if (operator === ">=") return value >= bound;
		return operator === "<" ? value < bound : value > bound;
	};
}
