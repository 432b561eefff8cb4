import type * as z from "zod";

/** What a schema finds wrong with a value, in a clause that follows the value's name. */
export function issueText({ message, ...issue }: z.core.$ZodIssue): string {
	if (/received undefined$/.test(message)) return "is missing";
	if (issue.code !== "invalid_type") return message;
	return message.replace(/^Invalid input: /, "");
}
