import type * as z from "zod";
import { UserError } from "../base/errors.js";
import { RUN_OPTIONS } from "../base/run-options.js";
import { option, type Words } from "../base/say.js";
import { checkBy, typeText } from "../base/schema-issue.js";
import { didYouMean } from "../base/suggest.js";
import { noValue } from "./values.js";

/**
 * Parses options by their schema: lenient input, strict output. Afterwards every setting is present and valid.
 * @throws UserError naming the option, the value and what is meant.
 */
export function checked<S extends z.ZodObject>(schema: S, options: unknown): z.output<S> {
	const result = checkBy(schema, options);
	if (result.success) return result.data;
	const { issues } = result.error;
	const unknown = issues.find(({ code }) => code === "unrecognized_keys");
	throw optionError(unknown ?? (issues[0] as z.core.$ZodIssue), Object.keys(schema.shape));
}

function optionError(issue: z.core.$ZodIssue, known: readonly string[]): UserError {
	const [name] = issue.path as string[];
	if (issue.code === "unrecognized_keys") {
		const [key] = issue.keys as [string];
		const hint = didYouMean(key, [...known, ...RUN_OPTIONS]);
		return new UserError(`there is no option ${option(key).library}`, { code: "option", hint });
	}
	if (name === undefined) {
		const hint = 'write them with their names, such as { by: ["gender"] }';
		return new UserError(`${shown(issue.input)} is not a set of options`, { code: "option", hint });
	}
	return noValue(name, shown(issue.input), hintOf(issue, name));
}

function hintOf(issue: z.core.$ZodIssue, name: string): string | Words {
	const { input } = issue;
	if (issue.code === "invalid_value") {
		const values = issue.values.map(String);
		return typeof input === "string" ? didYouMean(input, values) : `use ${values.join(", ")}`;
	}
	const types = typesOf(issue).map(typeText);
	if (types.includes("a list") && typeof input === "string")
		return `write ${name}: ${JSON.stringify([input])}`;
	return types.length === 0 ? issue.message : `give ${types.join(" or ")}`;
}

/** The types an option may have. */
function typesOf(issue: z.core.$ZodIssue): string[] {
	if (issue.code === "invalid_type") return [issue.expected];
	return issue.code === "invalid_union" ? issue.errors.flat().flatMap(typesOf) : [];
}

/** A value as error messages show it; long values are cut. */
function shown(value: unknown): string {
	const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
