import type * as z from "zod";

/** Types of values, as YAML users call them. */
const TYPES: Record<string, string> = {
	array: "a list",
	boolean: "true or false",
	int: "a whole number",
	number: "a number",
	object: "keys with values",
	record: "keys with values",
	string: "a text",
};

/** What is counted in a value that is too short or too long. */
const PARTS: Record<string, string> = { array: "entries", string: "letters" };

/** A value by a schema, with issues in words that follow the value's name. */
export function checkBy<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
	// Compiling a schema takes longer than looking through one small document.
	return schema.safeParse(value, { error: issueText, reportInput: true, jitless: true });
}

/** What a type is called. */
export function typeText(type: string): string {
	return TYPES[type] ?? type;
}

/** What a schema finds wrong with a value, in a clause that follows the value's name. */
function issueText(issue: z.core.$ZodRawIssue): string {
	const { code, input } = issue;
	if (code === "unrecognized_keys") return "there is no such key";
	if (code === "invalid_type" && input === undefined) return "is missing";
	if (code === "invalid_type" && input === null) return "is empty";
	const choices = choicesOf(issue);
	if (choices.length > 0) return `must be ${choices.length > 1 ? "one of " : ""}${choices.join(", ")}`;
	if (code === "invalid_type")
		return `must be ${typeText(issue.expected)}, and is ${typeText(typeOf(input))}`;
	if (code === "too_small") return sizeText(issue.origin, issue.minimum, issue.inclusive, "more");
	if (code === "too_big") return sizeText(issue.origin, issue.maximum, issue.inclusive, "less");
	if (code === "invalid_format" && issue.format === "date") return "must be a day, written YYYY-MM-DD";
	return "is not of the form it has to have";
}

function typeOf(value: unknown): string {
	if (Array.isArray(value)) return "array";
	if (typeof value !== "number" || Number.isFinite(value)) return typeof value;
	return Number.isNaN(value) ? "no number" : "infinite";
}

function sizeText(origin: string, bound: number | bigint, inclusive = true, side: "more" | "less"): string {
	const part = PARTS[origin];
	if (part === undefined) return `must be ${inclusive ? `${bound} or ${side}` : `${side} than ${bound}`}`;
	if (side === "more" && Number(bound) === 1) return "is empty";
	return `must have ${bound} ${part} or ${side}`;
}

/** What the value may be, where that can be listed. */
function choicesOf(issue: z.core.$ZodRawIssue): string[] {
	if (issue.code === "invalid_value") return issue.values.map(String);
	if (issue.code !== "invalid_union" || !("options" in issue)) return [];
	return Array.isArray(issue.options) ? issue.options.map(String) : [];
}
