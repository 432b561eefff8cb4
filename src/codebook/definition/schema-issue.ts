import type * as z from "zod";

/** Types of values as people who write YAML call them. */
const TYPES: Record<string, string> = {
	array: "a list",
	boolean: "true or false",
	number: "a number",
	object: "keys with values",
	record: "keys with values",
	string: "a text",
};

/** What a schema finds wrong with a value, in a clause that follows the value's name. */
export function issueText(issue: z.core.$ZodIssue): string {
	const { message } = issue;
	if (issue.code === "unrecognized_keys") return "there is no such key";
	if (/received undefined$/.test(message)) return "is missing";
	if (/received null$/.test(message)) return "is empty";
	const choices = choicesOf(issue);
	if (choices.length > 0) return `must be ${choices.length > 1 ? "one of " : ""}${choices.join(", ")}`;
	if (issue.code !== "invalid_type") return message;
	return message
		.replace(/^Invalid input: expected/, "must be")
		.replace(/, received/, ", and is")
		.replace(/\b[a-z]+\b/g, (word) => (Object.hasOwn(TYPES, word) ? (TYPES[word] as string) : word));
}

/** What the value may be, where that can be listed. */
function choicesOf(issue: z.core.$ZodIssue): string[] {
	if (issue.code === "invalid_value") return issue.values.map(String);
	if (issue.code !== "invalid_union" || !("options" in issue)) return [];
	return Array.isArray(issue.options) ? issue.options.map(String) : [];
}
