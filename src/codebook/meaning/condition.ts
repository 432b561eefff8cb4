import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Header } from "../../read/block.js";
import type { Codebook, Text } from "../definition/schema.js";
import { codesOf } from "./answers.js";
import { type Breakdown, type DerivedAnswer, resolveBreakdown } from "./breakdown.js";
import { nameReader } from "./cells.js";
import type { AnswerExpression, Compared } from "./expression.js";
import { canonicalCondition, conditionParts } from "./spoken-names.js";

/** Words that join conditions in other languages, followed by another condition. */
const JOINED = /(?:\s(?:and|or|and not|және|немесе|и|или)\s|[&|;]).*[=<>]/iu;

/** The subject of a condition, as typed. */
export function conditionName(text: string): string {
	return conditionParts(text)?.name ?? "";
}

/** One `--where`: rows stay of which it is true. */
export interface Condition {
	text: string;
	/** Breakdown it is about. */
	id: string;
	holds: AnswerExpression;
	/** The search words that found the column it is about, where that was not named. */
	found?: { words: string; column: string };
	/** The column it compares with a number, or excludes codes of, although its missing codes are not declared. */
	undeclared?: string;
}

/**
 * `country=KAZ,FRA`, `experience<=5`, `TT3G02>=50`, `gender!=male`; values also go by their labels, and those of items by the
 * codes of their column: `TT3G27A=3,4`. Rows that have no value satisfy none.
 * @throws UserError where there is no operator, the name or a value is unknown, or < is asked of codes.
 */
export function resolveCondition(
	codebook: Codebook,
	header: Header,
	written: string,
	derived?: DerivedAnswer,
): Condition {
	const parts = conditionParts(canonicalCondition(codebook, written));
	if (parts === undefined) {
		throw new UserError(`"${written.trim()}" is not a condition`, {
			hint: "write NAME=VALUE,VALUE or NAME<=NUMBER",
		});
	}
	const { name, operator } = parts;
	if (JOINED.test(parts.right)) {
		throw new UserError(`"${written.trim()}" is more than one condition`, {
			hint: say`give each with ${option("where")} of its own; all must hold, and values of one stand with commas`,
		});
	}
	const breakdown = resolveBreakdown(codebook, header, name, derived);
	const { found } = breakdown;
	// Words that a group or a column was found by say its values in its own way, too, and results name it.
	const named = found?.column ?? (Object.hasOwn(codebook.groups, breakdown.id) ? breakdown.id : name);
	const text = canonicalCondition(codebook, `${named}${operator}${parts.right}`);
	const right = conditionParts(text)?.right ?? parts.right;
	const column = "column" in breakdown.of ? breakdown.of.column : "";
	// A condition that names codes speaks of these alone.
	const undeclared = breakdown.undeclared && operator !== "=" ? { undeclared: column } : {};
	const about = { text, id: breakdown.id, ...(found === undefined ? {} : { found }), ...undeclared };
	if (operator !== "=" && operator !== "!=") {
		return { ...about, holds: comparison(breakdown, operator as Compared["by"], right, text) };
	}
	const among = amongValues(breakdown, right.split(","), text, labelsOf(codebook, breakdown.id));
	return { ...about, holds: operator === "=" ? among : { is: "not", of: among } };
}

/** Yes where a breakdown has one of some values; of an item these may be codes of its column, and then are themselves meant. */
function amongValues(
	breakdown: Breakdown,
	written: readonly string[],
	text: string,
	labels: ReadonlyMap<string, Text>,
): AnswerExpression {
	const { of, answers } = breakdown;
	const typed = written.map((value) => value.trim());
	if (answers !== undefined && "column" in of && typed.every((code) => Object.hasOwn(answers.values, code))) {
		return codesOf(of.column, answers, typed);
	}
	return { is: "in", of, values: typed.map((value) => knownValue(breakdown, value, text, labels)) };
}

/** Names of a group's values. */
function labelsOf({ groups }: Codebook, id: string): ReadonlyMap<string, Text> {
	const { values = {} } = entryOf(groups, id) ?? {};
	return new Map(
		values === "systems" ? [] : Object.entries(values).map(([value, { label }]) => [value, label]),
	);
}

function knownValue(
	{ values, id, of, answers }: Breakdown,
	value: string,
	text: string,
	labels: ReadonlyMap<string, Text>,
): string {
	if (value === "") throw new UserError(`"${text}" names no value`, { hint: `write ${id}=VALUE` });
	if (values === null) return ("column" in of ? nameReader(of)(value) : undefined) ?? value;
	const known = values.find((other) => other === value.toLowerCase());
	if (known !== undefined) return known;
	if (answers === undefined)
		throw new UserError(`${id} has no value "${value}"`, { hint: didYouMean(value, values, { labels }) });
	const codes = Object.entries(answers.values).map(([code, label]) => `${code} (${label.en})`);
	const why = Object.hasOwn(answers.missing, value)
		? `counts "${value}" as no answer`
		: `has no value "${value}"`;
	throw new UserError(`${id} ${why}`, { hint: `write yes, no, or some of its codes: ${codes.join(", ")}` });
}

function comparison(breakdown: Breakdown, by: Compared["by"], right: string, text: string): Compared {
	const { id, values, number } = breakdown;
	const bound = Number(right.trim().replace(",", "."));
	if (number === null) {
		throw new UserError(`"${text}" compares ${id}, which is not a number`, {
			hint: `use = with ${values === null ? "its values" : values.join(", ")}`,
		});
	}
	if (right.trim() === "" || !Number.isFinite(bound)) {
		throw new UserError(`"${text}" needs a number after ${by}`, { hint: `write ${id}${by}5` });
	}
	return { is: "compared", of: number, by, bound };
}
